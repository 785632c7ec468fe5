"""One part of a leave put right in a word: 去济南不是青岛."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest

from bot.adapters.chinese.leave_reader import ChineseLeaveReader
from bot.core.errors import InvalidInputError
from bot.core.leave import LeaveKind, LeaveParts, Span
from tests.unit.leave.stage import Stage, person

MONDAY = date(2026, 11, 23)
WED, THU, FRI, SAT = (date(2026, 12, n) for n in (2, 3, 4, 5))
KNOWN = LeaveParts(
    kind=LeaveKind.BUSINESS_TRIP,
    span=Span(WED, FRI),
    place="青岛",
    reason="开会",
    stand_in="李明",
)


def put_right(text: str, said: LeaveParts = KNOWN) -> dict[str, object]:
    """What a correction changes, by part."""
    read = asdict(said.merged(ChineseLeaveReader().read(text, MONDAY, None, said)))
    return {part: value for part, value in read.items() if value != asdict(said)[part]}


@pytest.mark.parametrize(
    "text",
    [
        "去济南不是青岛",
        "不是青岛,是济南",
        "不是青岛是济南",
        "济南，不是青岛",
        "地点错了,是济南",
        "地点不对，应该是济南",
        "目的地写错了，去济南",
        "目的地不是青岛,是济南",
        "不去青岛了,去济南",
        "去的是济南",
        "不对，去济南",
    ],
)
def test_another_place_takes_the_place_of_the_first(text: str) -> None:
    assert put_right(text) == {"place": "济南"}


@pytest.mark.parametrize(
    ("text", "part", "value"),
    [
        ("不是李明是王强", "stand_in", "王强"),
        ("主持的人错了,是王强", "stand_in", "王强"),
        ("代理人不是我，是王强", "stand_in", "王强"),
        ("不是出差是学习培训", "kind", LeaveKind.TRAINING),
        ("类型错了,是年休假", "kind", LeaveKind.ANNUAL),
        ("不是开会,是验收项目", "reason", "验收项目"),
        ("事由写错了，是验收项目", "reason", "验收项目"),
    ],
)
def test_every_other_part_is_replaced_as_well(text: str, part: str, value: object) -> None:
    assert put_right(text) == {part: value}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("不是周三是周四", Span(THU, FRI)),
        ("周四，不是周三", Span(THU, FRI)),
        ("不是2号是3号", Span(THU, FRI)),
        ("不是12月2日，是12月3日", Span(THU, FRI)),
        ("到周六不是到周五", Span(WED, SAT)),
        ("不是周五，是周六", Span(WED, SAT)),
        ("不是周三是周三下午", Span(WED, FRI, starts_pm=True)),
        ("不是3号到5号,是3号到4号", Span(THU, FRI)),
    ],
)
def test_of_several_days_only_the_end_that_was_wrong_moves(text: str, span: Span) -> None:
    assert put_right(text)["span"] == asdict(span)


def test_days_stated_by_their_length_keep_it() -> None:
    said = LeaveParts(LeaveKind.ANNUAL, Span(WED, FRI), days=3.0)

    assert put_right("不是周三是周四", said) == {"span": asdict(Span(THU, SAT))}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("不是周三是周四", Span(THU, THU, ends_am=True)),
        ("不是上午是下午", Span(WED, WED, starts_pm=True)),
        ("周五不是周三", Span(FRI, FRI, ends_am=True)),
        ("不是周三是周五下午", Span(FRI, FRI, starts_pm=True)),
    ],
)
def test_a_single_day_becomes_another(text: str, span: Span) -> None:
    said = LeaveParts(LeaveKind.ANNUAL, Span(WED, WED, ends_am=True))

    assert put_right(text, said)["span"] == asdict(span)


def test_the_month_of_a_day_is_the_one_that_is_talked_of() -> None:
    said = LeaveParts(LeaveKind.ANNUAL, Span(date(2027, 1, 12), date(2027, 1, 13)))

    changed = put_right("不是12号是11号", said)

    assert changed["span"] == asdict(Span(date(2027, 1, 11), date(2027, 1, 13)))


def test_which_half_of_several_days_is_meant_is_asked() -> None:
    with pytest.raises(InvalidInputError, match="change_unclear"):
        put_right("不是上午是下午")


def test_a_correction_of_nothing_known_is_read_as_it_stands() -> None:
    assert put_right("不是王五是赵六") == {}


def test_a_filed_request_is_put_right_in_the_same_words() -> None:
    stage, user = Stage(orgs=["changle"]), "changle/jiaoyu_head"
    old = stage.file(user, "下周三到周五去青岛出差,工作由副局长主持")

    views = [
        stage.desk.begin_change(person(user), old.id, f"{user}@direct", text)
        for text in ("地点错了,是济南", "不是周三是周四")
    ]

    assert [view.draft.parts.place for view in views] == ["济南", "青岛"]
    assert [view.draft.parts.span for view in views] == [Span(WED, FRI), Span(THU, FRI)]
