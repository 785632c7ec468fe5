from __future__ import annotations

import random
from bisect import bisect_left
from calendar import monthrange
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.chinese.calendar import PublishedCalendar
from bot.core.calendar import CalendarUnpublishedError
from bot.core.deadlines import DeadlineUnit, Term
from bot.core.office_hours import ReminderCalendar, next_opening, working_days_before
from tests.fakes.clock import FakeClock
from tests.unit.supervision import naive

CALENDAR = PublishedCalendar()
PUBLISHED = st.dates(date(2005, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("term", "assigned", "last"),
    [
        # 双台子 55: 7 days counted from the day itself end on day + 6
        (Term(7, DeadlineUnit.DAYS, counts_first_day=True), "2026-11-23", "2026-11-29"),
        (Term(5, DeadlineUnit.DAYS), "2026-11-23", "2026-11-28"),
        (Term(2, DeadlineUnit.WORKING_DAYS), "2026-11-26", "2026-11-30"),
        (Term(2, DeadlineUnit.WORKING_DAYS, counts_first_day=True), "2026-11-26", "2026-11-27"),
        (Term(1, DeadlineUnit.WORKING_DAYS, counts_first_day=True), "2026-11-28", "2026-11-30"),
        (Term(1, DeadlineUnit.MONTHS), "2026-11-23", "2026-12-23"),
        (Term(1, DeadlineUnit.MONTHS, counts_first_day=True), "2026-11-23", "2026-12-22"),
        (Term(1, DeadlineUnit.MONTHS, counts_first_day=True), "2026-03-01", "2026-03-31"),
        (Term(1, DeadlineUnit.MONTHS), "2026-01-31", "2026-02-28"),
        (Term(1, DeadlineUnit.MONTHS, counts_first_day=True), "2026-01-31", "2026-02-28"),
        (Term(0, DeadlineUnit.YEAR_END, counts_first_day=True), "2026-02-03", "2026-12-31"),
    ],
)
def test_terms_end_where_the_rules_say(term: Term, assigned: str, last: str) -> None:
    assert term.last_day(date.fromisoformat(assigned), CALENDAR) == date.fromisoformat(last)


def test_a_cycle_has_no_end() -> None:
    assert Term(2, DeadlineUnit.WEEKS_CYCLE).last_day(date(2026, 11, 23), CALENDAR) is None


def test_working_days_that_run_into_an_unpublished_year_are_not_guessed() -> None:
    with pytest.raises(CalendarUnpublishedError):
        Term(5, DeadlineUnit.WORKING_DAYS).last_day(date(2026, 12, 29), CALENDAR)


@settings(max_examples=300)
@given(PUBLISHED, st.integers(1, 60), st.booleans())
def test_working_days_equal_counting_on_a_list(day: date, count: int, first: bool) -> None:
    last = Term(count, DeadlineUnit.WORKING_DAYS, first).last_day(day, CALENDAR)

    assert last is not None
    counted = [day + timedelta(days=n) for n in range((last - day).days + 1)]
    working = [d for d in counted if naive.works(d) and (first or d != day)]
    assert len(working) == count
    assert working[-1] == last


@settings(max_examples=300)
@given(PUBLISHED, st.integers(1, 24))
def test_a_month_that_counts_its_first_day_ends_one_day_sooner(day: date, count: int) -> None:
    plain = Term(count, DeadlineUnit.MONTHS).last_day(day, CALENDAR)
    counting = Term(count, DeadlineUnit.MONTHS, counts_first_day=True).last_day(day, CALENDAR)

    assert plain is not None
    assert (plain.year * 12 + plain.month) - (day.year * 12 + day.month) == count
    length = monthrange(plain.year, plain.month)[1]
    assert plain.day == min(day.day, length)
    assert counting == (plain - timedelta(days=1) if day.day <= length else plain)


@settings(max_examples=200)
@given(st.dates(date(2026, 2, 1), date(2027, 3, 1)), st.integers(1, 5))
def test_working_days_before_a_deadline_equal_counting_on_a_list(day: date, count: int) -> None:
    assert working_days_before(day, count, ReminderCalendar(CALENDAR)) == naive.before(day, count)


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ((2026, 11, 23, 9, 0), "2026-11-23T09:00"),
        ((2026, 11, 23, 8, 29), "2026-11-23T08:30"),
        ((2026, 11, 23, 17, 30), "2026-11-24T08:30"),
        ((2026, 11, 28, 10, 0), "2026-11-30T08:30"),  # a Saturday
        ((2026, 9, 30, 20, 0), "2026-10-08T08:30"),  # National Day
        ((2026, 10, 10, 7, 0), "2026-10-10T08:30"),  # a make-up Saturday
        ((2026, 12, 31, 18, 0), "2027-01-01T08:30"),  # not published: a plain Friday
    ],
)
def test_the_office_opens_on_working_days_at_half_past_eight(
    now: tuple[int, ...], opening: str
) -> None:
    clock = FakeClock()
    year, month, day, hour, minute = now
    clock.set(clock.now().replace(year=year, month=month, day=day, hour=hour, minute=minute))

    found = next_opening(clock.now(), ReminderCalendar(CALENDAR))

    assert found.isoformat(timespec="minutes") == f"{opening}+08:00"


def published_days() -> list[date]:
    first, last = date(2004, 1, 1), date(2026, 12, 31)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_five_thousand_working_day_deadlines_equal_a_list_of_all_published_years() -> None:
    days = published_days()
    working = [day for day in days if chinese_calendar.is_workday(day)]
    chance = random.Random(710)  # noqa: S311 - dates, not secrets
    unpublished = 0
    for _ in range(5_000):
        assigned, count = chance.choice(days), chance.randint(1, 60)
        first = chance.random() < 0.5
        # The naive way: what is left of the list from that day on, or from the day after.
        left = working[bisect_left(working, assigned) :]
        if not first and left and left[0] == assigned:
            left = left[1:]
        term = Term(count, DeadlineUnit.WORKING_DAYS, counts_first_day=first)

        if len(left) < count:
            unpublished += 1
            with pytest.raises(CalendarUnpublishedError) as refusal:
                term.last_day(assigned, CALENDAR)
            assert refusal.value.details == {"year": 2027}
        else:
            assert term.last_day(assigned, CALENDAR) == left[count - 1]

    assert 0 < unpublished < 100
