"""Working days as the State Council publishes them, one year at a time."""

from __future__ import annotations

from datetime import date
from functools import cache

import chinese_calendar

from bot.core.calendar import CalendarUnpublishedError


class PublishedCalendar:
    """Knows the years whose arrangement `chinesecalendar` carries; never guesses another."""

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year whose arrangement is known."""
        years = {day.year for day in chinese_calendar.holidays}
        return min(years), max(years)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day, make-up weekends included.

        Raises:
            CalendarUnpublishedError: the arrangement of that year is not published.
        """
        try:
            return _is_workday(day)
        except NotImplementedError as error:
            raise CalendarUnpublishedError(year=day.year) from error


@cache  # 50 us a day otherwise, and a ledger asks for the same days again and again
def _is_workday(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))
