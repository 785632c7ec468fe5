"""Fit which clause answers, with which words, and when to answer: `make fit`.

Writes `knowledge/answer/ranking.json` from the questions in the repository and prints figures that
are cross-validated: each office is judged by weights fitted on the other offices.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

import numpy as np

from bot.adapters.clock import SystemClock
from bot.adapters.texts import YamlTexts
from bot.settings import ROOT, read_settings
from knowledge.answer.bridging import fit_bridge, pairs_of, unseen
from knowledge.answer.linear import write_ranking
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.answer.train import Judged, fit, gather, inputs_of
from knowledge.ingest.documents import read_folder
from knowledge.search.bridge import write_bridge
from knowledge.search.embedders import create_embedder

QUESTIONS = tuple(ROOT / "tests" / "eval" / "questions" / half for half in ("development", "fit"))


def main() -> None:
    """Fit, write the weights and report."""
    settings = read_settings(os.environ)
    editions = read_folder(settings.documents).editions
    embedder = create_embedder(settings.embedding_model)
    pairs = pairs_of(editions, QUESTIONS, embedder, settings.index)
    write_bridge(fit_bridge(pairs), embedder.model_name)
    book = SearchingRuleBook(
        editions,
        embedder,
        settings.index,
        SystemClock(),
        YamlTexts(),
        bridges=dict(unseen(pairs)),
    )
    ranking, judged = fit(gather(book, QUESTIONS), inputs_of(QUESTIONS))
    write_ranking(ranking)
    asked = [each for each in judged if not each.example.is_invented]
    _report("questions", asked, ranking.threshold)
    _report("invented", [each for each in judged if each.example.is_invented], ranking.threshold)


def _report(name: str, judged: Sequence[Judged], threshold: float) -> None:
    true = [each for each in judged if each.is_answerable]
    false = [each for each in judged if not each.is_answerable]
    shares = {
        "article first": _share(_is_found(each, 1) for each in true),
        "in first three": _share(_is_found(each, 3) for each in true),
        "short answer right": _share(e.is_right and e.score >= threshold for e in true),
        "answerable refused": _share(each.score < threshold for each in true),
        "unanswerable refused": _share(each.score < threshold for each in false),
    }
    told = ", ".join(f"{what} {share:.3f}" for what, share in shares.items())
    sys.stdout.write(f"{name}, {len(judged)}: {told}\n")


def _is_found(judged: Judged, among: int) -> bool:
    found = [choice.hit.article.ordinal for choice in judged.choices[:among]]
    return any(judged.example.question.is_in(ordinal) for ordinal in found)


def _share(flags: Iterable[bool]) -> float:
    counted = [*flags]
    return float(np.mean(counted)) if counted else float("nan")


if __name__ == "__main__":
    main()
