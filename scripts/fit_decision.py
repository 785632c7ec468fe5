"""Fit when to answer and when to refuse: python -m scripts.fit_decision QUESTIONS_FOLDER...

Writes `knowledge/answer/decision.json` and prints figures that are cross-validated: each office is
judged by weights fitted on the other offices.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.adapters.clock import SystemClock
from bot.adapters.texts import YamlTexts
from bot.settings import read_settings
from knowledge.answer.decision import WEIGHTS
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.answer.train import choose_threshold, cross_validated, fit, gather
from knowledge.ingest.documents import read_folder
from knowledge.search.embedders import create_embedder


def main(folders: Sequence[Path]) -> None:
    """Fit, report and write the weights."""
    settings = read_settings(os.environ)
    editions = read_folder(settings.documents).editions
    embedder = create_embedder(settings.embedding_model)
    index = settings.var / "index"
    book = SearchingRuleBook(editions, embedder, index, SystemClock(), YamlTexts())
    examples = gather(book, folders)
    scores, real = cross_validated(examples), examples.measured
    threshold = choose_threshold(scores[real], examples.answerable[real])
    WEIGHTS.write_text(
        json.dumps(vars(fit(examples, threshold)), indent=1) + "\n", encoding="utf-8"
    )
    for name, chosen in (("question set", real), ("invented", ~real)):
        refused, answerable = scores[chosen] < threshold, examples.answerable[chosen]
        right = f"{refused[~answerable].mean():.3f} of the unanswerable refused"
        wrong = f"{refused[answerable].sum()} of {answerable.sum()} answerable refused"
        sys.stdout.write(f"{name}: {right}, {wrong}\n")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
