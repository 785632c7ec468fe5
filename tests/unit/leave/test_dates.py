"""Days as people write them; the tables lie beside this file, written before they were run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.adapters.chinese.dates import read_day, read_span, read_timing
from bot.core.errors import InvalidInputError, RefusedError
from bot.core.leave import Half, LeaveParts, Span

TODAY = date(2026, 11, 23)  # a Monday
WANTED = 0.95
WANTED_AGAIN = 0.90  # odder spellings, written to find what is not read yet
FOLDER = Path(__file__).parent


def _rows(name: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


def _end(text: str) -> tuple[date, str]:
    day, _, half = text.strip().partition(" ")
    return date.fromisoformat(day if day.count("-") == 2 else f"2026-{day}"), half


def _span(first: str, last: str) -> Span | None:
    if first.strip() == "none":
        return None
    (first_day, first_half), (last_day, last_half) = _end(first), _end(last)
    return Span(first_day, last_day, first_half == "pm", last_half == "am")


def _read(said: str) -> Span | None:
    try:
        return read_span(said, TODAY)
    except RefusedError:
        return None


@pytest.mark.parametrize(("said", "first", "last"), _rows("dates.txt"))
def test_days_of_a_leave_are_read_as_people_write_them(said: str, first: str, last: str) -> None:
    assert _read(said) == _span(first, last)


@pytest.mark.parametrize(
    ("name", "wanted"), [("unseen_dates.txt", WANTED), ("unseen_dates_again.txt", WANTED_AGAIN)]
)
def test_of_spellings_written_before_they_were_run_most_are_read(name: str, wanted: float) -> None:
    rows = _rows(name)

    right = sum(_read(said) == _span(first, last) for said, first, last in rows)

    assert right / len(rows) >= wanted, f"{right} of {len(rows)}"


@pytest.mark.parametrize(("said", "day"), _rows("deadlines.txt"))
def test_deadlines_are_read_as_people_write_them(said: str, day: str) -> None:
    expected = None if day.strip() == "none" else _end(day)[0]

    assert read_day(said, TODAY) == expected


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("2月30日请假", "date_impossible"),
        ("13月1日", "date_impossible"),
        ("2027年2月29日", "date_impossible"),
        ("12月32日", "date_impossible"),
        ("40号", "date_impossible"),
        ("12月5日到12月1日", "leave_ends_before_start"),
        ("12月5日至1日", "leave_ends_before_start"),
        ("后天到明天", "leave_ends_before_start"),
        ("12月1日下午到12月1日上午", "leave_ends_before_start"),
        ("12月1日起请400天", "leave_too_long"),
        ("请400天假", "leave_too_long"),
    ],
)
def test_impossible_days_are_refused(said: str, code: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        read_span(said, TODAY)

    assert refusal.value.code == code


WEDNESDAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("answer", "said", "span"),
    [
        ("三天", LeaveParts(first_day=WEDNESDAY), Span(WEDNESDAY, date(2026, 12, 4))),
        ("到周五", LeaveParts(first_day=WEDNESDAY), Span(WEDNESDAY, date(2026, 12, 4))),
        ("周五", LeaveParts(first_day=WEDNESDAY), Span(WEDNESDAY, date(2026, 12, 4))),
        ("12月4日", LeaveParts(first_day=WEDNESDAY), Span(WEDNESDAY, date(2026, 12, 4))),
        (
            "一天半",
            LeaveParts(first_day=WEDNESDAY),
            Span(WEDNESDAY, date(2026, 12, 3), ends_am=True),
        ),
        ("明天", LeaveParts(days=3), Span(date(2026, 11, 24), date(2026, 11, 26))),
        ("下周四起", LeaveParts(days=3), Span(date(2026, 12, 3), date(2026, 12, 5))),
        (
            "下午",
            LeaveParts(first_day=WEDNESDAY, days=0.5),
            Span(WEDNESDAY, WEDNESDAY, starts_pm=True),
        ),
    ],
)
def test_an_answer_goes_on_from_what_was_said(answer: str, said: LeaveParts, span: Span) -> None:
    assert read_timing(answer, TODAY, said).span == span


WED_TO_FRI = Span(date(2026, 11, 25), date(2026, 11, 27))


@pytest.mark.parametrize(
    ("correction", "days", "span"),
    [
        ("不对,是下周四", 3.0, Span(date(2026, 12, 3), date(2026, 12, 5))),
        ("不对,是下周四", None, Span(date(2026, 12, 3), date(2026, 12, 3))),
        ("改成两天", None, Span(date(2026, 11, 25), date(2026, 11, 26))),
        ("延到周六", None, Span(date(2026, 11, 25), date(2026, 11, 28))),
        ("再加一天", None, Span(date(2026, 11, 25), date(2026, 11, 28))),
        ("延长两天", None, Span(date(2026, 11, 25), date(2026, 11, 29))),
        ("改成周四到周五", None, Span(date(2026, 11, 26), date(2026, 11, 27))),
    ],
)
def test_a_corrected_beginning_keeps_a_length_that_was_said(
    correction: str, days: float | None, span: Span
) -> None:
    said = LeaveParts(span=WED_TO_FRI, days=days)

    assert read_timing(correction, TODAY, said).span == span


@pytest.mark.parametrize(
    ("said", "first_day", "half", "days"),
    [
        ("我要请假", None, None, None),
        ("请三天病假", None, None, 3.0),
        ("下周请三天假", None, None, 3.0),
        ("下周三开始请假", date(2026, 12, 2), None, None),
        ("明天下午起休假", date(2026, 11, 24), Half.PM, None),
        ("明天请半天假", date(2026, 11, 24), None, 0.5),
        ("12月份请假", None, None, None),
    ],
)
def test_what_is_not_said_is_left_open(
    said: str, first_day: date | None, half: Half | None, days: float | None
) -> None:
    timing = read_timing(said, TODAY)

    assert (timing.span, timing.first_day, timing.half) == (None, first_day, half)
    assert timing.days == days


NEXT_WEEK = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("answer", "said", "first", "last"),
    [
        ("周三", LeaveParts(days=3, around=NEXT_WEEK), "12-02", "12-04"),
        ("改成周四", LeaveParts(span=Span(NEXT_WEEK, NEXT_WEEK)), "12-03", "12-03"),
        ("改到周二到周三", LeaveParts(span=Span(NEXT_WEEK, NEXT_WEEK)), "12-01", "12-02"),
        ("改成本周五", LeaveParts(span=Span(NEXT_WEEK, NEXT_WEEK)), "11-27", "11-27"),
    ],
)
def test_a_weekday_is_one_of_the_week_being_talked_of(
    answer: str, said: LeaveParts, first: str, last: str
) -> None:
    span = Span(date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}"))

    assert read_timing(answer, TODAY, said).span == span


@pytest.mark.parametrize("said", ["过两天请一天假", "12月第一周", "下月初三天"])
def test_a_vague_time_is_asked_about(said: str) -> None:
    assert read_span(said, TODAY) is None


def test_what_people_say_of_days_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    read_span("31(每年2026", TODAY)

    assert caplog.text == ""


@pytest.mark.parametrize("said", ["一点十分", "你好", "去3号楼开会", "12%", "第3号", "3.5万元"])
def test_other_numbers_are_not_days(said: str) -> None:
    assert read_span(said, TODAY) is None
