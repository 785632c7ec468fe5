from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.core.errors import ConfigurationError
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.evaluation.baselines import baselines
from knowledge.evaluation.measure import run
from knowledge.evaluation.report import write_report
from knowledge.search.words import shared_words
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.rules import ORG, small_edition

QUESTIONS = (
    ("县政府常务会议多久召开一次", 2, "每月召开2次"),
    ("本规则由谁负责解释", 7, "县政府办公室"),
    ("食堂几点开饭", None, None),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small question set."""
    rows: list[dict[str, object]] = [
        {
            "id": f"q{n}",
            "doc": ORG,
            "question": text,
            "type": "",
            "article": article,
            "also_ok": [],
            "quote": None,
            "answer": answer,
        }
        for n, (text, article, answer) in enumerate(QUESTIONS)
    ]
    place = tmp_path / "questions"
    place.mkdir()
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (place / "qingshan.jsonl").write_text(lines, encoding="utf-8")
    return place


def test_a_run_counts_what_was_found_answered_and_refused(
    folder: Path, book: SearchingRuleBook, tmp_path: Path
) -> None:
    compared = baselines([small_edition()], FakeEmbedder(), shared_words(), tmp_path)

    report = run(folder, book, compared, "fake")

    assert report is not None
    assert report.total.questions == 3
    assert report.total.article_first == 1.0
    assert report.total.short_right == 1.0
    assert report.total.unanswerable_refused == 1.0
    assert report.misses == []


def test_a_report_is_written_for_machines_and_for_people(
    folder: Path, book: SearchingRuleBook, tmp_path: Path
) -> None:
    report = run(folder, book, {}, "fake")

    assert report is not None
    path = write_report(report, tmp_path / "report")

    assert "| all | 3 | 1.000 |" in path.read_text(encoding="utf-8")
    written = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert written["total"]["article_first"] == 1.0


def test_an_absent_question_set_gives_no_report(book: SearchingRuleBook, tmp_path: Path) -> None:
    assert run(tmp_path / "none", book, {}, "fake") is None


def test_a_broken_question_is_named_by_its_line(book: SearchingRuleBook, tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_text('\n{"id": 1}\n', encoding="utf-8")

    with pytest.raises(ConfigurationError) as refusal:
        run(tmp_path, book, {}, "fake")

    assert refusal.value.details["line"] == 2
