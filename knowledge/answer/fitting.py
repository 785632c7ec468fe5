"""The two ways of fitting a linear model: which of several, and whether. Newton's method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.answer.linear import Figure

STEPS = 30  # it settles in about ten
SETTLED = 1e-6
DIGITS = 4

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Group:
    """Rows of figures of which some are right; `right` sums to 1."""

    rows: Sequence[Sequence[Figure]]
    right: Floats


def fit_choice(groups: Sequence[Group], ridge: float) -> dict[str, float]:
    """Weights under which the right rows of each group score above the others."""
    names, matrix = _matrix([row for group in groups for row in group.rows])
    right = np.concatenate([group.right for group in groups])
    sizes = np.array([len(group.rows) for group in groups])
    starts, owner = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes)
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        chance = _shares(matrix @ weights, starts, owner)
        means = np.add.reduceat(matrix * chance[:, None], starts)
        centred = matrix - means[owner]
        slope = matrix.T @ (chance - right) + ridge * weights
        curve = (centred.T * chance) @ centred + ridge * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < SETTLED:
            break
    return _named(names, weights)


def fit_chance(
    rows: Sequence[Sequence[Figure]], right: NDArray[np.bool_], counts: Floats, ridge: float
) -> tuple[dict[str, float], float]:
    """Weights and bias of a logistic model; `counts` says how much each row counts."""
    names, matrix = _matrix(rows)
    matrix = np.hstack([matrix, np.ones((len(matrix), 1))])
    weights, penalty = np.zeros(matrix.shape[1]), ridge * np.eye(matrix.shape[1])
    penalty[-1, -1] = 0.0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (counts * (chance - right)) + penalty @ weights
        curve = (matrix.T * (counts * chance * (1 - chance))) @ matrix + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < SETTLED:
            break
    return _named(names, weights[:-1]), round(float(weights[-1]), DIGITS)


def _matrix(rows: Sequence[Sequence[Figure]]) -> tuple[list[str], Floats]:
    names = sorted({name for row in rows for name, _ in row})
    places = {name: place for place, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        for name, figure in row:
            matrix[number, places[name]] = figure
    return names, matrix


def _shares(scores: Floats, starts: NDArray[np.int64], owner: NDArray[np.int64]) -> Floats:
    risen = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    shares: Floats = risen / np.add.reduceat(risen, starts)[owner]
    return shares


def _named(names: Sequence[str], weights: Floats) -> dict[str, float]:
    rounded = {name: round(float(w), DIGITS) for name, w in zip(names, weights, strict=True)}
    return {name: weight for name, weight in rounded.items() if weight}
