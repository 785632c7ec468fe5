from __future__ import annotations

from datetime import date

import pytest

from actions.leave_asking import FORM
from actions.rules import ActionAnswerRule, ActionCompareOffice, ActionFollowUpRule
from bot.core.leave import LeaveKind, LeaveParts, Span
from bot.core.rules import AnswerStatus
from tests.unit.actions.scene import Scene


def test_a_question_goes_to_the_askers_own_office(scene: Scene) -> None:
    outcome = scene.call(ActionAnswerRule, "会议纪要谁签发")

    assert scene.desks.rules.asked == [("changle", "会议纪要谁签发")]
    assert outcome.messages[0]["citations"][0]["org"] == "changle"


def test_a_question_that_names_another_office_is_answered_from_its_rules(scene: Scene) -> None:
    outcome = scene.call(ActionAnswerRule, "云阳县会议纪要谁签发")

    assert scene.desks.rules.asked == [("yunyang", "会议纪要谁签发")]
    assert outcome.text.startswith("以下是云阳县")


def test_a_follow_up_leans_on_the_question_before(scene: Scene) -> None:
    scene.call(ActionAnswerRule, "局长出差提前几天请假")

    scene.call(ActionFollowUpRule, "那副局长呢", "follow_up")
    scene.call(ActionFollowUpRule, "镇长呢", "follow_up")

    assert scene.desks.rules.asked[1:] == [
        ("changle", "局长出差提前几天请假", "那副局长呢"),
        ("changle", "局长出差提前几天请假+那副局长呢", "镇长呢"),
    ]


def test_a_follow_up_to_nothing_is_asked_for_its_question(scene: Scene) -> None:
    outcome = scene.call(ActionFollowUpRule, "那副局长呢", "follow_up")

    assert "哪个问题" in outcome.text
    assert scene.desks.rules.asked == []


def test_a_choice_that_was_offered_completes_the_question(scene: Scene) -> None:
    scene.desks.rules.status = AnswerStatus.CLARIFY
    scene.desks.rules.options = ("会议纪要", "请示")
    scene.call(ActionAnswerRule, "谁签发")

    scene.call(ActionAnswerRule, "会议纪要", "inform")

    assert scene.desks.rules.asked[-1] == ("changle", "会议纪要")


@pytest.mark.parametrize(
    "text", ["云阳县怎么规定的", "那云阳呢", "云阳县政府那边是什么要求", "换成云阳县"]
)
def test_another_office_answers_the_same_question(scene: Scene, text: str) -> None:
    scene.call(ActionAnswerRule, "会议纪要谁签发")

    scene.call(ActionCompareOffice, text, "other_office")

    assert scene.desks.rules.asked[-1] == ("yunyang", "会议纪要谁签发")


def test_another_office_answers_a_question_of_its_own(scene: Scene) -> None:
    scene.call(ActionAnswerRule, "会议纪要谁签发")

    scene.call(ActionCompareOffice, "云阳县局长外出跟谁请假", "other_office")

    assert scene.desks.rules.asked[-1] == ("yunyang", "局长外出跟谁请假")


def test_an_office_that_is_not_here_leads_to_those_that_are(scene: Scene) -> None:
    outcome = scene.call(ActionCompareOffice, "隔壁县怎么规定的", "other_office")

    assert outcome.says == ["昌乐县怎么规定的", "云阳县怎么规定的"]
    assert scene.desks.rules.asked == []


def test_another_office_without_a_question_is_asked_for_one(scene: Scene) -> None:
    outcome = scene.call(ActionCompareOffice, "云阳县怎么规定的", "other_office")

    assert "哪个问题" in outcome.text
    assert scene.desks.rules.asked == []


def test_a_request_for_leave_that_reaches_the_rule_desk_opens_the_form(scene: Scene) -> None:
    parts = LeaveParts(LeaveKind.ANNUAL, Span(date(2026, 12, 3), date(2026, 12, 3)))
    scene.desks.leave_reader.sentences["下周四休年假一天"] = parts

    outcome = scene.call(ActionAnswerRule, "下周四休年假一天", "ask_rule", 0.4)

    assert outcome.loops == [FORM]
    assert outcome.slots["requested_slot"] == "leave_confirmed"
    assert scene.desks.rules.asked == []


def test_in_a_group_such_a_request_is_answered_in_private(scene: Scene) -> None:
    parts = LeaveParts(LeaveKind.ANNUAL, Span(date(2026, 12, 3), date(2026, 12, 3)))
    scene.desks.leave_reader.sentences["下周四休年假一天"] = parts
    scene.conversation = "group1"

    outcome = scene.call(ActionAnswerRule, "下周四休年假一天", "ask_rule", 0.4)

    assert outcome.loops == []
    assert [push.to for push in scene.pushes()] == [scene.person.id]
