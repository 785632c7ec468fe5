"""A clock that stands still until it is moved."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.clock import OFFICE_TIME


class FakeClock:
    """Monday, 23 November 2026, 09:00 unless told otherwise."""

    def __init__(self, now: datetime | None = None) -> None:
        self._now = now or datetime(2026, 11, 23, 9, 0, tzinfo=OFFICE_TIME)

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> datetime:
        self._now = now
        return now

    def advance(self, **units: float) -> None:
        self._now += timedelta(**units)
