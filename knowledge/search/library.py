"""A first look over an office's many documents: which of them a question is about.

A document is searched whole, and its figures are measured within it. An office with thousands
cannot search them all, so their articles by words and their clauses by meaning are kept together
and tell which few are worth it (docs/decisions/0292).
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import bm25s
import faiss
import numpy as np
from numpy.typing import NDArray

from bot.core.errors import StaleIndexError
from bot.core.rules import Edition
from knowledge.search.embedders import Vectors
from knowledge.search.index import RuleIndex, bm25, indexing, lexical, put_in_place
from knowledge.search.searching import spread
from knowledge.search.spoken import SPOKEN
from knowledge.search.unanswerable import UNANSWERABLE
from knowledge.search.words import Words

CELL = 128  # clauses of like meaning that lie and are looked at together
SAMPLE = 40  # clauses for each cell that the cells are laid out by
SHARE_SEEN = 0.05  # of the cells; see docs/decisions/0292
LEAST_SEEN = 64  # cells: below so many every clause is looked at
NEAREST = 400  # clauses by meaning, and articles by words
SHORTEST_NAME = 3  # characters of a title
STATE = "中华人民共和国"  # nobody says it before the name of a law
KEY, CLAUSES, ARTICLES = "key", "clauses.faiss", "articles"

OpenIndex = Callable[[Edition], RuleIndex]


class Library:
    """The documents of one office; knows where to look, not what is said there."""

    def __init__(
        self, editions: Sequence[Edition], clauses: faiss.Index, articles: bm25s.BM25, model: str
    ) -> None:
        self.editions, self.model_name = editions, model
        self.clauses, self.articles = clauses, articles
        counts = [len(edition.articles) for edition in editions]
        within = [len(article.clauses) for edition in editions for article in edition.articles]
        self._edition_of = np.repeat(np.arange(len(counts)), counts)
        self._article_of = np.repeat(np.arange(len(within)), within)
        self._names = [edition.title.removeprefix(STATE) for edition in editions]

    def nearest(
        self,
        question: str,
        tokens: Sequence[str],
        vector: Vectors,
        among: Collection[str],
        most: int,
    ) -> list[Edition]:
        """The documents that a question names, then the nearest, at most so many in all.

        Args:
            among: Ids of editions; others are left out.
        """
        named = (n for n, name in enumerate(self._names) if _is_named(name, question))
        near = self._edition_of[self._by_nearness(tokens, vector)].tolist()
        others = range(len(self.editions))  # for what lies far from all that is in force
        found = (self.editions[number] for number in dict.fromkeys([*named, *near, *others]))
        return list(islice((edition for edition in found if edition.id in among), most))

    def save(self, folder: Path) -> None:
        """Write it in one step."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        faiss.write_index(self.clauses, str(fresh / CLAUSES))
        self.articles.save(str(fresh / ARTICLES), show_progress=False)
        (fresh / KEY).write_text(_key(self.editions, self.model_name), encoding="ascii")
        put_in_place(fresh, folder)

    def _by_nearness(self, tokens: Sequence[str], vector: Vectors) -> NDArray[np.int64]:
        """The articles that are near by words or by meaning, the nearest first."""
        words = lexical(self.articles, tokens)
        said = np.argpartition(-words, min(NEAREST, len(words) - 1))[:NEAREST]
        [cosines], [rows] = self.clauses.search(vector.reshape(1, -1), NEAREST)
        meant, cosines = self._article_of[rows[rows >= 0]], cosines[rows >= 0]
        articles = np.unique(np.concatenate([said, meant]))
        meaning = np.full(len(articles), cosines.min(), dtype=np.float32)
        np.maximum.at(meaning, np.searchsorted(articles, meant), cosines)
        total = spread(words[articles]) + spread(meaning)
        return articles[np.argsort(-total, kind="stable")]


def open_library(
    editions: Sequence[Edition], open_index: OpenIndex, words: Words, model: str, folder: Path
) -> Library:
    """The library of these editions in `folder`, built anew where the one there is stale."""
    try:
        return load_library(editions, model, folder)
    except StaleIndexError:
        library = build_library(editions, open_index, words, model)
        library.save(folder)
        return library


def load_library(editions: Sequence[Edition], model: str, folder: Path) -> Library:
    """Read a library from disk; its larger parts stay there until they are looked at.

    Raises:
        StaleIndexError: it is absent, damaged, of other editions or of another model.
    """
    try:
        if (folder / KEY).read_text(encoding="ascii") != _key(editions, model):
            raise StaleIndexError(library=folder.name, differs="content")
        clauses = faiss.read_index(str(folder / CLAUSES), faiss.IO_FLAG_MMAP)
        articles = bm25s.BM25.load(str(folder / ARTICLES), mmap=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise StaleIndexError(library=folder.name, differs="files") from error
    return Library(editions, clauses, articles, model)


def build_library(
    editions: Sequence[Edition], open_index: OpenIndex, words: Words, model: str
) -> Library:
    """Put the documents together; the index of each is opened twice, never all at once."""
    counts = [sum(len(article.clauses) for article in edition.articles) for edition in editions]
    clauses = _laid_out(lambda: (open_index(e).clause_vectors for e in editions), sum(counts))
    texts = (article.text for edition in editions for article in edition.articles)
    return Library(editions, clauses, bm25([words.of_text(text) for text in texts]), model)


def _laid_out(vectors: Callable[[], Iterator[Vectors]], count: int) -> faiss.Index:
    """An index of vectors, a byte for each number, by cells where there are many."""
    dimension, cells = next(vectors()).shape[1], count // CELL
    kind = f"IVF{cells},SQ8" if cells > LEAST_SEEN else "SQ8"
    index: Any = faiss.index_factory(dimension, kind, faiss.METRIC_INNER_PRODUCT)  # no such stub
    every = max(1, count // (max(cells, LEAST_SEEN) * SAMPLE))
    index.train(np.concatenate([rows[::every] for rows in vectors()]))
    for rows in vectors():
        index.add(rows)
    if cells > LEAST_SEEN:
        index.nprobe = max(LEAST_SEEN, round(cells * SHARE_SEEN))
    laid_out: faiss.Index = index
    return laid_out


def _is_named(title: str, question: str) -> bool:
    return len(title) >= SHORTEST_NAME and title in question


def _key(editions: Sequence[Edition], model: str) -> str:
    """What a library was built from: which texts, by which code, with which everyday lines."""
    found = hashlib.sha256(f"{model}\0{indexing()}".encode())
    for path in (Path(__file__), SPOKEN, UNANSWERABLE):
        found.update(path.read_bytes())
    for edition in editions:
        found.update(f"\0{edition.id}\0{edition.content_hash}".encode())
    return found.hexdigest()
