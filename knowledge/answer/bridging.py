"""Fit the bridge: under it, questions come nearest to the clauses that answer them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.core.people import OrgId
from bot.core.rules import Edition
from knowledge.answer.train import rightness
from knowledge.evaluation.questions import Question, read_questions
from knowledge.search.embedders import Embedder, Vectors
from knowledge.search.index import ClauseRow, clause_rows, spoken_rows
from knowledge.search.vectors import VectorStore
from knowledge.search.words import shared_words

SHARPNESS = 160.0  # cosines of the family e5 lie close together
RIDGE = 2000.0  # strength of the pull towards leaving vectors as they are
SPOKEN = 0.5  # the weight of an everyday line beside a question
STEPS = 40

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """What was asked of an office, against all its clauses; rows of `right` sum to 1."""

    org: OrgId
    asked: Floats
    clauses: Floats
    right: Floats
    weight: float = 1.0


def fit_bridge(pairs: Sequence[Pairs]) -> Vectors:
    """The matrix that a question's vector is multiplied with."""
    size = pairs[0].clauses.shape[1]
    same = np.eye(size)

    def cost(flat: Floats) -> tuple[float, Floats]:
        change = flat.reshape(size, size) - same
        value, slope = RIDGE / 2 * float((change**2).sum()), RIDGE * change
        for each in pairs:
            found = SHARPNESS * (each.asked @ (same + change) @ each.clauses.T)
            found -= found.max(axis=1, keepdims=True)
            logs = found - np.log(np.exp(found).sum(axis=1, keepdims=True))
            value -= each.weight * float((each.right * logs).sum())
            wrong = each.weight * SHARPNESS * (np.exp(logs) - each.right)
            slope = slope + each.asked.T @ (wrong @ each.clauses)
        return value, slope.ravel()

    found = minimize(cost, same.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    bridge: Vectors = found.x.reshape(size, size).astype(np.float32)
    return bridge


def unseen(pairs: Sequence[Pairs]) -> Iterable[tuple[OrgId, Vectors]]:
    """For each office a bridge that was fitted on the others."""
    for office in sorted({each.org for each in pairs}):
        yield office, fit_bridge([each for each in pairs if each.org != office])


def pairs_of(
    editions: Iterable[Edition], folders: Iterable[Path], embedder: Embedder, folder: Path
) -> list[Pairs]:
    """What the bridge is fitted on: questions and everyday lines, against an office's clauses."""
    questions = [q for each in folders for q in read_questions(each) if q.is_answerable]
    vectors = VectorStore(embedder, folder)
    return [
        pair for edition in editions for pair in _of_edition(edition, questions, embedder, vectors)
    ]


def _of_edition(
    edition: Edition, questions: Iterable[Question], embedder: Embedder, vectors: VectorStore
) -> Iterator[Pairs]:
    rows, spoken = clause_rows(edition), spoken_rows(edition)
    clauses = vectors.passages([row.text for row in rows]).astype(np.float64)
    own = [question for question in questions if question.org == edition.org]
    texts = [shared_words().corrected(question.text) for question in own]
    right = np.array([[_answers(q, edition, row) for row in rows] for q in own])
    yield _pairs(edition.org, embedder, texts, clauses, right)
    lines = sorted({line for _, line in spoken})
    places = {line: number for number, line in enumerate(lines)}
    marked = np.zeros((len(lines), len(rows)))
    for row, line in spoken:
        marked[places[line], row] = 1.0
    yield replace(_pairs(edition.org, embedder, lines, clauses, marked), weight=SPOKEN)


def _answers(question: Question, edition: Edition, row: ClauseRow) -> float:
    article = edition.articles[row.article]
    return rightness(question, article, row.clause.text)


def _pairs(
    org: OrgId,
    embedder: Embedder,
    texts: Sequence[str],
    clauses: Floats,
    right: Floats,
) -> Pairs:
    known = np.flatnonzero(right.sum(axis=1))
    asked = np.array([embedder.query(texts[n]) for n in known.tolist()], dtype=np.float64)
    return Pairs(org, asked, clauses, right[known] / right[known].sum(axis=1, keepdims=True))
