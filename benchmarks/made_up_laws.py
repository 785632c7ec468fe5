"""Thousands of laws made up from real ones: as many articles, clauses and words as real ones have.

Sources are the five published documents and, where they lie beside the repository, the national
laws. A made-up law is as long as one of them, its articles are drawn from all of them and counted
anew, and each law says other words in place of a few hundred of theirs, so that no two say the
same. Its vectors are those of the real texts with some noise, because embedding thousands of laws
takes days; its words are cut and weighed like any others.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count
from pathlib import Path

import numpy as np

from bot.core.errors import StaleIndexError
from bot.core.people import OrgId
from bot.core.rules import Article, Edition
from bot.settings import ROOT
from knowledge.ingest.documents import read_document, read_folder
from knowledge.search.embedders import Embedder, Vectors
from knowledge.search.index import RuleIndex, build_index, load_index, passages_of
from knowledge.search.vectors import VectorStore
from knowledge.search.words import shared_words

ORG = OrgId("many")
SHARED = Path(os.environ.get("GUIJU_SHARED", ROOT.parent / "shared"))
NOISE = 0.35  # length of what is added to a vector of length one: cosine 0.94 with the real one
CHANGED = 300  # words of a law
POOL = 3000  # words that stand for each other, the commonest of the sources
WORD = re.compile(r"[\u4e00-\u9fff]{2}")
PARALLEL = ("articles", "clauses", "segments")  # rows that a law and its sources have alike


@dataclass(frozen=True)
class MadeUpLaw:
    """A law, and the same with the words of its sources."""

    edition: Edition
    real: Edition


class Known(VectorStore):
    """What is embedded already, by text."""

    def __init__(self, vectors: Mapping[str, Vectors]) -> None:
        self._by_text = vectors

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        dimension = len(next(iter(self._by_text.values())))
        return np.array([self._by_text[text] for text in texts]).reshape(len(texts), dimension)


def sources() -> list[Edition]:
    """The real documents."""
    published = read_folder(ROOT / "knowledge" / "documents").editions
    national = sorted((SHARED / "documents" / "national").glob("*.md"))
    return [*published, *(read_document(path, ORG) for path in national)]


def make_up(real: Sequence[Edition], laws: int) -> Iterator[MadeUpLaw]:
    """So many laws, the same ones every time."""
    chance = random.Random(7)  # noqa: S311 - nothing is kept secret by it
    articles, pool = [a for edition in real for a in edition.articles], _pool(real)
    for number in range(1, laws + 1):
        length = len(chance.choice(real).articles)
        drawn = chance.sample(articles, length)
        told = dict(zip(chance.sample(pool, CHANGED), chance.sample(pool, CHANGED), strict=True))
        yield _law(number, drawn, told, "".join(chance.sample(pool, 3)))


def put_into(folder: Path, law: MadeUpLaw, embedder: Embedder, real: VectorStore) -> RuleIndex:
    """Index a law in `folder`, unless it is there."""
    place = folder / law.edition.id
    try:
        return load_index(law.edition, embedder, place)
    except StaleIndexError:
        known = Known(_vectors(law, real))
        index = build_index(law.edition, known, embedder.model_name, shared_words())
        index.save(place)
        return index


def _vectors(law: MadeUpLaw, real: VectorStore) -> dict[str, Vectors]:
    """The vectors of a law's texts by text."""
    theirs, own = passages_of(law.real), passages_of(law.edition)
    found: dict[str, Vectors] = {}
    for kind, texts in own.items():
        is_parallel = kind in PARALLEL
        rows = real.passages(theirs[kind] if is_parallel else texts)
        noisy = _with_noise(rows, int(law.edition.content_hash[:8], 16)) if is_parallel else rows
        found |= zip(texts, noisy, strict=True)
    return found


def _with_noise(rows: Vectors, seed: int) -> Vectors:
    noise = np.random.default_rng(seed).standard_normal(rows.shape, dtype=np.float32)
    noise *= NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
    moved: Vectors = rows + noise
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    return moved


def _pool(real: Sequence[Edition]) -> list[str]:
    words = Counter(
        word
        for edition in real
        for word in shared_words().cut(edition.text)
        if WORD.fullmatch(word)
    )
    return [word for word, _ in words.most_common(POOL)]


def _law(number: int, drawn: Sequence[Article], told: Mapping[str, str], subject: str) -> MadeUpLaw:
    counted = tuple(
        replace(article, ordinal=n) for n, article in zip(count(1), drawn, strict=False)
    )
    pattern = re.compile("|".join(told))
    real = _edition(number, counted, subject)
    changed = tuple(_in_other_words(article, pattern, told) for article in counted)
    return MadeUpLaw(_edition(number, changed, subject), real)


def _in_other_words(article: Article, pattern: re.Pattern[str], told: Mapping[str, str]) -> Article:
    """An article of the same length in other words, cut where it was cut."""

    def changed(text: str) -> str:
        return pattern.sub(lambda found: told[found[0]], text)

    clauses, parts, at = [], [], 0
    for clause in article.clauses:
        start = article.text.index(clause.text, at)
        clauses.append(replace(clause, text=changed(clause.text)))
        parts += [article.text[at:start], clauses[-1].text]
        at = start + len(clause.text)
    text = "".join([*parts, article.text[at:]])
    return replace(article, text=text, clauses=tuple(clauses))


def _edition(number: int, articles: tuple[Article, ...], subject: str) -> Edition:
    text = "\n".join(article.text for article in articles)
    return Edition(
        id=f"{ORG}-{number:04}",
        org=ORG,
        title=f"{subject}条例",
        number=f"示例〔{number}〕号",
        issuer="",
        adopted_day=None,
        effective_day=None,
        repeals=None,
        content_hash=sha256(text.encode()).hexdigest(),
        text=text,
        articles=articles,
    )
