"""What one question costs on one core, beside the plain hybrid search in the same run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from knowledge.evaluation.evaluation import QuestionSet
from knowledge.evaluation.shares import Quantile, quantile

GOAL_MS = 30
MEDIAN, SLOWEST = 0.50, 0.95


def times_ms(sets: Sequence[QuestionSet]) -> dict[str, list[float]]:
    """The milliseconds of every question, its embedding included, by who answered."""
    outcomes = [outcome for one in sets for outcome in one.outcomes]
    return {
        "Guiju, the work of /api/ask": [1000 * o.taken_s for o in outcomes],
        "plain hybrid search": [1000 * o.compared.plain_s for o in outcomes],
    }


def quantiles(times: Sequence[float]) -> dict[str, Quantile]:
    """Half of the questions, and 95 of a hundred, take no longer."""
    return {"p50": quantile(times, MEDIAN), "p95": quantile(times, SLOWEST)}


@contextmanager
def one_core() -> Iterator[None]:
    """Keep this thread, and what it starts, on one core, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
