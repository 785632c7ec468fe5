"""Shares and times with the 95 % interval that the size of a sample leaves open."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest, bootstrap, quantile_test

SURE = 0.95
RESAMPLES = 999
SEED = 0  # of the resampling: the same scores give the same interval

Interval = tuple[float, float]


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    right: int
    of: int

    @classmethod
    def count(cls, flags: Iterable[bool]) -> Share:
        """The share of what is true."""
        counted = list(flags)
        return cls(sum(counted), len(counted))

    @property
    def value(self) -> float | None:
        """In 0..1; None of nothing."""
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's, which stays within 0..1 and holds for few cases and for shares near 1."""
        if not self.of:
            return None
        found = binomtest(self.right, self.of).proportion_ci(SURE, method="wilson")
        return float(found.low), float(found.high)


@dataclass(frozen=True)
class Separation:
    """How well scores tell two kinds apart: the chance that one of the first scores higher."""

    value: float
    interval: Interval


def separation(higher: Sequence[float], lower: Sequence[float]) -> Separation | None:
    """The area under the curve, with a bootstrap interval; None without two of each kind."""
    samples = np.asarray(higher), np.asarray(lower)
    if min(map(len, samples)) < 2:
        return None
    drawn = bootstrap(
        samples,
        _area,
        n_resamples=RESAMPLES,
        vectorized=False,
        confidence_level=SURE,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Separation(_area(*samples), (float(drawn.low), float(drawn.high)))


@dataclass(frozen=True)
class Quantile:
    """A time that so many of a hundred calls keep to, in milliseconds."""

    value_ms: float
    interval_ms: tuple[float | None, float | None]  # None: too few calls to bound it


def quantile(times_ms: Sequence[float], share: float) -> Quantile:
    """A quantile with the interval that the order of the times gives."""
    values = np.asarray(times_ms)
    bounds = quantile_test(values, p=share).confidence_interval(SURE)
    low, high = (None if math.isnan(bound) else float(bound) for bound in bounds)
    return Quantile(float(np.quantile(values, share)), (low, high))


def _area(higher: NDArray[np.float64], lower: NDArray[np.float64]) -> float:
    above = (higher[:, None] > lower).mean() + (higher[:, None] == lower).mean() / 2
    return float(above)
