"""Counting the working days of a leave."""

from __future__ import annotations

from datetime import timedelta

from bot.core.calendar import CalendarUnpublishedError, WorkCalendar
from bot.core.leave import Span

WORKING_DAYS = "working_days"


def working_days_of(span: Span, calendar: WorkCalendar) -> float | None:
    """Working days of a span, in halves; None if a year's arrangement is not published."""
    try:
        return sum(_share(span, n) for n in range(_length(span)) if _works(span, n, calendar))
    except CalendarUnpublishedError:
        return None


def _length(span: Span) -> int:
    return (span.last_day - span.first_day).days + 1


def _works(span: Span, n: int, calendar: WorkCalendar) -> bool:
    return calendar.is_working_day(span.first_day + timedelta(days=n))


def _share(span: Span, n: int) -> float:
    """How much of the n-th day is taken."""
    first, last = n == 0 and span.starts_pm, n == _length(span) - 1 and span.ends_am
    return 1 - 0.5 * (first + last)
