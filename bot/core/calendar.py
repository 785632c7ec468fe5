"""Working days and the counting that the offices' rules use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from bot.core.errors import RefusedError

ONE_DAY = timedelta(days=1)
FRIDAY = 5


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


@dataclass(frozen=True)
class LocalDays:
    """What an office has decided itself: days off, days worked, years listed in full."""

    holidays: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()
    whole_years: frozenset[int] = frozenset()


@dataclass(frozen=True)
class OfficeCalendar:
    """The published days, overruled by an office's own.

    Of a year that the office lists in full, every day it does not name is one of the week.
    """

    published: WorkCalendar
    local: LocalDays

    def is_working_day(self, day: date) -> bool:
        """See `WorkCalendar.is_working_day`."""
        if day in self.local.holidays or day in self.local.working_days:
            return day in self.local.working_days
        if day.year in self.local.whole_years:
            return day.isoweekday() <= FRIDAY
        return self.published.is_working_day(day)


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
