from __future__ import annotations

from datetime import date

import pytest

from actions.approvals import ActionAnswerApproval, ActionListApprovals
from actions.leave import ActionFileLeave, ActionListLeaves
from actions.leave_asking import FORM
from actions.leave_form import ValidateLeaveForm
from actions.refusing import FORM as REFUSAL
from actions.refusing import REASON, ActionRefuseLeave, ValidateRefusalForm
from actions.session import ActionTakeNo, ActionTakeYes
from bot.core.leave import Leave, LeaveKind, LeaveParts, LeaveState, Span
from tests.unit.actions.scene import Outcome, Scene

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


def say_why(
    scene: Scene, text: str, intent: str = "inform", done_before: tuple[str, ...] = ()
) -> Outcome:
    """Say something that Rasa gives to the form which waits for a reason."""
    again = bool(done_before)
    return scene.call(ValidateRefusalForm, text, intent, done_before=done_before, again=again)


def the_leave(scene: Scene) -> Leave:
    [leave] = scene.desks.wiring().leave_desk.listing(scene.person.org)
    return leave


def test_a_bare_yes_grants_the_only_request_that_waits(scene: Scene) -> None:
    outcome = scene.call(ActionTakeYes, "同意", "affirm")

    assert "审批完成" in outcome.text
    assert the_leave(scene).state is LeaveState.APPROVED


def test_a_bare_no_refuses_nothing_before_the_reason_is_said(scene: Scene) -> None:
    no = scene.call(ActionTakeNo, "不同意", "deny")
    asked = say_why(scene, "不同意", "deny", done_before=("action_take_no",))
    state_when_asked = the_leave(scene).state
    say_why(scene, "那几天要迎检")
    refused = scene.call(ActionRefuseLeave, "那几天要迎检", "inform", again=True)

    assert no.loops == [REFUSAL]
    assert "请说明理由" in asked.text
    assert state_when_asked is LeaveState.FILED
    assert the_leave(scene).state is LeaveState.REFUSED
    assert "那几天要迎检" in refused.text
    assert "理由：那几天要迎检" in scene.pushes()[-1].message.text
    assert scene.loop is None


@pytest.mark.parametrize("text", ["不同意,人手不够", "不同意，理由：人手不够", "不批，人手不够"])
def test_a_no_with_its_reason_refuses_at_once(scene: Scene, text: str) -> None:
    scene.call(ActionAnswerApproval, text, "answer_approval")

    assert the_leave(scene).state is LeaveState.REFUSED
    assert scene.pushes()[-1].message.text.endswith("理由：人手不够。")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("下周三要开会,走不开", "file_leave"),
        ("时间不符合规定", "ask_rule"),
        ("因为人手不够", "nlu_fallback"),
        ("不同意,最近太忙", "answer_approval"),
    ],
)
def test_whatever_it_resembles_what_follows_is_the_reason(
    scene: Scene, text: str, intent: str
) -> None:
    scene.call(ActionTakeNo, "不同意", "deny")

    outcome = say_why(scene, text, intent)

    assert outcome.slots[REASON] in text.replace(",", "，")
    assert len(outcome.slots[REASON]) >= len("最近太忙")


@pytest.mark.parametrize("text", ["好的", "就是不同意", "不批", "。"])
def test_a_word_that_says_nothing_is_no_reason(scene: Scene, text: str) -> None:
    scene.call(ActionTakeNo, "不同意", "deny")

    outcome = say_why(scene, text, "affirm")

    assert "请说明理由" in outcome.text
    assert outcome.slots[REASON] is None


def test_an_approver_may_leave_it_unanswered(scene: Scene) -> None:
    scene.call(ActionTakeNo, "不同意", "deny")

    outcome = say_why(scene, "算了,再想想", "stop")
    scene.call(ActionRefuseLeave, "算了,再想想", "stop", again=True)

    assert "还在等您审批" in outcome.text
    assert the_leave(scene).state is LeaveState.FILED


@pytest.mark.parametrize("text", ["同意", "他今年请了几天假?", "不同意请假99号,太忙"])
def test_another_matter_is_left_to_others_while_a_reason_is_awaited(
    scene: Scene, text: str
) -> None:
    scene.call(ActionTakeNo, "不同意", "deny")

    outcome = say_why(scene, text, "inform")

    assert outcome.messages == []
    assert outcome.events == []


def test_a_request_that_is_settled_meanwhile_wants_no_reason_any_more(scene: Scene) -> None:
    scene.call(ActionTakeNo, "不同意", "deny")
    scene.call(ActionTakeYes, "同意", "affirm")

    outcome = say_why(scene, "同意", "affirm", done_before=("action_take_yes",))

    assert outcome.messages == []
    assert outcome.slots["requested_slot"] is None


def test_in_a_group_or_in_the_form_the_reason_has_to_come_with_the_no(scene: Scene) -> None:
    number = the_leave(scene).id
    scene.conversation = "group1"
    scene.call(ActionAnswerApproval, f"不同意请假{number}号", "answer_approval")
    told = scene.pushes()[-1].message.text
    scene.conversation, scene.loop = "direct", FORM

    heard = scene.call(ActionAnswerApproval, f"不同意请假{number}号", "answer_approval")

    assert told == heard.text
    assert f"不同意请假{number}号，理由是" in told
    assert the_leave(scene).state is LeaveState.FILED


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


def test_an_approver_who_asks_of_the_asker_sees_no_leave_of_his_own(scene: Scene) -> None:
    outcome = scene.call(ActionListLeaves, "这个人之前请过假吗", "query_leave")

    with scene.desks.database.unit_of_work() as uow:
        asker = uow.people.person(the_leave(scene).user)
    assert outcome.text.startswith(f"{asker.name}2026年")


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


def test_who_grants_leave_is_asked_of_the_rules(scene: Scene) -> None:
    asked = scene.call(ActionListApprovals, "请假找谁批", "list_approvals")
    listed = scene.call(ActionListApprovals, "谁的假等我批", "list_approvals")

    assert "等您审批" not in asked.text
    assert "等您审批的请假有1件" in listed.text
