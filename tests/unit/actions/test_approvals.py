from __future__ import annotations

from datetime import date

import pytest

from actions.approvals import ActionAnswerApproval, ActionListApprovals
from actions.leave import ActionFileLeave
from actions.leave_asking import FORM
from actions.leave_form import ValidateLeaveForm
from actions.session import ActionTakeNo, ActionTakeYes
from bot.core.leave import Leave, LeaveKind, LeaveParts, LeaveState, Span
from tests.unit.actions.scene import Scene

DAY = date(2026, 12, 2)
LEAVE = "12月2日年休假"
PARTS = LeaveParts(kind=LeaveKind.ANNUAL, span=Span(DAY, DAY))


@pytest.fixture
def scene(scene: Scene) -> Scene:
    """A leave of the bureau's staff waits for its head."""
    scene.desks.leave_reader.sentences[LEAVE] = PARTS
    scene.who = "bureau_staff"
    scene.loop = FORM
    scene.call(ValidateLeaveForm, LEAVE, "file_leave")
    scene.call(ValidateLeaveForm, "确认提交", "affirm")
    scene.call(ActionFileLeave, "确认提交", "affirm", again=True)
    scene.who, scene.loop = "bureau_head", None
    return scene


def the_leave(scene: Scene) -> Leave:
    [leave] = scene.desks.wiring().leave_desk.listing(scene.person.org)
    return leave


def test_a_bare_yes_grants_the_only_request_that_waits(scene: Scene) -> None:
    outcome = scene.call(ActionTakeYes, "同意", "affirm")

    assert "审批完成" in outcome.text
    assert the_leave(scene).state is LeaveState.APPROVED


def test_a_bare_no_refuses_it(scene: Scene) -> None:
    scene.call(ActionTakeNo, "不同意", "deny")

    assert the_leave(scene).state is LeaveState.REFUSED


@pytest.mark.parametrize("text", ["好的", "行", "收到", "嗯"])
def test_a_courtesy_grants_nothing(scene: Scene, text: str) -> None:
    outcome = scene.call(ActionTakeYes, text, "affirm")

    assert "没有等您确认" in outcome.text
    assert the_leave(scene).state is LeaveState.FILED


def test_in_a_group_a_bare_yes_grants_nothing_and_shows_what_waits(scene: Scene) -> None:
    scene.conversation = "group1"

    scene.call(ActionTakeYes, "同意", "affirm")
    outcome = scene.call(ActionAnswerApproval, "同意,注意安全", "answer_approval")

    assert outcome.text == "请假审批不在群里办理，已私聊您。"
    assert "年休假" in scene.pushes()[-1].message.text
    assert the_leave(scene).state is LeaveState.FILED


def test_in_a_group_even_a_refusal_to_do_it_is_told_in_private(scene: Scene) -> None:
    scene.conversation, scene.who = "group1", "bureau_staff"

    outcome = scene.call(ActionAnswerApproval, "同意请假1号", "answer_approval")

    assert "本人" not in outcome.text
    assert "不能审批本人的请假" in scene.pushes()[-1].message.text


def test_what_waits_is_listed_with_buttons(scene: Scene) -> None:
    outcome = scene.call(ActionListApprovals, "我有哪些待批的", "list_approvals")

    number = the_leave(scene).id
    assert outcome.says == [f"同意请假{number}号", f"不同意请假{number}号"]


def test_a_yes_within_the_form_is_the_forms(scene: Scene) -> None:
    scene.loop = FORM
    scene.call(ValidateLeaveForm, LEAVE, "file_leave")

    outcome = scene.call(ValidateLeaveForm, "同意", "answer_approval")

    assert outcome.slots["leave_confirmed"] is True
    assert the_leave(scene).state is LeaveState.FILED


@pytest.mark.parametrize("text", ["同意请假1号", "不同意,人手不够"])
def test_an_answer_that_is_for_a_request_interrupts_the_form(scene: Scene, text: str) -> None:
    scene.loop = FORM
    scene.call(ValidateLeaveForm, LEAVE, "file_leave")

    outcome = scene.call(ValidateLeaveForm, text, "deny")

    assert outcome.events == []
    assert outcome.messages == []


def test_a_second_yes_finds_nothing_more_to_grant(scene: Scene) -> None:
    scene.call(ActionTakeYes, "同意", "affirm")

    again = scene.call(ActionTakeYes, "同意", "affirm")

    assert "没有等您确认" in again.text
