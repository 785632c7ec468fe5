"""Times that cannot be used: told in a clear sentence, nothing guessed, the rest kept."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.leave import LeaveKind, Span
from tests.unit.leave.stage import Stage

STAFF = "changle/staff1"


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("12月5日到12月1日病假", "leave_ends_before_start", "结束时间早于开始时间"),
        ("2月30日病假", "date_impossible", "没有这个日期"),
        ("12月1日起请400天病假", "leave_too_long", "最多366天"),
        ("2025年3月5日病假", "date_long_past", "3月5日（周三）已经过去很久"),
        ("2062年12月1日病假", "date_far", "离现在太远"),
        ("12月3日(周三)病假", "date_contradictory", "12月3日（周四）不是您说的那个星期几"),
        ("后天(11月26日)病假", "date_contradictory", "11月25日（周三）不是"),
        ("12月1日到5日,请三天病假", "leave_days_contradict", "是5天，又说3天"),
        ("周三和周五请病假", "leave_days_apart", "11月25日（周三）和11月27日（周五）不相连"),
        ("请两小时病假", "leave_hours", "规则没有按小时请假的规定"),
        ("元旦假期请病假", "calendar_unpublished", "2027年节假日安排尚未发布"),
    ],
)
def test_a_time_that_cannot_be_used_is_told_and_the_kind_is_kept(
    said: str, code: str, words: str
) -> None:
    stage = Stage()

    view = stage.say(STAFF, said)

    assert view.problem is not None
    assert view.problem.code == code
    assert words in stage.words.problem(view.problem).text
    assert (view.draft.parts.kind, view.draft.parts.span) == (LeaveKind.SICK, None)


def test_a_length_in_working_days_does_not_contradict_its_stretch() -> None:
    leave = Stage().preview(STAFF, "11月27日到12月1日请三天病假")

    assert (leave.span.days, leave.working_days) == (5.0, 3.0)


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("明天下午请两小时病假", ["11月24日下午"]),
        ("明天请两小时病假", ["11月24日上午", "11月24日下午"]),
        ("请两小时病假", []),
    ],
)
def test_instead_of_hours_half_a_day_is_offered(said: str, offered: list[str]) -> None:
    stage = Stage()

    view = stage.say(STAFF, said)

    assert view.problem is not None
    assert [button.say for button in stage.words.problem(view.problem).buttons] == offered


def test_the_half_day_offered_instead_of_hours_is_taken_by_its_button() -> None:
    stage = Stage()

    stage.say(STAFF, "明天请两小时病假")
    view = stage.say(STAFF, "11月24日下午", "span")

    tomorrow = date(2026, 11, 24)
    assert view.problem is None
    assert view.draft.parts.span == Span(tomorrow, tomorrow, starts_pm=True)


def test_a_journey_of_two_hours_is_no_leave_of_two_hours() -> None:
    view = Stage().say(STAFF, "周四去济南看病,开车两小时")

    assert view.problem is None
    assert view.draft.parts.span == Span(date(2026, 11, 26), date(2026, 11, 26))
