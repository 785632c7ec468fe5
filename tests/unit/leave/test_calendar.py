"""Working days as published."""

from __future__ import annotations

from datetime import date

import pytest

from bot.adapters.chinese.calendar import PublishedCalendar
from bot.core.calendar import CalendarUnpublishedError


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 28), False),
        (date(2026, 10, 1), False),
        (date(2026, 9, 20), True),  # a Sunday worked for the National Day week
        (date(2026, 2, 17), False),
    ],
)
def test_holidays_and_make_up_days_are_as_published(day: date, works: bool) -> None:
    assert PublishedCalendar().is_working_day(day) is works


def test_an_unpublished_year_is_never_guessed() -> None:
    with pytest.raises(CalendarUnpublishedError) as refusal:
        PublishedCalendar().is_working_day(date(2027, 1, 4))

    assert refusal.value.details == {"year": 2027}
