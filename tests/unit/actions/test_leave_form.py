from __future__ import annotations

from datetime import date

import pytest

from actions.leave import (
    ActionDropLeave,
    ActionFileLeave,
    ActionListLeaves,
    ActionReturnFromLeave,
    ActionWithdrawLeave,
    named_leave,
)
from actions.leave_asking import FORM
from actions.leave_form import ValidateLeaveForm
from actions.leave_sentences import is_answer, is_leave_request
from actions.rules import ActionAnswerRule
from actions.session import ActionSessionStart, ActionTakeNo, ActionTakeYes
from bot.adapters.chinese.leave_reader import ChineseLeaveReader
from bot.core.errors import InvalidInputError
from bot.core.leave import LeaveKind, LeaveParts, LeaveState, Span
from tests.unit.actions.scene import Outcome, Scene

TRIP = "我下周三到周五去南京出差,工作由顾松筠主持"
LATER = "不对,是下周四"
PARTS = LeaveParts(
    kind=LeaveKind.BUSINESS_TRIP,
    span=Span(date(2026, 12, 2), date(2026, 12, 4)),
    place="南京",
    stand_in="顾松筠",
)


@pytest.fixture
def form(scene: Scene) -> Scene:
    """A scene with the form open, waiting for the kind."""
    scene.desks.leave_reader.sentences |= {
        TRIP: PARTS,
        LATER: LeaveParts(span=Span(date(2026, 12, 3), date(2026, 12, 4))),
        "出差": LeaveParts(kind=LeaveKind.BUSINESS_TRIP),
    }
    scene.loop = FORM
    scene.slots["requested_slot"] = "leave_kind"
    return scene


def said(form: Scene, text: str, intent: str = "inform", confidence: float = 0.9) -> Outcome:
    return form.call(ValidateLeaveForm, text, intent, confidence)


def test_one_sentence_fills_the_form_and_leads_to_the_summary(form: Scene) -> None:
    outcome = said(form, TRIP, "file_leave")

    assert outcome.slots["requested_slot"] == "leave_confirmed"
    assert outcome.says == ["确认提交", "修改", "算了"]
    assert outcome.messages[0]["citations"]


def test_what_is_missing_is_asked_for_one_after_the_other(form: Scene) -> None:
    outcome = said(form, "出差")

    assert outcome.slots["leave_kind"] is True
    assert outcome.slots["leave_span"] is None
    assert outcome.slots["requested_slot"] == "leave_span"


def test_a_question_to_the_rules_is_left_to_rasa_and_not_read_as_an_answer(form: Scene) -> None:
    outcome = said(form, "出差要提前几天请假", "ask_rule")

    assert outcome.events == []
    assert outcome.messages == []
    assert form.desks.leave_reader.read_texts == []


def test_after_the_interruption_the_form_asks_again_without_reading(form: Scene) -> None:
    said(form, "出差")

    outcome = form.call(
        ValidateLeaveForm, "请假要提前几天", "ask_rule", done_before=("action_answer_rule",)
    )

    assert outcome.slots["requested_slot"] == "leave_span"
    assert form.desks.leave_reader.read_texts == ["出差"]


def test_a_correction_changes_the_draft_and_shows_it_again(form: Scene) -> None:
    said(form, TRIP)

    outcome = said(form, LATER, "deny")

    assert "12月3日" in outcome.text
    assert outcome.slots["requested_slot"] == "leave_confirmed"


def test_the_same_sentence_said_again_shows_the_summary_again(form: Scene) -> None:
    said(form, TRIP, "file_leave")
    form.slots["requested_slot"] = "leave_confirmed"

    outcome = said(form, TRIP, "file_leave")

    assert outcome.slots["requested_slot"] == "leave_confirmed"
    assert outcome.says == ["确认提交", "修改", "算了"]


def test_a_change_without_saying_what_is_asked_for(form: Scene) -> None:
    said(form, TRIP)

    what = said(form, "修改", "change")
    when = said(form, "改时间", "change")

    assert "改时间" in what.says
    assert what.slots["requested_slot"] == "leave_change"
    assert when.slots["requested_slot"] == "leave_span"


@pytest.mark.parametrize(
    ("text", "slot"), [("修改", "leave_change"), ("时间", "leave_span"), ("改地点", "leave_place")]
)
def test_a_word_of_the_form_is_no_answer_to_its_question(form: Scene, text: str, slot: str) -> None:
    said(form, "出差")
    form.slots["requested_slot"] = "leave_stand_in"

    outcome = said(form, text)

    assert outcome.slots["requested_slot"] == slot
    assert text not in form.desks.leave_reader.read_texts


def test_what_cannot_be_used_is_told_and_asked_for_again(form: Scene) -> None:
    form.desks.leave_reader.problems["2月30日"] = InvalidInputError("date_impossible")

    outcome = said(form, "2月30日")

    assert "没有这个日期" in outcome.text
    assert outcome.slots["requested_slot"] == "leave_span"


def test_a_yes_files_the_leave_and_its_approval_once(form: Scene) -> None:
    said(form, TRIP)
    confirmed = said(form, "确认提交", "affirm")

    filed = form.call(ActionFileLeave, "确认提交", "affirm", again=True)
    repeated = form.call(ActionTakeYes, "确认提交", "affirm", again=True)

    assert confirmed.slots["leave_confirmed"] is True
    assert "已提交" in filed.text
    assert filed.loops == [None]
    assert repeated.text == filed.text
    assert len(form.desks.wiring().leave_desk.listing(form.person.org)) == 1


@pytest.mark.parametrize("text", ["没问题,提交吧", "没错", "不错,提交", "没有问题"])
def test_a_yes_with_a_no_in_its_words_is_a_yes(form: Scene, text: str) -> None:
    said(form, TRIP)

    outcome = said(form, text, "affirm")

    assert outcome.slots["leave_confirmed"] is True


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [("帮张伟请假", True), ("局长要去开会 帮他请个假", True), ("帮我请个假", False)],
)
def test_leave_is_asked_for_by_whoever_takes_it(
    form: Scene, text: str, *, is_refused: bool
) -> None:
    outcome = said(form, text, "file_leave")

    assert ("本人" in outcome.text) is is_refused
    assert (outcome.slots["leave_confirmed"] is False) is is_refused


def test_a_yes_that_takes_something_back_files_nothing(form: Scene) -> None:
    said(form, TRIP)

    outcome = said(form, "可以,但是时间要改", "affirm")

    assert outcome.slots["leave_confirmed"] is None


def test_the_end_of_the_form_without_a_yes_files_nothing(form: Scene) -> None:
    said(form, TRIP)

    outcome = form.call(ActionFileLeave, "算了", "stop")

    assert outcome.messages == []
    assert form.desks.wiring().leave_desk.listing(form.person.org) == []


def test_what_is_dropped_is_gone(form: Scene) -> None:
    said(form, TRIP)

    outcome = form.call(ActionDropLeave, "算了", "stop")

    assert outcome.loops == [None]
    assert form.desks.wiring().leave_desk.current(form.thread) is None


def test_a_new_session_goes_on_with_the_form_where_the_draft_stands(form: Scene) -> None:
    said(form, "出差")

    outcome = form.call(ActionSessionStart, "12月2日到4日")

    assert outcome.loops == [FORM]
    assert outcome.slots["requested_slot"] == "leave_span"


def test_a_new_session_after_half_an_hour_begins_with_nothing(form: Scene) -> None:
    said(form, "出差")
    form.desks.clock.advance(minutes=31)

    outcome = form.call(ActionSessionStart, "你好")

    assert outcome.loops == []


def test_a_session_keeps_the_question_that_follow_ups_lean_on(scene: Scene) -> None:
    scene.slots["last_question"] = "会议纪要谁签发"

    outcome = scene.call(ActionSessionStart, "那副县长呢")

    assert outcome.slots["last_question"] == "会议纪要谁签发"


def test_what_a_group_reads_along_goes_on_in_the_direct_chat(form: Scene) -> None:
    form.conversation, form.loop = "group1", None

    in_group = form.call(ValidateLeaveForm, TRIP, "file_leave")
    [push] = form.pushes()
    form.conversation = "direct"
    filed = form.call(ActionTakeYes, "确认提交", "affirm")

    assert in_group.text == "请假信息不在群里办理，已私聊您。"
    assert push.to == form.person.id
    assert push.message.buttons[0].say == "确认提交"
    assert "南京" in push.message.text
    assert "已提交" in filed.text


def test_an_answer_to_what_a_group_began_fills_its_draft(form: Scene) -> None:
    form.conversation, form.loop, form.slots = "group1", None, {}
    form.call(ValidateLeaveForm, "出差", "file_leave")
    form.conversation = "direct"
    form.desks.leave_reader.sentences["下周三"] = LeaveParts(span=PARTS.span)

    outcome = form.call(ActionAnswerRule, "下周三", "inform")

    assert outcome.loops == [FORM]
    assert outcome.slots["requested_slot"] == "leave_place"


def test_a_draft_that_a_group_began_is_dropped_by_a_stop(form: Scene) -> None:
    form.conversation, form.loop = "group1", None
    form.call(ValidateLeaveForm, TRIP, "file_leave")
    form.conversation = "direct"

    stopped = form.call(ActionTakeNo, "算了", "stop")

    assert "没有提交" in stopped.text
    assert form.desks.wiring().leave_desk.current(form.thread) is None


def test_a_group_hears_nothing_of_ones_leaves(form: Scene) -> None:
    said(form, TRIP)
    said(form, "确认提交", "affirm")
    form.call(ActionFileLeave, "确认提交", "affirm", again=True)
    form.conversation = "group1"

    outcome = form.call(ActionListLeaves, "我的假批了吗", "query_leave")

    assert outcome.text == "请假信息不在群里办理，已私聊您。"
    assert "出差" in form.pushes()[-1].message.text


@pytest.mark.parametrize(
    ("intent", "confidence", "text", "answers"),
    [
        ("inform", 0.2, "南京", True),
        ("deny", 0.9, "没有", True),
        ("nlu_fallback", 0.3, "陪护老人", True),
        ("nlu_fallback", 0.3, "报给谁", False),
        ("ask_rule", 0.6, "全县经济工作会议", True),
        ("ask_rule", 0.6, "病假要证明吗", False),
        ("who_am_i", 0.9, "我是谁", False),
        ("list_items", 0.3, "督办调度会", True),
        ("stop", 0.9, "算了", False),
    ],
)
def test_only_a_clear_case_interrupts_the_form(
    intent: str, confidence: float, text: str, *, answers: bool
) -> None:
    assert is_answer(intent, confidence, text) is answers


@pytest.mark.parametrize(
    ("text", "number"),
    [("撤回编号3的请假", 3), ("撤回5号请假", 5), ("把12号的请假撤掉", None), ("销假", None)],
)
def test_a_leave_is_named_by_its_number_and_not_by_a_day(text: str, number: int | None) -> None:
    assert named_leave(text) == number


@pytest.mark.parametrize("text", ["我想请假", "你直接给我签个字吧"])
def test_what_changes_nothing_shows_the_request_that_waits(form: Scene, text: str) -> None:
    said(form, TRIP, "file_leave")

    outcome = said(form, text, "file_leave")

    assert outcome.slots["requested_slot"] == "leave_confirmed"
    assert outcome.says == ["确认提交", "修改", "算了"]


def test_a_no_that_names_nothing_is_asked_what_is_wrong(form: Scene) -> None:
    said(form, TRIP, "file_leave")

    assert "要改哪一项" in said(form, "不对", "deny").text


def test_a_draft_of_yesterday_is_not_confirmed_today(form: Scene) -> None:
    said(form, TRIP)
    form.slots["leave_confirmed"] = True
    form.desks.clock.advance(days=1)

    outcome = form.call(ActionFileLeave, "确认提交", "affirm")

    assert "已超过30分钟" in outcome.text
    assert form.desks.wiring().leave_desk.listing(form.person.org) == []


@pytest.mark.parametrize("text", ["不用了", "不提交", "先不请了"])
def test_a_no_to_the_summary_that_ends_it_drops_the_draft(form: Scene, text: str) -> None:
    said(form, TRIP)

    outcome = said(form, text, "deny")

    assert "没有提交任何申请" in outcome.text
    assert outcome.slots["leave_confirmed"] is False
    assert form.desks.wiring().leave_desk.current(form.thread) is None


def test_a_yes_where_a_change_was_asked_for_shows_the_summary_again(form: Scene) -> None:
    said(form, TRIP)
    said(form, "修改", "change")

    outcome = said(form, "确认", "affirm")

    assert outcome.slots["requested_slot"] == "leave_confirmed"
    assert "12月2日" in outcome.text


@pytest.mark.parametrize(
    ("text", "intent", "asks"),
    [
        ("下周四休年假一天", "ask_rule", True),
        ("周五全体会议我有事来不了", "nlu_fallback", True),
        ("因私出国", "inform", True),
        ("会议请假", "inform", True),
        ("去南京出差", "nlu_fallback", True),
        ("明天下午不来了", "inform", True),
        ("下周三去南京", "inform", True),
        ("请病假三天", "ask_rule", True),
        ("2月30日出差", "ask_rule", False),
        ("因私出国", "ask_rule", False),
        ("外出一周以上向市委书记请假", "ask_rule", False),
        ("病假三天要什么证明", "ask_rule", False),
        ("部门主要负责人外出提前3天", "ask_rule", False),
        ("年休假制度", "inform", False),
        ("12月1日", "inform", False),
    ],
)
def test_a_request_that_was_taken_for_a_question_is_still_a_request(
    text: str, intent: str, *, asks: bool
) -> None:
    try:
        parts = ChineseLeaveReader().read(text, date(2026, 11, 23))
    except InvalidInputError:
        parts = LeaveParts()

    assert is_leave_request(text, parts, intent) is asks


@pytest.mark.parametrize(
    ("text", "filed"), [("撤回12月2日的请假", LeaveState.WITHDRAWN), ("撤回请假", LeaveState.FILED)]
)
def test_of_several_leaves_the_one_whose_day_is_named_is_withdrawn(
    form: Scene, text: str, filed: LeaveState
) -> None:
    other = LeaveParts(LeaveKind.SICK, Span(date(2026, 12, 9), date(2026, 12, 9)))
    day = LeaveParts(span=Span(date(2026, 12, 2), date(2026, 12, 2)))
    form.desks.leave_reader.sentences |= {"12月9日病假": other, "撤回12月2日的请假": day}
    for sentence in (TRIP, "12月9日病假"):
        form.loop, form.slots["requested_slot"] = FORM, "leave_kind"
        said(form, sentence)
        said(form, "确认提交", "affirm")
        form.call(ActionFileLeave, "确认提交", "affirm")

    outcome = form.call(ActionWithdrawLeave, text, "withdraw_leave")

    [trip] = [le for le in form.desks.wiring().leave_desk.listing(form.person.org) if le.place]
    assert trip.state is filed
    assert bool(outcome.says) is (filed is LeaveState.FILED)


def test_a_yes_is_no_answer_to_a_question(form: Scene) -> None:
    said(form, "出差")

    outcome = said(form, "确认", "affirm")

    assert outcome.slots["requested_slot"] == "leave_span"
    assert form.desks.leave_reader.read_texts == ["出差"]


@pytest.mark.parametrize("text", ["请病假得交啥材料", "请假找谁批", "出差要提前几天报告"])
def test_a_question_that_was_taken_for_an_answer_is_answered_and_the_form_goes_on(
    form: Scene, text: str
) -> None:
    said(form, "出差")

    outcome = said(form, text, "file_leave")

    assert "从哪天到哪天" in outcome.text
    assert outcome.slots["requested_slot"] == "leave_span"
    assert form.desks.rules.asked[-1][-1] == text


def test_a_question_that_was_taken_for_a_request_opens_no_form(form: Scene) -> None:
    form.loop, form.slots = None, {}

    outcome = said(form, "请病假得交啥材料", "file_leave")

    assert outcome.slots["leave_confirmed"] is False
    assert form.desks.wiring().leave_desk.current(form.thread) is None


def test_after_a_question_what_was_shown_is_only_recalled(form: Scene) -> None:
    said(form, TRIP, "file_leave")

    recalled = form.call(
        ValidateLeaveForm, "会议纪要谁签发", "ask_rule", done_before=("action_answer_rule",)
    )

    assert "还没有提交" in recalled.text
    assert "南京" not in recalled.text
    assert recalled.says == ["确认提交", "修改", "算了"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [("要交什么材料", "出差要交什么材料"), ("会议纪要谁签发", "会议纪要谁签发")],
)
def test_a_question_that_leans_on_the_leave_is_asked_with_its_kind(
    form: Scene, text: str, asked: str
) -> None:
    said(form, "出差")

    form.call(ActionAnswerRule, text, "ask_rule")

    assert form.desks.rules.asked[-1][-1] == asked


@pytest.mark.parametrize(
    "text",
    ["副镇长去省里学习一周,要不要跟县里打招呼", "病假需不需要医院证明", "去外地出差是否要报备"],
)
def test_a_question_of_what_has_to_be_done_opens_no_form(scene: Scene, text: str) -> None:
    scene.loop = None

    outcome = scene.call(ValidateLeaveForm, text, "file_leave")

    assert outcome.slots["requested_slot"] is None
    assert scene.desks.wiring().leave_desk.current(scene.thread) is None


def test_the_register_is_offered_to_those_who_keep_it(scene: Scene) -> None:
    scene.loop, scene.who = None, "clerk1"

    told = scene.call(ActionListLeaves, "本月请假登记", "query_leave")
    scene.who = "bureau_staff"
    refused = scene.call(ActionListLeaves, "本月请假登记", "query_leave")

    assert "/leaves/changle?month=2026-11" in told.text
    assert "您没有这个权限" in refused.text


def test_who_has_not_come_back_is_asked_of_others_and_ends_no_leave(scene: Scene) -> None:
    scene.loop = None

    outcome = scene.call(ActionReturnFromLeave, "谁还没销假", "return_from_leave")

    assert outcome.text == "没有假期已满还没销假的人。"
