from __future__ import annotations

import numpy as np
import pytest

from knowledge.answer.fitting import Group, fit_chance, fit_choice
from knowledge.answer.linear import Curve, Linear


def test_a_choice_learns_what_sets_the_right_row_apart() -> None:
    right = Group([[("near", 1.0)], [("near", 0.2)], [("near", 0.1)]], np.array([1.0, 0.0, 0.0]))

    weights = fit_choice([right] * 5, ridge=0.1)

    assert weights["near"] > 1


def test_a_figure_that_all_rows_share_gets_no_weight() -> None:
    group = Group([[("same", 1.0), ("near", 1.0)], [("same", 1.0)]], np.array([1.0, 0.0]))

    weights = fit_choice([group] * 5, ridge=0.1)

    assert "same" not in weights


def test_fitting_twice_gives_the_same_weights() -> None:
    groups = [
        Group([[("a", 0.3), ("b", 1.0)], [("a", 0.9)]], np.array([0.0, 1.0])),
        Group([[("b", 0.5)], [("a", 0.4)]], np.array([0.5, 0.5])),
    ]

    assert fit_choice(groups, ridge=1.0) == fit_choice(groups, ridge=1.0)


def test_a_chance_follows_what_was_counted() -> None:
    rows = [[("said", 1.0)]] * 9 + [[("said", 1.0)]] + [[("said", 0.0)]] * 10
    right = np.array([True] * 9 + [False] + [True] * 2 + [False] * 8)

    weights, bias = fit_chance(rows, right, np.ones(20), ridge=1e-6)
    curve = Curve(weights["said"], bias)

    assert curve.chance(1.0) == pytest.approx(0.9, abs=0.01)
    assert curve.chance(0.0) == pytest.approx(0.2, abs=0.01)


def test_a_name_without_a_weight_counts_nothing() -> None:
    assert Linear({"known": 2.0}).score([("known", 1.5), ("unknown", 100.0)]) == 3.0
