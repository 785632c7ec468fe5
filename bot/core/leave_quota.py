"""How many days of a kind a year an office grants, where its table says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.core.calendar import WorkCalendar
from bot.core.leave import OPEN_STATES, LeaveState, Span
from bot.core.leave_days import WORKING_DAYS, working_days_of
from bot.core.leave_route import QUOTA_TABLE, LeaveCase
from bot.core.procedures import Row

# Granted, gone or still asked for: all of it is days that nobody else can have twice.
COUNTED_STATES = OPEN_STATES | {LeaveState.RETURNED}


@dataclass(frozen=True)
class OverQuota:
    """A year in which a request goes beyond what its kind has; days in the row's unit."""

    row: Row
    year: int
    amount: float
    used: float
    asked: float

    @property
    def is_working(self) -> bool:
        """Whether the days are working days."""
        return self.row.outcome.get("unit") == WORKING_DAYS


def over_quota(case: LeaveCase, calendar: WorkCalendar) -> Iterator[OverQuota]:
    """The years of a request whose quota it exceeds; a year that cannot be counted is left out."""
    row = case.row(QUOTA_TABLE)
    if row is None:
        return
    taken = [le.span for le in case.taken if le.kind is case.kind and le.state in COUNTED_STATES]
    for year in range(case.span.first_day.year, case.span.last_day.year + 1):
        counts = [_days_in(year, span, row, calendar) for span in (case.span, *taken)]
        known = [count for count in counts if count is not None]
        amount = float(row.outcome["amount"])
        if len(known) == len(counts) and sum(known) > amount:
            yield OverQuota(row, year, amount, sum(known[1:]), known[0])


def _days_in(year: int, span: Span, row: Row, calendar: WorkCalendar) -> float | None:
    """The days of a span within a year, in the row's unit; None if they cannot be told."""
    part = span.within(date(year, 1, 1), date(year, 12, 31))
    if part is None:
        return 0.0
    return working_days_of(part, calendar) if row.outcome.get("unit") == WORKING_DAYS else part.days
