"""What somebody has had of leave, and who may know it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.errors import NotAllowedError, NotFoundError
from bot.core.leave import LeaveKind, LeaveState
from bot.core.messages import Message
from bot.services.leave_history import LeaveHistory
from tests.unit.leave.stage import Stage, person

STAFF, OTHER, CHIEF, CLERK = (
    f"changle/{post}" for post in ("staff1", "staff2", "section_chief", "clerk1")
)
STRANGER = "changle/bureau_staff"
NAME = person(STAFF).name


@pytest.fixture
def stage() -> Stage:
    """One leave of three days is over, another of a day and a half granted, a third waits."""
    stage = Stage(orgs=["changle", "yunyang"])
    stage.grant(STAFF, "11月24日到26日年休假")
    stage.go_to(date(2026, 11, 27))
    stage.desk.tick()
    stage.desk.return_from(person(STAFF), None, stage.turn())
    stage.grant(STAFF, "12月1日下午到2日请病假")
    stage.file(STAFF, "12月8日请事假一天,搬家")
    return stage


def ask(stage: Stage, who: str, text: str, kind: LeaveKind | None = None) -> Message | None:
    history = LeaveHistory(stage.database.unit_of_work, stage.clock, stage.words)
    return history.answer(person(who), text, kind)


def told(stage: Stage, who: str, text: str, kind: LeaveKind | None = None) -> str:
    message = ask(stage, who, text, kind)
    assert message is not None
    return message.text


@pytest.mark.parametrize(
    "text",
    ["这个人之前请过假吗", "他今年请了几天假", "申请人请过几次假", f"{NAME}今年请了多少天"],
)
def test_an_approver_sees_what_the_asker_has_had(stage: Stage, text: str) -> None:
    answer = told(stage, CHIEF, text)

    assert answer.startswith(f"{NAME}2026年已批准请假2次，共4.5天：年休假3天、病假1.5天。")
    assert "已销假" in answer
    assert "事假 12月8日（周二），共1天，其中工作日1天，审批中" in answer


def test_one_kind_alone_is_counted_when_it_is_asked_for(stage: Stage) -> None:
    answer = told(stage, CHIEF, "他今年请过几次病假", LeaveKind.SICK)

    assert answer.startswith(f"{NAME}2026年已批准请假1次，共1.5天：病假1.5天。")
    assert "年休假" not in answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("他这个月请了几天假", "2026年11月已批准请假1次，共3天"),
        ("他上个月请过假吗", "2026年10月没有请假记录"),
        ("他去年请了几天", "2025年没有请假记录"),
    ],
)
def test_only_the_time_asked_for_is_counted(stage: Stage, text: str, said: str) -> None:
    assert said in told(stage, CHIEF, text)


def test_a_change_of_what_had_begun_is_not_counted_twice(stage: Stage) -> None:
    old = stage.grant(OTHER, "11月30日到12月4日年休假")
    stage.desk.begin_change(person(OTHER), old.id, f"{OTHER}@direct", "改到11月30日到12月2日")
    new = stage.desk.confirm(person(OTHER), f"{OTHER}@direct", stage.turn())
    stage.go_to(date(2026, 11, 30))
    stage.desk.tick()
    stage.desk.settle(f"leave:{new.id}", True, stage.request(new.id).approvers[-1])

    assert stage.state(old) is LeaveState.RETURNED
    assert "已批准请假1次，共3天" in told(stage, CHIEF, f"{person(OTHER).name}今年请了几天假")


def test_of_several_who_ask_it_is_asked_which(stage: Stage) -> None:
    stage.file(OTHER, "12月9日年休假")

    message = ask(stage, CHIEF, "他今年请了几天假")

    assert message is not None
    says = [button.say for button in message.buttons]
    assert says == [f"{person(user).name}今年请了几天假" for user in (STAFF, OTHER)]
    assert NAME in told(stage, CHIEF, says[0])


@pytest.mark.parametrize("user", [CLERK, "changle/head", "changle/office_director"])
def test_who_keeps_the_register_may_ask_of_anybody(stage: Stage, user: str) -> None:
    assert "共4.5天" in told(stage, user, f"{NAME}今年请了几天假")


@pytest.mark.parametrize("user", [OTHER, STRANGER])
def test_others_hear_who_may(stage: Stage, user: str) -> None:
    with pytest.raises(NotAllowedError) as refusal:
        ask(stage, user, f"{NAME}今年请了几天假")

    words = stage.words.problem(refusal.value).text
    assert "由本人、批他请假的人、领导、办公室负责人和文秘查看" in words
    assert "天" not in words


def test_nobody_is_meant_where_nobody_waits(stage: Stage) -> None:
    with pytest.raises(NotFoundError, match="leave_history_of_whom"):
        ask(stage, STRANGER, "他今年请了几天假")


@pytest.mark.parametrize("text", ["我的假批了吗", "局长批了我的假吗", "他批了吗", "我的假"])
def test_of_ones_own_the_list_is_left_to_the_list(stage: Stage, text: str) -> None:
    assert ask(stage, STAFF, text) is None


@pytest.mark.parametrize("text", ["张明远今年请了几天假", "查一下欧阳明今年请过几次假"])
def test_who_is_not_listed_is_nobody_else(stage: Stage, text: str) -> None:
    with pytest.raises(NotFoundError, match="leave_history_unknown"):
        ask(stage, CHIEF, text)


@pytest.mark.parametrize("text", ["今年请了几天假", "今年一共休了多少天", "年假用了几天"])
def test_where_nobody_is_named_ones_own_days_are_meant(stage: Stage, text: str) -> None:
    assert NAME in told(stage, STAFF, text)


def test_ones_own_days_are_counted_when_they_are_asked_for(stage: Stage) -> None:
    assert "共4.5天" in told(stage, STAFF, "我今年请了几天假")
