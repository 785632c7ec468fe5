"""A question to the rules that was taken for something to do."""

from __future__ import annotations

import pytest

from actions.approvals import ActionAnswerApproval, ActionListApprovals
from actions.base import WiredAction
from actions.duties import ActionFinishDuty, ActionListDuties, ActionRegisterDuty
from actions.leave_form import ValidateLeaveForm
from actions.leave_sentences import is_question
from actions.registering import ActionRegisterItem
from actions.supervision import ActionListItems, ActionReportProgress
from actions.unanswered import ActionListUnanswered
from bot.core.rules import AnswerStatus
from tests.unit.actions.scene import Scene

ASKED = [
    (ActionRegisterDuty, "请示里牵涉别的部门,哪些人会签了再往上报"),
    (ActionFinishDuty, "大会的请示报上去之前,先得谁点头"),
    (ActionListDuties, "决策出了大问题,还追不追究"),
    (ActionListUnanswered, "问题整改完了报给哪里"),
    (ActionListApprovals, "下乡顺道去景区转一圈,准不准"),
    (ActionAnswerApproval, "景区能去转一圈不"),
    (ActionRegisterItem, "办活动的通知谁来发"),
    (ActionListItems, "考核计划是哪两家定的"),
    (ActionReportProgress, "电视台曝光了,局里该咋办"),
    (ValidateLeaveForm, "上班打两把牌,管不管"),
]
ORDERED = [
    (ActionRegisterDuty, "会签 火星局 关于什么是公文的通知,12月3号前", "由哪个单位办理"),
    (ActionListItems, "哪些督办超期了", "没有符合条件的督办事项"),
    (ActionReportProgress, "督办9号能不能算完成80%", "没有找到督办9号"),
    (ActionListApprovals, "有谁等我审批", "没有"),
]


@pytest.mark.parametrize(("action", "text"), ASKED)
def test_what_asks_the_rules_is_answered_by_them(
    scene: Scene, action: type[WiredAction], text: str
) -> None:
    outcome = scene.call(action, text, "taken_wrongly")

    assert f"{text}的规定" in outcome.text
    assert outcome.slots["last_question"] == text


@pytest.mark.parametrize(("action", "text", "heard"), ORDERED)
def test_an_order_in_the_words_of_a_question_stays_one(
    scene: Scene, action: type[WiredAction], text: str, heard: str
) -> None:
    outcome = scene.call(action, text, "taken_rightly")

    assert heard in outcome.text
    assert scene.desks.rules.asked == []


def test_what_the_rules_do_not_know_is_refused_as_before(scene: Scene) -> None:
    scene.desks.rules.status = AnswerStatus.NOT_FOUND

    outcome = scene.call(ActionRegisterDuty, "这个哪家管", "taken_wrongly")

    assert "会签、请示还是会议纪要" in outcome.text


@pytest.mark.parametrize("text", ["准不准", "这样要得不", "寄给本人可以吧", "谁签", "几天内报"])
def test_a_question_is_known_by_its_words(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["12月3日前报送方案", "我去南京出差", "同意"])
def test_what_tells_asks_nothing(text: str) -> None:
    assert not is_question(text)
