from __future__ import annotations

import pytest

from knowledge.evaluation.calibration import calibrate
from knowledge.evaluation.shares import Share, quantile, separation


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [
        # (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n) with z = 1.959964
        (8, 10, 0.4902, 0.9433),
        (93, 100, 0.8625, 0.9657),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
    ],
)
def test_a_share_has_the_interval_of_wilson(right: int, of: int, low: float, high: float) -> None:
    interval = Share(right, of).interval

    assert interval == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_has_no_value_and_no_interval() -> None:
    nothing = Share.count([])

    assert nothing.value is None
    assert nothing.interval is None


def test_scores_that_never_overlap_tell_two_kinds_apart_surely() -> None:
    found = separation([0.8, 0.9, 0.7], [0.1, 0.2])

    assert found is not None
    assert found.value == 1.0
    assert found.interval == (1.0, 1.0)


def test_equal_scores_are_guessing() -> None:
    found = separation([0.5, 0.5], [0.5, 0.5])

    assert found is not None
    assert found.value == 0.5


def test_two_kinds_cannot_be_told_apart_where_one_is_absent() -> None:
    assert separation([0.8, 0.9], []) is None


def test_a_quantile_is_bounded_by_the_order_of_the_times() -> None:
    times = [float(number) for number in range(1, 101)]

    median = quantile(times, 0.5)

    assert median.value_ms == 50.5
    assert median.interval_ms == (40.0, 61.0)  # P(binomial(100, 1/2) < 40) = 0.0176


def test_too_few_times_do_not_bound_a_high_quantile() -> None:
    assert quantile([1.0, 2.0, 3.0], 0.95).interval_ms[1] is None


def test_a_confidence_that_keeps_its_word_has_no_calibration_error() -> None:
    honest = [(0.75, True), (0.75, True), (0.75, True), (0.75, False)]

    assert calibrate(honest).error == pytest.approx(0.0)


def test_the_calibration_error_is_the_mean_gap_weighted_by_bins() -> None:
    pairs = [(0.95, True), (0.95, False), (0.95, False), (0.25, False)]

    calibration = calibrate(pairs)

    # three at 0.95 of which a third is right, one at 0.25 that is wrong
    assert calibration.error == pytest.approx((3 * (0.95 - 1 / 3) + 0.25) / 4)
    assert [b.right.of for b in calibration.bins] == [0, 0, 1, 0, 0, 0, 0, 0, 0, 3]


def test_a_confidence_of_one_is_in_the_last_bin() -> None:
    assert calibrate([(1.0, True)]).bins[-1].right == Share(1, 1)


def test_a_right_answer_without_any_confidence_is_an_error_too() -> None:
    assert calibrate([(0.0, True)]).error == 1.0


def test_nothing_measured_has_no_calibration_error() -> None:
    assert calibrate([]).error is None
