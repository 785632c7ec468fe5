"""Whether the confidence of answers means what it says: of those given with 0.9, nine in ten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.evaluation.measure import Outcome
from knowledge.evaluation.shares import Share

BINS = 10

Pair = tuple[float, bool]  # the confidence, and whether it was right


@dataclass(frozen=True)
class Bin:
    """The replies whose confidence lies in `low`..`high`, the upper end left out but for 1."""

    low: float
    high: float
    confidence: float | None  # their mean; None if there are none
    right: Share


@dataclass(frozen=True)
class Calibration:
    """`error` is the expected calibration error: 0 is perfect, None says nothing was measured."""

    bins: Sequence[Bin]
    error: float | None


def confidences(outcomes: Iterable[Outcome]) -> list[Pair]:
    """What each answer and refusal was sure of; a question back promises nothing."""
    told = (outcome for outcome in outcomes if outcome.is_answered or outcome.is_refused)
    return [(outcome.answer.confidence, outcome.is_right) for outcome in told]


def calibrate(pairs: Sequence[Pair], bins: int = BINS) -> Calibration:
    """Sort pairs into bins of equal width and compare confidence and truth in each."""
    held: list[list[Pair]] = [[] for _ in range(bins)]
    for confidence, is_right in pairs:
        held[min(int(confidence * bins), bins - 1)].append((confidence, is_right))
    made = [_bin(number / bins, (number + 1) / bins, one) for number, one in enumerate(held)]
    gaps = (abs((b.confidence or 0.0) * b.right.of - b.right.right) for b in made)
    return Calibration(made, sum(gaps) / len(pairs) if pairs else None)


def _bin(low: float, high: float, pairs: Sequence[Pair]) -> Bin:
    mean = sum(confidence for confidence, _ in pairs) / len(pairs) if pairs else None
    return Bin(low, high, mean, Share.count(is_right for _, is_right in pairs))
