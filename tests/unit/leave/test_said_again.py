"""What is said once more, or added, while a leave is being filled in."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.leave import LeaveKind, Span
from tests.unit.leave.stage import Stage, person

STAFF = "changle/staff1"
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def stage() -> Stage:
    return Stage(orgs=["changle"])


def test_half_a_day_of_a_day_that_is_known_asks_which_half(stage: Stage) -> None:
    stage.say(STAFF, "明天请年休假")

    half = stage.say(STAFF, "半天")
    afternoon = stage.say(STAFF, "下午", "span")

    assert half.missing == ("span",)
    assert afternoon.draft.parts.span == Span(TUESDAY, TUESDAY, starts_pm=True)


def test_a_filed_leave_cut_to_half_a_day_asks_which_half(stage: Stage) -> None:
    old = stage.file(STAFF, "12月1日到3日年休假")

    view = stage.desk.begin_change(person(STAFF), old.id, f"{STAFF}@direct", "改成半天")

    assert view.missing == ("span",)
    assert view.draft.parts.first_day == date(2026, 12, 1)


def test_a_request_said_over_again_counts_with_its_kind(stage: Stage) -> None:
    stage.say(STAFF, "12月5日到12月1日年休假")

    again = stage.say(STAFF, "明天请一天事假,家里有事", "span")

    assert again.draft.parts.kind is LeaveKind.PERSONAL
    assert again.draft.parts.reason == "家里有事"


def test_days_that_only_mention_another_kind_do_not_change_it(stage: Stage) -> None:
    stage.say(STAFF, "请事假,搬家")

    answer = stage.say(STAFF, "出差回来以后,12月3日", "span")

    assert answer.draft.parts.kind is LeaveKind.PERSONAL


def test_what_somebody_suffers_from_is_the_reason_of_a_sick_leave(stage: Stage) -> None:
    stage.say(STAFF, "明天请病假一天")

    assert stage.say(STAFF, "感冒发烧").draft.parts.reason == "感冒发烧"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("周五下午请半天假,接孩子", LeaveKind.PERSONAL),
        ("12月7日出国考察七天", LeaveKind.BUSINESS_TRIP),
        ("12月7日出国旅游七天", LeaveKind.PRIVATE_ABROAD),
    ],
)
def test_what_it_is_for_tells_the_kind(stage: Stage, text: str, kind: LeaveKind) -> None:
    assert stage.say(STAFF, text).draft.parts.kind is kind


@pytest.mark.parametrize("text", ["我自己代", "本人", "由我主持工作"])
def test_nobody_stands_in_for_oneself(stage: Stage, text: str) -> None:
    stage.say(STAFF, "明天去济南出差")

    problem = stage.say(STAFF, text, "stand_in").problem

    assert problem is not None
    assert problem.code == "stand_in_self"


def test_two_days_that_lie_apart_are_two_leaves(stage: Stage) -> None:
    problem = stage.say(STAFF, "下周一请年休假,下周三也请").problem

    assert problem is not None
    assert problem.code == "leave_days_apart"


@pytest.mark.parametrize("text", ["我刚才的假理由写错了,是陪孩子看牙", "事由错了,是陪孩子看牙"])
def test_a_reason_is_put_right_however_it_is_led_up_to(stage: Stage, text: str) -> None:
    stage.say(STAFF, "明天请事假一天,搬家")

    assert stage.say(STAFF, text).draft.parts.reason == "陪孩子看牙"
