"""Ways of saying things that came up in whole dialogues."""

from __future__ import annotations

from datetime import date

import pytest

from bot.adapters.chinese.leave_reader import ChineseLeaveReader
from bot.core.leave import LeaveKind, LeaveParts, Span

MONDAY = date(2026, 11, 23)
PERSONAL = LeaveParts(kind=LeaveKind.PERSONAL, span=Span(MONDAY, MONDAY))


def read(text: str, asked: str | None = None, said: LeaveParts | None = None) -> LeaveParts:
    return ChineseLeaveReader().read(text, MONDAY, asked, said)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("下周一去济南开农村饮水现场会", "济南"),
        ("12月9日去济南开统计工作会", "济南"),
        ("明天去市里开个会", "市里"),
    ],
)
def test_a_meeting_that_has_a_name_makes_a_trip(text: str, place: str) -> None:
    parts = read(text)

    assert (parts.kind, parts.place) == (LeaveKind.BUSINESS_TRIP, place)


def test_a_parents_meeting_makes_none() -> None:
    assert read("后天去学校开家长会").kind is LeaveKind.PERSONAL


@pytest.mark.parametrize(
    "text",
    [
        "下周三去沈阳跑资金,当天回来",
        "下周三去沈阳跑资金,当日往返",
        "下周三去沈阳跑资金当天去当天回",
    ],
)
def test_back_on_the_same_day_is_one_day(text: str) -> None:
    wednesday = date(2026, 12, 2)

    assert read(text).span == Span(wednesday, wednesday)


def test_one_trip_next_week_leaves_its_day_to_be_asked() -> None:
    parts = read("下周要出趟差")

    assert (parts.kind, parts.span) == (LeaveKind.BUSINESS_TRIP, None)


def test_a_reason_said_where_a_place_is_asked_for_is_a_reason() -> None:
    parts = read("父亲住院需要陪护", "place", PERSONAL)

    assert (parts.place, parts.reason) == (None, "父亲住院需要陪护")


def test_going_to_a_place_is_no_reason_to_go() -> None:
    assert read("12月4日去沈阳,请一天事假").reason is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [("紧急,省厅临时通知", "省厅临时通知"), ("紧急", None), ("按紧急办理", None)],
)
def test_urgency_that_is_said_later_comes_with_its_reason(text: str, reason: str | None) -> None:
    trip = LeaveParts(kind=LeaveKind.BUSINESS_TRIP, span=Span(MONDAY, MONDAY), place="长沙")

    parts = read(text, None, trip)

    assert (parts.urgent, parts.reason) == (True, reason)


def test_a_stand_in_may_be_a_post_that_only_some_units_have() -> None:
    assert ChineseLeaveReader().names_post("政委")
