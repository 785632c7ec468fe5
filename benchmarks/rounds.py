"""Measures several calls in alternating rounds, so that a slow minute of the machine hits all."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Call = Callable[[], None]


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one kind of call, a tuple for each round."""

    name: str
    rounds_ms: tuple[tuple[float, ...], ...]

    @property
    def p50_ms(self) -> float:
        """The median of all calls."""
        return statistics.median(self._all())

    @property
    def p95_ms(self) -> float:
        """95 of 100 calls are at least as fast."""
        return percentile(self._all(), 95)

    def p95_of_round_ms(self, number: int) -> float:
        """The same within one round."""
        return percentile(self.rounds_ms[number], 95)

    def _all(self) -> tuple[float, ...]:
        return tuple(ms for one in self.rounds_ms for ms in one)


def percentile(values: tuple[float, ...], percent: int) -> float:
    """A percentile, interpolated between neighbours."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def measure(
    calls: Mapping[str, Call], rounds: int, calls_a_round: int, warm_up: int
) -> list[Timing]:
    """Time each call; every other round goes through them backwards."""
    for call in calls.values():
        for _ in range(warm_up):
            call()
    taken: dict[str, list[tuple[float, ...]]] = {name: [] for name in calls}
    names = list(calls)
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            taken[name].append(tuple(_time_ms(calls[name]) for _ in range(calls_a_round)))
    return [Timing(name, tuple(taken[name])) for name in calls]


def _time_ms(call: Call) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000
