"""Fit the weights of `decision.json`; `scripts/fit_decision.py` runs it.

Learns from the questions of folders and from `unanswerable.txt`. The threshold is set on
scores that each office got from weights fitted on the other offices, so that it does not rest on
what the weights have seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.core.people import OrgId
from knowledge.answer.decision import Decision
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.evaluation.questions import read_questions

UNANSWERABLE = Path(__file__).parent / "unanswerable.txt"
RIDGE = 1.0  # strength of the penalty on the weights
STEPS = 25  # of Newton's method, which settles in under ten
WRONG_REFUSALS = 0.03  # of the answerable, at most
UNSEEN = 0.5  # the weight of an invented question beside one of the question set

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """A row of evidence for each question."""

    rows: Floats
    answerable: NDArray[np.bool_]
    offices: NDArray[np.str_]
    weights: Floats
    measured: NDArray[np.bool_]  # of the question set: what the threshold is set on

    def only(self, chosen: NDArray[np.bool_]) -> Examples:
        """Some of the examples."""
        return Examples(
            self.rows[chosen],
            self.answerable[chosen],
            self.offices[chosen],
            self.weights[chosen],
            self.measured[chosen],
        )


def gather(book: SearchingRuleBook, folders: Iterable[Path]) -> Examples:
    """Put every question to its office and note the evidence."""
    questions = [question for folder in folders for question in read_questions(folder)]
    asked = [(q.org, q.text, q.is_answerable, True) for q in questions]
    orgs = sorted({org for org, *_ in asked})
    asked += [(org, text, False, False) for org, text in read_unanswerable(orgs)]
    found = [
        (book.examine(book.edition(org), text), org, ok, real) for org, text, ok, real in asked
    ]
    kept = [(f.evidence.as_row(), org, ok, real) for f, org, ok, real in found if f is not None]
    answerable = np.array([ok for _, _, ok, _ in kept])
    measured = np.array([real for *_, real in kept])
    weights = np.where(measured, 1.0, UNSEEN)
    weights[~answerable] *= weights[answerable].sum() / weights[~answerable].sum()
    offices = np.array([org for _, org, _, _ in kept])
    return Examples(np.array([row for row, *_ in kept]), answerable, offices, weights, measured)


def read_unanswerable(orgs: Iterable[OrgId]) -> list[tuple[OrgId, str]]:
    """The invented questions, for each office whose rules do not say."""
    lines = UNANSWERABLE.read_text(encoding="utf-8").splitlines()
    parts = [line.split(" !") for line in lines if line and not line.startswith("#")]
    return [(org, text) for text, *said in parts for org in orgs if org not in said]


def fit(examples: Examples, threshold: float = 0.5) -> Decision:
    """Logistic regression with a ridge, by Newton's method."""
    means, scales = examples.rows.mean(axis=0), examples.rows.std(axis=0) + 1e-9
    rows = np.hstack([(examples.rows - means) / scales, np.ones((len(examples.rows), 1))])
    weights = np.zeros(rows.shape[1])
    penalty = RIDGE * np.eye(len(weights))
    penalty[-1, -1] = 0.0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (examples.weights * (chance - examples.answerable)) + penalty @ weights
        curve = (rows.T * (examples.weights * chance * (1 - chance))) @ rows + penalty
        weights -= np.linalg.solve(curve, slope)
    *kept, bias = (round(float(w), 4) for w in weights)
    return Decision(tuple(kept), _rounded(means), _rounded(scales), bias=bias, threshold=threshold)


def cross_validated(examples: Examples) -> Floats:
    """The confidence of each example by weights fitted on the other offices."""
    scores = np.zeros(len(examples.rows))
    for office in np.unique(examples.offices):
        own = examples.offices == office
        decision = fit(examples.only(~own))
        scores[own] = [decision.of_row(row) for row in examples.rows[own]]
    return scores


def choose_threshold(scores: Floats, answerable: NDArray[np.bool_]) -> float:
    """The highest threshold that refuses no more of the answerable than allowed."""
    return round(float(np.quantile(scores[answerable], WRONG_REFUSALS)), 4)


def _rounded(numbers: Floats) -> tuple[float, ...]:
    return tuple(round(float(number), 4) for number in numbers)
