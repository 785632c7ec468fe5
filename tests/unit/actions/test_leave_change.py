from __future__ import annotations

import pytest

from actions.leave import ActionFileLeave, ActionWithdrawLeave
from actions.leave_asking import FORM
from actions.leave_change import ActionChangeLeave
from actions.leave_form import ValidateLeaveForm
from actions.rules import ActionAnswerRule
from bot.adapters.chinese.leave_reader import ChineseLeaveReader
from bot.core.leave import Leave, LeaveState
from bot.services.leave_cases import approval_key
from tests.unit.actions.scene import Scene


@pytest.fixture
def scene(scene: Scene) -> Scene:
    """A section's staff, understood as in life."""
    scene.desks.leave_reader = ChineseLeaveReader()  # type: ignore[assignment]
    scene.who = "bureau_staff"
    return scene


def filed(scene: Scene, text: str, *, granted: bool = True) -> Leave:
    scene.loop = FORM
    scene.call(ValidateLeaveForm, text, "file_leave")
    scene.call(ValidateLeaveForm, "确认提交", "affirm")
    scene.call(ActionFileLeave, "确认提交", "affirm", again=True)
    scene.loop, scene.slots = None, {}
    leave = leaves(scene)[-1]
    if granted:
        leave_desk = scene.desks.wiring().leave_desk
        leave = leave_desk.settle(
            approval_key(leave.id), True, scene.person.leader or scene.person.id
        )
    return leave


def leaves(scene: Scene) -> list[Leave]:
    found = scene.desks.wiring().leave_desk.listing(scene.person.org, scene.person.id)
    return sorted(found, key=lambda leave: leave.id)


def drafted(scene: Scene) -> Leave:
    return scene.desks.wiring().leave_desk.preview(scene.person, scene.thread)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("我的假改到下周五", 4, 4),
        ("推迟一天", 4, 4),
        ("提前一天走", 2, 3),
        ("多请一天", 3, 4),
    ],
)
def test_a_change_opens_the_form_on_a_request_that_replaces_the_old(
    scene: Scene, text: str, first: int, last: int
) -> None:
    old = filed(scene, "12月3日年休假")

    outcome = scene.call(ActionChangeLeave, text, "change_leave")

    leave = drafted(scene)
    assert outcome.loops == [FORM]
    assert (leave.replaces, leave.extends) == (old.id, None)
    assert (leave.span.first_day.day, leave.span.last_day.day) == (first, last)


def test_an_extension_goes_on_from_the_old_leave(scene: Scene) -> None:
    old = filed(scene, "12月3日年休假")

    scene.call(ActionChangeLeave, "续假两天", "change_leave")

    leave = drafted(scene)
    assert leave.extends == old.id
    assert (leave.span.first_day.day, leave.span.last_day.day) == (4, 5)


def test_more_days_for_a_leave_that_has_begun_extend_it(scene: Scene) -> None:
    old = filed(scene, "明天到后天年休假")
    scene.desks.clock.advance(hours=30)
    scene.desks.wiring().leave_desk.tick()

    scene.call(ActionChangeLeave, "我的假延长一天", "change_leave")

    assert drafted(scene).extends == old.id


def test_of_several_the_one_whose_day_is_said_before_the_new_one_is_meant(scene: Scene) -> None:
    filed(scene, "12月3日年休假")
    meant = filed(scene, "12月8日年休假")

    which = scene.call(ActionChangeLeave, "改到12月10日", "change_leave")
    scene.call(ActionChangeLeave, "12月8日的假改到12月3日", "change_leave")

    assert which.says == [f"编号{le.id}的请假，改到12月10日" for le in reversed(leaves(scene))]
    assert drafted(scene).replaces == meant.id


def test_a_change_that_says_nothing_is_asked_about(scene: Scene) -> None:
    filed(scene, "12月3日年休假")

    scene.call(ActionChangeLeave, "修改我的请假", "change_leave")
    asked = scene.call(
        ValidateLeaveForm, "修改我的请假", "change_leave", done_before=("action_change_leave",)
    )

    assert "要改哪一项" in asked.text


def test_a_change_that_was_taken_for_a_stray_answer_is_still_one(scene: Scene) -> None:
    filed(scene, "12月3日年休假")

    outcome = scene.call(ActionAnswerRule, "改到12月10日", "inform")

    assert outcome.loops == [FORM]


@pytest.mark.parametrize("text", ["改到12月10日", "去济南不是青岛", "地点错了,是济南"])
def test_a_change_that_nobody_understood_as_anything_is_still_one(scene: Scene, text: str) -> None:
    old = filed(scene, "12月3日到4日去青岛出差", granted=False)

    outcome = scene.call(ActionAnswerRule, text, "nlu_fallback")

    assert outcome.loops == [FORM]
    assert drafted(scene).replaces == old.id


@pytest.mark.parametrize("text", ["不去青岛了,去济南", "去济南不是青岛"])
def test_what_puts_a_filed_leave_right_is_no_new_request(scene: Scene, text: str) -> None:
    old = filed(scene, "12月3日到4日去青岛出差", granted=False)

    outcome = scene.call(ValidateLeaveForm, text, "file_leave")

    assert "济南（外出" in outcome.text
    assert drafted(scene).replaces == old.id


def test_a_question_about_a_change_is_none(scene: Scene) -> None:
    filed(scene, "12月3日年休假")

    outcome = scene.call(ActionAnswerRule, "会议改到周五要重新报批吗", "nlu_fallback")

    assert outcome.loops == []


def test_without_a_leave_there_is_nothing_to_change(scene: Scene) -> None:
    outcome = scene.call(ActionChangeLeave, "续假两天", "change_leave")

    assert "没有可以这样办理" in outcome.text
    assert outcome.loops == []


def test_withdrawing_the_extension_leaves_the_old_leave(scene: Scene) -> None:
    filed(scene, "12月3日年休假")
    scene.call(ActionChangeLeave, "续假两天", "change_leave")
    scene.call(ValidateLeaveForm, "确认提交", "affirm")
    scene.slots["leave_confirmed"] = True
    scene.call(ActionFileLeave, "确认提交", "affirm")

    scene.call(ActionWithdrawLeave, "撤回续假", "withdraw_leave")

    assert [leave.state for leave in leaves(scene)] == [LeaveState.APPROVED, LeaveState.WITHDRAWN]


def test_a_change_asked_for_in_a_group_is_told_in_private(scene: Scene) -> None:
    filed(scene, "12月3日年休假")
    scene.conversation = "group1"

    outcome = scene.call(ActionChangeLeave, "我的假改到12月10日", "change_leave")

    assert outcome.text == "请假信息不在群里办理，已私聊您。"
    assert "12月10日" in scene.pushes()[-1].message.text


@pytest.mark.parametrize("text", ["谁主持", "换个说法", "差旅费多少钱一天"])
def test_without_a_leave_what_speaks_of_none_asks_the_rules(scene: Scene, text: str) -> None:
    outcome = scene.call(ActionChangeLeave, text, "change_leave")

    assert "last_question" in outcome.slots
    assert not outcome.loops


def test_without_a_leave_a_change_of_one_is_told_so(scene: Scene) -> None:
    outcome = scene.call(ActionChangeLeave, "改到下周四", "change_leave")

    assert "没有可以这样办理的请假" in outcome.text
