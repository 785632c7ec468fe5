from __future__ import annotations

from pathlib import Path

from knowledge.answer.linear import load_ranking, write_ranking
from knowledge.answer.train import first_lines
from knowledge.search.unanswerable import UNANSWERABLE
from scripts.fit_ranking import QUESTIONS


def test_the_shipped_weights_were_fitted_on_the_questions_in_the_repository() -> None:
    """Questions may be added; whoever changes one that was fitted on runs `make fit`."""
    fitted = load_ranking().inputs

    files = {f"{p.parent.name}/{p.name}": p for half in QUESTIONS for p in half.glob("*.jsonl")}
    files[f"{UNANSWERABLE.parent.name}/{UNANSWERABLE.name}"] = UNANSWERABLE

    assert fitted.keys() == files.keys()
    for name, (count, digest) in fitted.items():
        assert first_lines(files[name], count) == (count, digest), name


def test_weights_read_back_are_those_written(tmp_path: Path) -> None:
    shipped = load_ranking()

    write_ranking(shipped, tmp_path / "ranking.json")

    read = load_ranking(tmp_path / "ranking.json")
    for name in ("span", "clause", "decision"):
        assert getattr(read, name).weights == getattr(shipped, name).weights
    assert (read.threshold, read.right, read.answerable) == (
        shipped.threshold,
        shipped.right,
        shipped.answerable,
    )


def test_a_better_supported_answer_is_surer_to_be_right() -> None:
    ranking = load_ranking()

    assert ranking.right.chance(3.0) > ranking.right.chance(0.0)
    assert ranking.answerable.chance(3.0) > ranking.answerable.chance(-3.0)
