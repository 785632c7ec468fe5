"""Words and meaning together: which articles fit a question, best first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.rules import Article, Clause
from knowledge.search.bridge import carried
from knowledge.search.embedders import Embedder, Vectors
from knowledge.search.index import RuleIndex, Scores
from knowledge.search.words import Words

FARTHEST = -1.0  # no cosine is lower
ENOUGH = 100  # everyday lines of an edition to measure nearness by
UNTOLD = 3.0  # what questions that are answered have on average


@dataclass(frozen=True)
class ClauseHit:
    """A clause of a found article. `score` is in 0..1, the best clause of the edition having 1."""

    clause: Clause
    score: float
    words: float  # BM25, divided by the best of the edition
    meaning: float  # cosine with the question, in standard deviations above the edition's mean
    segments: tuple[float, ...]  # of each of its `segments`, likewise
    spoken: float  # of the nearest of its spoken lines, likewise; 0 when it has none
    said: tuple[str, ...]  # its spoken lines


@dataclass(frozen=True)
class Hit:
    """A found article. `score` is the sum of its parts, each in 0..1 within the edition."""

    article: Article
    score: float
    words: float  # BM25 of the article, divided by the best of the edition
    meaning: float  # cosine of the article with the question, measured likewise
    clauses: tuple[ClauseHit, ...]  # best first


@dataclass(frozen=True)
class Found:
    """What fits a question, best first.

    `left_open`: how near the question is to one that the rules leave open, measured like `spoken`.
    """

    hits: tuple[Hit, ...]
    left_open: float


@dataclass(frozen=True)
class Weights:
    """How much each way of looking counts in the sum; see docs/decisions/0020."""

    article_words: float = 0.5
    clause_words: float = 0.5
    article_meaning: float = 1.0
    clause_meaning: float = 1.0
    spoken_meaning: float = 1.0


HYBRID = Weights()


@dataclass(frozen=True)
class _Measured:
    """The scores of one question, comparable between questions."""

    clauses: Vectors
    article_words: Vectors
    article_meaning: Vectors
    clause_words: Vectors
    clause_meaning: Vectors
    segment_meaning: list[float]
    spoken_meaning: list[float]


class Searcher:
    """Finds articles of one edition; the order is total, so equal questions get equal answers."""

    def __init__(
        self,
        index: RuleIndex,
        embedder: Embedder,
        words: Words,
        weights: Weights = HYBRID,
        bridge: Vectors | None = None,
    ) -> None:
        self.index = index
        self._embedder, self._words, self._weights = embedder, words, weights
        self._bridge = bridge

    def search(self, question: str, top_k: int = 5, apart_from: str = "") -> Found:
        """The best articles for a question, at most `top_k`.

        Args:
            apart_from: A question that is left open and is not to be held against itself.
        """
        tokens = self._words.of_question(question)
        vector = carried(self._embedder.query(question), self._bridge)
        scores = self.index.scores(tokens, vector)
        total = self._fused(scores)
        best = np.argsort(-total, kind="stable")[:top_k]
        measured = self._measured(scores)
        hits = (self._hit(int(position), float(total[position]), measured) for position in best)
        return Found(tuple(hits), self._left_open(scores, apart_from))

    def _left_open(self, scores: Scores, apart_from: str) -> float:
        usual = scores.spoken_meaning
        if len(usual) < ENOUGH:
            return UNTOLD
        lines = zip(self.index.left_open, scores.left_open_meaning, strict=True)
        near = max(float(score) for line, score in lines if line != apart_from)
        return (near - float(usual.mean())) / (float(usual.std()) or 1.0)

    def _fused(self, scores: Scores) -> Vectors:
        weights, count = self._weights, len(self.index.edition.articles)
        clause_words = best_of_each(self.index.owners, scores.clause_words, count)
        clause_meaning = best_of_each(self.index.owners, scores.clause_meaning, count)
        total: Vectors = (
            weights.article_words * spread(scores.article_words)
            + weights.clause_words * spread(clause_words)
            + weights.article_meaning * spread(scores.article_meaning)
            + weights.clause_meaning * spread(clause_meaning)
        )
        if len(scores.spoken_meaning):
            lines = spread(scores.spoken_meaning)
            spoken = best_of_each(self.index.spoken_owners, lines, count)
            total += weights.spoken_meaning * np.maximum(spoken, 0.0)
        return total

    def _measured(self, scores: Scores) -> _Measured:
        clauses = (spread(scores.clause_words) + spread(scores.clause_meaning)) / 2
        return _Measured(
            clauses=clauses.astype(np.float32),
            article_words=scores.article_words / (float(scores.article_words.max()) or 1.0),
            article_meaning=standard(scores.article_meaning),
            clause_words=scores.clause_words / (float(scores.clause_words.max()) or 1.0),
            clause_meaning=standard(scores.clause_meaning),
            segment_meaning=standard(scores.segment_meaning).tolist(),
            spoken_meaning=standard(scores.spoken_meaning).tolist(),
        )

    def _hit(self, position: int, total: float, measured: _Measured) -> Hit:
        rows = np.flatnonzero(self.index.owners == position)
        ordered = rows[np.argsort(-measured.clauses[rows], kind="stable")]
        return Hit(
            article=self.index.edition.articles[position],
            score=total,
            words=float(measured.article_words[position]),
            meaning=float(measured.article_meaning[position]),
            clauses=tuple(self._clause_hit(int(row), measured) for row in ordered),
        )

    def _clause_hit(self, row: int, measured: _Measured) -> ClauseHit:
        lines = self.index.spoken_of.get(row, ())
        return ClauseHit(
            self.index.rows[row].clause,
            float(measured.clauses[row]),
            float(measured.clause_words[row]),
            float(measured.clause_meaning[row]),
            tuple(measured.segment_meaning[slice(*self.index.segments_of[row])]),
            max((measured.spoken_meaning[line] for line in lines), default=0.0),
            tuple(self.index.spoken[line][1] for line in lines),
        )


def best_of_each(owners: NDArray[np.int64], scores: Vectors, count: int) -> Vectors:
    """The best score among the clauses of each article."""
    best = np.full(count, FARTHEST, dtype=np.float32)
    np.maximum.at(best, owners, scores)
    return best


def spread(scores: Vectors) -> Vectors:
    """Scores stretched over 0..1; all zero when they are all alike."""
    low, high = float(scores.min()), float(scores.max())
    spread: Vectors = (scores - low) / (high - low) if high > low else np.zeros_like(scores)
    return spread


def standard(scores: Vectors) -> Vectors:
    """Scores in standard deviations above their mean: comparable between embedding models."""
    if not len(scores):
        return scores
    deviation = float(scores.std()) or 1.0
    standardised: Vectors = (scores - scores.mean()) / deviation
    return standardised
