"""A monotonic clock that is moved by hand."""

from __future__ import annotations


class Stopwatch:
    """Seconds since its beginning."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += seconds
