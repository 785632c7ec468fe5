"""Working days as published, and as an office decides them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.calendars import OfficeCalendars, load_calendars
from bot.adapters.chinese.calendar import PublishedCalendar
from bot.core.calendar import CalendarUnpublishedError, working_days_between
from bot.core.errors import ConfigurationError
from bot.core.leave import Span
from bot.core.people import OrgId
from tests.unit.leave.stage import Stage

CHANGLE, YUNYANG = OrgId("changle"), OrgId("yunyang")
CHRISTMAS_EVE = date(2026, 12, 24)


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


def _load(folder: Path, text: str) -> OfficeCalendars:
    (folder / "changle.yml").write_text(text, encoding="utf-8")
    return load_calendars(folder, PublishedCalendar())


def test_an_offices_own_days_count_there_and_nowhere_else(tmp_path: Path) -> None:
    calendars = _load(
        tmp_path, "source: 乐〔2026〕1号\nholidays: [2026-12-24]\nworking_days: [2026-12-26]\n"
    )

    week = (date(2026, 12, 24), date(2026, 12, 26))
    assert working_days_between(*week, calendars.of(CHANGLE)) == 2
    assert calendars.of(CHANGLE).is_working_day(CHRISTMAS_EVE) is False
    assert calendars.of(CHANGLE).is_working_day(date(2026, 12, 26)) is True
    assert calendars.of(YUNYANG).is_working_day(CHRISTMAS_EVE) is True


def test_a_year_listed_in_full_goes_by_the_week_and_by_its_list(tmp_path: Path) -> None:
    calendars = _load(
        tmp_path,
        "- source: 乐〔2026〕1号\n  holidays: [2026-12-24]\n"
        "- source: 国办发明电〔2026〕9号\n  whole_years: [2027]\n  holidays: [2027-01-01]\n",
    )

    changle = calendars.of(CHANGLE)
    assert working_days_between(date(2027, 1, 1), date(2027, 1, 10), changle) == 5
    with pytest.raises(CalendarUnpublishedError):
        changle.is_working_day(date(2028, 1, 4))
    with pytest.raises(CalendarUnpublishedError):
        calendars.of(YUNYANG).is_working_day(date(2027, 1, 4))


def test_one_day_of_an_unpublished_year_does_not_publish_the_others(tmp_path: Path) -> None:
    changle = _load(tmp_path, "source: 乐〔2026〕1号\nholidays: [2027-03-03]\n").of(CHANGLE)

    assert changle.is_working_day(date(2027, 3, 3)) is False
    with pytest.raises(CalendarUnpublishedError):
        changle.is_working_day(date(2027, 3, 4))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("source: 乐〔2026〕1号\nholidays:\n  - 2026-02-30\n", 3, "2026-02-30"),
        ("source: 乐〔2026〕1号\nholiday: []\n", 2, "unknown field `holiday`"),
        ("# 无文号\nholidays: [2026-12-24]\n", 2, "`source` is missing"),
        ("- source: 甲\n- 2026-12-24\n", 2, "must be a mapping"),
        ("source: 甲\nholidays: 2026-12-24\n", 2, "must be a list"),
        ("source: 甲\nwhole_years: [27]\n", 2, "no year"),
        ("source: 甲\nholidays: [2026-12-24, 2026-12-24]\n", 2, "given twice"),
        (
            "source: 甲\nholidays: [2026-12-24]\nworking_days: [2026-12-24]\n",
            3,
            "a holiday and a working day",
        ),
        ("source: 甲\nholidays: [2026-12-24\n", 3, "expected"),
    ],
)
def test_what_cannot_be_used_is_named_with_file_and_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        _load(tmp_path, text)

    assert refusal.value.code == "calendar_broken"
    assert (refusal.value.details["file"], refusal.value.details["line"]) == ("changle.yml", line)
    assert reason in str(refusal.value.details["reason"])


def test_a_leave_is_counted_by_the_calendar_of_its_office(tmp_path: Path) -> None:
    stage = Stage()
    calendars = _load(tmp_path, "source: 乐〔2026〕1号\nholidays: [2026-12-24]\n")
    stage.desk = replace(stage.desk, calendars=calendars)

    here = stage.preview("changle/staff1", "12月23日起请两个工作日病假")
    there = stage.preview("yunyang/staff1", "12月23日起请两个工作日病假")

    assert (here.span.last_day, here.working_days) == (date(2026, 12, 25), 2.0)
    assert (there.span.last_day, there.working_days) == (CHRISTMAS_EVE, 2.0)


def test_what_is_read_beside_a_draft_is_counted_by_the_calendar_of_its_office(
    tmp_path: Path,
) -> None:
    calendars = _load(tmp_path, "source: 乐〔2026〕1号\nholidays: [2026-12-24]\n")
    desk = replace(Stage().desk, calendars=calendars)

    here = desk.read("12月23日起请两个工作日病假", CHANGLE).span
    there = desk.read("12月23日起请两个工作日病假", YUNYANG).span

    assert here == Span(date(2026, 12, 23), date(2026, 12, 25))
    assert there == Span(date(2026, 12, 23), date(2026, 12, 24))


def test_a_folder_that_is_not_there_leaves_the_published_days(tmp_path: Path) -> None:
    calendars = load_calendars(tmp_path / "none", PublishedCalendar())

    assert calendars.of(CHANGLE).is_working_day(CHRISTMAS_EVE) is True
