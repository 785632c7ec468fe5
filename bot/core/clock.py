"""The office's time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Protocol

# China has kept one time without daylight saving since 1992; a fixed offset needs no zone files.
OFFICE_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")


class Clock(Protocol):
    """Tells the time; always passed in, never read from the machine elsewhere."""

    def now(self) -> datetime:
        """The present, aware, in OFFICE_TIME."""
        ...


def today(clock: Clock) -> date:
    """The office's date."""
    return clock.now().astimezone(OFFICE_TIME).date()
