"""Deadlines counted by an office's rule."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from bot.core.calendar import ONE_DAY, WorkCalendar, add_working_days


class DeadlineUnit(StrEnum):
    """What a rule counts in, in the words of the tables."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEAR_END = "year_end"
    WEEKS_CYCLE = "weeks_cycle"  # no end: progress is reported every so many weeks


@dataclass(frozen=True)
class Term:
    """A stretch of time that a rule allows, such as 5 working days.

    `counts_first_day`: the day of assignment is day 1 (从当日算起), otherwise the day after.
    """

    amount: int
    unit: DeadlineUnit
    counts_first_day: bool = False

    @classmethod
    def of_outcome(cls, outcome: Mapping[str, Any]) -> Term:
        """The term that a row of the table `supervision_deadline` allows."""
        return cls(
            int(outcome.get("amount", 1)),
            DeadlineUnit(outcome["unit"]),
            bool(outcome.get("counts_first_day", False)),
        )

    def last_day(self, assigned: date, calendar: WorkCalendar) -> date | None:
        """The deadline of a matter assigned on a day; None if the term has no end.

        Raises:
            CalendarUnpublishedError: working days run into a year that is not published.
        """
        match self.unit:
            case DeadlineUnit.DAYS:
                return assigned + timedelta(days=self.amount - self.counts_first_day)
            case DeadlineUnit.WORKING_DAYS:
                before = assigned - ONE_DAY if self.counts_first_day else assigned
                return add_working_days(before, self.amount, calendar)
            case DeadlineUnit.MONTHS:
                return months_after(assigned, self.amount, self.counts_first_day)
            case DeadlineUnit.YEAR_END:
                return date(assigned.year, 12, 31)
            case DeadlineUnit.WEEKS_CYCLE:
                return None


def months_after(day: date, months: int, counts_first_day: bool) -> date:
    """The last day of a term in months: the same day of the month, or the one before it.

    Source: Civil Code of 2020, articles 201 and 202: the opening day does not count, the term
    ends on the corresponding day, and on the last of a month that has none.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    length = monthrange(year, month)[1]
    if day.day > length:
        return date(year, month, length)
    return date(year, month, day.day) - (ONE_DAY if counts_first_day else timedelta(0))
