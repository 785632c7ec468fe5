"""Working days and the counting that the offices' rules use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from bot.core.errors import RefusedError

ONE_DAY = timedelta(days=1)


class CalendarUnpublishedError(RefusedError):
    """The holiday arrangement of a year is not published yet; it is never guessed."""

    code = "calendar_unpublished"


class WorkCalendar(Protocol):
    """Knows working days, make-up working days (调休) included."""

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day.

        Raises:
            CalendarUnpublishedError: the arrangement of that year is not published.
        """
        ...


def working_days_between(first: date, last: date, calendar: WorkCalendar) -> int:
    """Count the working days from `first` to `last`, both included; 0 if `last` is earlier."""
    span = (last - first).days + 1
    return sum(calendar.is_working_day(first + timedelta(days=n)) for n in range(max(span, 0)))


def add_working_days(day: date, count: int, calendar: WorkCalendar) -> date:
    """The `count`-th working day after `day`, which itself does not count (自收文之日起)."""
    while count > 0:
        day += ONE_DAY
        count -= calendar.is_working_day(day)
    return day


def working_days_ahead(filed: date, departure: date, calendar: WorkCalendar) -> int:
    """How many working days ahead a request is: those after `filed` up to `departure`, included.

    Filed on Monday for Wednesday is 2 ahead, as 提前2个工作日 is counted.
    """
    return working_days_between(filed + ONE_DAY, departure, calendar)
