"""The search index of one edition: built, kept on disk, refused when it is stale."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import bm25s
import faiss
import numpy as np

from bot.core.errors import StaleIndexError
from bot.core.rules import Article, Clause, Edition
from knowledge.search import segments as segments_module
from knowledge.search import words as words_module
from knowledge.search.embedders import Embedder, Vectors
from knowledge.search.segments import segments
from knowledge.search.spoken import spoken_of
from knowledge.search.unanswerable import left_open_by
from knowledge.search.vectors import VectorStore
from knowledge.search.words import DICTIONARY, Words

K1, B = 1.2, 0.5  # articles differ in length by their subject, so length counts half
LEAD_LENGTH = 60  # characters of the sentence that opens a list, put before each of its items
MANIFEST = "manifest.json"
ARTICLES, CLAUSES, SEGMENTS, SPOKEN = "articles", "clauses", "segments", "spoken"
LEFT_OPEN = "left_open"


@dataclass(frozen=True)
class ClauseRow:
    """One clause and where it stands: `article` is a position in `Edition.articles`."""

    article: int
    clause: Clause
    text: str  # with the opening sentence of its list before it: what is indexed


@dataclass(frozen=True)
class Manifest:
    """What an index was built from; an index answers only for exactly this."""

    model: str
    dimension: int
    content: str  # sha256 of the edition's articles and clauses
    indexing: str  # sha256 of the code and the dictionary that make the tokens


@dataclass(frozen=True)
class Scores:
    """Scores of one question, a row each: words (BM25) and meaning (cosine)."""

    article_words: Vectors
    article_meaning: Vectors
    clause_words: Vectors
    clause_meaning: Vectors
    segment_meaning: Vectors
    spoken_meaning: Vectors
    left_open_meaning: Vectors


class RuleIndex:
    """Articles, clauses and smaller parts of one edition, by words and by meaning.

    `segments_of`: by clause row, from which to which row of `Scores.segment_meaning` it has.
    `spoken_of`: likewise the rows of `Scores.spoken_meaning`; clauses without any are left out.
    """

    def __init__(
        self,
        edition: Edition,
        vectors: dict[str, faiss.Index],
        lexicon: dict[str, bm25s.BM25],
        model_name: str,
    ) -> None:
        self.edition, self.model_name = edition, model_name
        self.rows = clause_rows(edition)
        self.owners = np.array([row.article for row in self.rows])
        cuts = np.cumsum([0, *(len(segments(row.clause.text)) for row in self.rows)])
        self.segments_of = tuple(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True))
        self.spoken = spoken_rows(edition)
        self.spoken_of = _by_row(self.spoken)
        self.spoken_owners = np.array([self.owners[row] for row, _ in self.spoken], dtype=np.int64)
        self.left_open = left_open_by(edition.org)
        self._vectors, self._lexicon = vectors, lexicon

    def scores(self, tokens: Sequence[str], vector: Vectors) -> Scores:
        """Score every article and clause against a question."""
        return Scores(
            article_words=lexical(self._lexicon[ARTICLES], tokens),
            article_meaning=_dense(self._vectors[ARTICLES], vector),
            clause_words=lexical(self._lexicon[CLAUSES], tokens),
            clause_meaning=_dense(self._vectors[CLAUSES], vector),
            segment_meaning=_dense(self._vectors[SEGMENTS], vector),
            spoken_meaning=_dense(self._vectors[SPOKEN], vector),
            left_open_meaning=_dense(self._vectors[LEFT_OPEN], vector),
        )

    @property
    def clause_vectors(self) -> Vectors:
        """One row for each clause, as a copy: the stored ones go with the index."""
        return _stored(self._vectors[CLAUSES]).copy()

    def save(self, folder: Path) -> None:
        """Write the index in one step: whoever reads sees the old one or the new one whole."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        for name, vectors in self._vectors.items():
            faiss.write_index(vectors, str(fresh / f"{name}.faiss"))
        for name, lexicon in self._lexicon.items():
            lexicon.save(str(fresh / name), show_progress=False)
        dimension = self._vectors[CLAUSES].d
        manifest = _manifest(self.edition, self.model_name, dimension)
        (fresh / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
        put_in_place(fresh, folder)


def clause_rows(edition: Edition) -> tuple[ClauseRow, ...]:
    """The clauses of an edition in order, each item with the opening words of its list."""
    return tuple(
        ClauseRow(position, clause, text)
        for position, article in enumerate(edition.articles)
        for clause, text in _with_leads(article)
    )


def passages_of(edition: Edition) -> dict[str, list[str]]:
    """What of an edition is indexed, by kind of row."""
    rows = clause_rows(edition)
    return {
        ARTICLES: [article.text for article in edition.articles],
        CLAUSES: [row.text for row in rows],
        SEGMENTS: [row.clause.text[a:b] for row in rows for a, b in segments(row.clause.text)],
        SPOKEN: [text for _, text in spoken_rows(edition)],
        LEFT_OPEN: [*left_open_by(edition.org)],
    }


def spoken_rows(edition: Edition) -> tuple[tuple[int, str], ...]:
    """The spoken lines of an edition, each with the position of its clause in `clause_rows`."""
    rows = enumerate(clause_rows(edition))
    return tuple((number, line) for number, row in rows for line in spoken_of(row.clause.text))


def build_index(edition: Edition, vectors: VectorStore, model: str, words: Words) -> RuleIndex:
    """Index an edition; embedding takes about half a minute a document when all its text is new."""
    texts = passages_of(edition)
    return RuleIndex(
        edition,
        {name: _flat(vectors.passages(passages)) for name, passages in texts.items()},
        {name: bm25([words.of_text(t) for t in texts[name]]) for name in (ARTICLES, CLAUSES)},
        model,
    )


def load_index(edition: Edition, embedder: Embedder, folder: Path) -> RuleIndex:
    """Read an index from disk.

    Raises:
        StaleIndexError: it is absent, damaged, or was built by another model, from other text
            or by other code; `details` names the first that differs.
    """
    try:
        found = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        _refuse_stale(found, _manifest(edition, embedder.model_name, found.dimension))
        kinds = (ARTICLES, CLAUSES, SEGMENTS, SPOKEN, LEFT_OPEN)
        vectors = {n: faiss.read_index(str(folder / f"{n}.faiss")) for n in kinds}
        lexicon = {n: bm25s.BM25.load(str(folder / n)) for n in (ARTICLES, CLAUSES)}
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise StaleIndexError(edition=edition.id, differs="files") from error
    if vectors[CLAUSES].ntotal != len(clause_rows(edition)):
        raise StaleIndexError(edition=edition.id, differs="rows")
    return RuleIndex(edition, vectors, lexicon, embedder.model_name)


def open_index(edition: Edition, embedder: Embedder, words: Words, folder: Path) -> RuleIndex:
    """The index of an edition under `folder`, built anew where the one on disk is stale."""
    place = folder / edition.id
    try:
        return load_index(edition, embedder, place)
    except StaleIndexError:
        index = build_index(edition, VectorStore(embedder, folder), embedder.model_name, words)
        index.save(place)
        return index


def _with_leads(article: Article) -> list[tuple[Clause, str]]:
    """Each clause with what is indexed for it: items carry the sentence that opens the list."""
    rows, lead = [], ""
    for clause in article.clauses:
        if clause.item is None:
            lead = clause.text[:LEAD_LENGTH]
        rows.append((clause, clause.text if clause.item is None else lead + clause.text))
    return rows


def _by_row(spoken: Sequence[tuple[int, str]]) -> Mapping[int, tuple[int, ...]]:
    """The positions of the spoken lines of each clause that has any."""
    found: dict[int, list[int]] = {}
    for position, (row, _) in enumerate(spoken):
        found.setdefault(row, []).append(position)
    return {row: tuple(positions) for row, positions in found.items()}


def _flat(vectors: Vectors) -> faiss.Index:
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors))
    return index


def bm25(tokens: list[list[str]]) -> bm25s.BM25:
    """The words of texts, weighed for looking up."""
    model = bm25s.BM25(k1=K1, b=B)
    model.index(tokens, show_progress=False)
    return model


def lexical(model: bm25s.BM25, tokens: Sequence[str]) -> Vectors:
    """Score every text against the words of a question."""
    known = [token for token in tokens if token in model.vocab_dict]
    if not known:
        return np.zeros(model.scores["num_docs"], dtype=np.float32)
    return np.asarray(model.get_scores(known), dtype=np.float32)


def _dense(index: faiss.Index, vector: Vectors) -> Vectors:
    if not index.ntotal:
        return np.zeros(0, dtype=np.float32)
    scores: Vectors = _stored(index) @ vector
    return scores


def _stored(index: faiss.Index) -> Vectors:
    flat: Any = index  # its stubs do not know what a flat index has
    view = faiss.rev_swig_ptr(flat.get_xb(), index.ntotal * index.d)  # no copy
    stored: Vectors = view.reshape(index.ntotal, index.d)
    return stored


def _manifest(edition: Edition, model_name: str, dimension: int) -> Manifest:
    text: list[object] = [
        [a.ordinal, a.text, [[c.item, c.text] for c in a.clauses]] for a in edition.articles
    ]
    text += [*spoken_rows(edition), left_open_by(edition.org)]
    content = hashlib.sha256(json.dumps(text, ensure_ascii=False).encode()).hexdigest()
    return Manifest(model_name, dimension, content, indexing())


@lru_cache
def indexing() -> str:
    """What makes the tokens, as this process has read it at its start."""
    modules = (words_module.__file__, segments_module.__file__)
    sources = (Path(__file__), *map(Path, modules), DICTIONARY)
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def _refuse_stale(found: Manifest, wanted: Manifest) -> None:
    for name, value in asdict(wanted).items():
        if getattr(found, name) != value:
            raise StaleIndexError(differs=name)


def put_in_place(fresh: Path, folder: Path) -> None:
    """Let a folder that was written beside take the place of the old one."""
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
