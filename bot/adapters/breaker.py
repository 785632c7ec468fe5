"""A circuit breaker that does not hold other threads up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

MonotonicClock = Callable[[], float]  # seconds


class Breaker:
    """Closed, open after `most_failures` in a row, then one trial after `rest_s`.

    Not pybreaker: that one keeps its lock for the whole call, so that one slow conversation would
    hold up all others (docs/decisions/0072).
    """

    def __init__(
        self, most_failures: int = 5, rest_s: float = 5.0, clock: MonotonicClock = time.monotonic
    ) -> None:
        self._most_failures, self._rest_s, self._clock = most_failures, rest_s, clock
        self._failures = 0
        self._closed_until = 0.0
        self._lock = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether the last calls all failed."""
        return self._failures >= self._most_failures

    def lets_pass(self) -> bool:
        """Whether a call may be tried; while open, one call each `rest_s`."""
        with self._lock:
            if not self.is_open:
                return True
            if self._clock() < self._closed_until:
                return False
            self._closed_until = self._clock() + self._rest_s
            return True

    def succeeded(self) -> None:
        """A call went well: closed again."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """A call failed."""
        with self._lock:
            self._failures += 1
            self._closed_until = self._clock() + self._rest_s
