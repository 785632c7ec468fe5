"""A leave from sentence to return, on the desk."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.approvals import ApprovalRequest
from bot.core.errors import NotAllowedError, NotFoundError, RefusedError
from bot.core.leave import LeaveId, LeaveKind, LeaveState, LeaveStateError, Span
from bot.services.leave_cases import approval_key
from tests.unit.leave.stage import Stage, person, thread

STAFF = "changle/staff1"
HEAD_OF_BUREAU = "changle/bureau_head"
TRIP = "我下周三到周五去南京出差,工作由副局长主持"
WED_TO_FRI = Span(date(2026, 12, 2), date(2026, 12, 4))


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_one_sentence_fills_the_whole_request(stage: Stage) -> None:
    leave = stage.preview(HEAD_OF_BUREAU, TRIP)

    assert (leave.kind, leave.span) == (LeaveKind.BUSINESS_TRIP, WED_TO_FRI)
    assert (leave.place, leave.out_of_area, leave.stand_in_name) == ("南京", True, "副局长")
    assert (leave.working_days, leave.id, leave.state) == (3.0, 0, LeaveState.DRAFT)


def test_what_is_missing_is_asked_in_order_and_filled_by_bare_answers(stage: Stage) -> None:
    asked = []

    view = stage.say("yunyang/bureau_head", "我要请假")
    for answer in ("出差", "下周三到周五", "重庆", "没有"):
        asked.append(view.missing[0])
        view = stage.say("yunyang/bureau_head", answer, view.missing[0])

    assert asked == ["kind", "span", "place", "stand_in"]
    assert view.complete


def test_a_length_without_a_beginning_waits_for_one(stage: Stage) -> None:
    first = stage.say(STAFF, "请三天病假")
    second = stage.say(STAFF, "下周一", "span")

    assert first.missing == ("span",)
    assert second.draft.parts.span == Span(date(2026, 11, 30), date(2026, 12, 2))


def test_a_correction_changes_what_it_names_and_nothing_else(stage: Stage) -> None:
    stage.say(HEAD_OF_BUREAU, TRIP)

    view = stage.say(HEAD_OF_BUREAU, "不对,是下周四到周五")

    assert view.draft.parts.span == Span(date(2026, 12, 3), date(2026, 12, 4))
    assert (view.draft.parts.place, view.draft.parts.stand_in) == ("南京", "副局长")


def test_a_new_request_said_in_full_begins_a_new_draft(stage: Stage) -> None:
    stage.say(HEAD_OF_BUREAU, TRIP)

    view = stage.say(HEAD_OF_BUREAU, "12月8日病假一天")

    assert (view.draft.parts.kind, view.draft.parts.place) == (LeaveKind.SICK, None)
    assert view.draft.parts.stand_in is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("12月5日到12月1日出差", "leave_ends_before_start"),
        ("2月30日病假", "date_impossible"),
        ("12月1日起请400天病假", "leave_too_long"),
        ("后天病假,工作由李四代理", "stand_in_unknown"),
        ("后天病假,工作由卞北辰代理", "stand_in_self"),
        ("后天病假,工作由秘书科科员代理", None),
        ("后天病假,工作由副局长王明代理", None),
        ("2027年1月4日起请三个工作日年休假", "calendar_unpublished"),
    ],
)
def test_what_cannot_be_used_is_a_problem_and_the_rest_is_kept(
    stage: Stage, said: str, code: str | None
) -> None:
    view = stage.say(STAFF, said)

    assert (view.problem.code if view.problem else None) == code
    assert view.draft.parts.kind is not None
    assert stage.words.problem(view.problem).text if view.problem else True


def test_two_people_of_one_post_are_asked_about(stage: Stage) -> None:
    view = stage.say("changle/head", "12月1日去北京出差,工作由副县长主持")
    other = stage.say("changle/bureau_head", "12月1日去北京出差,工作由秘书科科员主持")

    assert view.problem is None
    assert view.draft.stand_in == "changle/deputy2"
    assert other.problem is not None
    assert other.problem.code == "stand_in_ambiguous"
    assert {button.title for button in stage.words.problem(other.problem).buttons} == {
        "卞北辰",
        "褚思齐",
    }


def test_a_draft_is_forgotten_after_half_an_hour(stage: Stage) -> None:
    stage.say(STAFF, "明天请一天病假")
    stage.clock.advance(minutes=31)

    assert stage.desk.current(thread(STAFF)) is None
    with pytest.raises(NotFoundError, match="leave_draft_none"):
        stage.desk.confirm(person(STAFF), thread(STAFF), "t1")


def test_dropping_a_draft_leaves_no_trace(stage: Stage) -> None:
    stage.say(STAFF, "明天请一天病假")

    stage.desk.drop(thread(STAFF))

    assert stage.desk.current(thread(STAFF)) is None
    assert stage.payloads() == []


def test_an_incomplete_draft_is_not_filed(stage: Stage) -> None:
    stage.say(STAFF, "我要请假")

    with pytest.raises(RefusedError, match="leave_incomplete"):
        stage.desk.confirm(person(STAFF), thread(STAFF), "t1")


def test_confirming_stores_the_leave_and_the_intent_to_file_it(stage: Stage) -> None:
    stage.say(HEAD_OF_BUREAU, TRIP)

    leave = stage.desk.confirm(person(HEAD_OF_BUREAU), thread(HEAD_OF_BUREAU), "t1")

    request = stage.request(leave.id)
    assert (leave.state, stage.state(leave)) == (LeaveState.CONFIRMED, LeaveState.CONFIRMED)
    assert request.approvers == ("changle/deputy1", "changle/head")
    assert dict(request.fields)["地点"] == "南京（外出，离开本地）"
    assert stage.desk.current(thread(HEAD_OF_BUREAU)) is None
    with stage.database.unit_of_work() as uow:
        assert uow.audit.listing(leave.org)[0].action == "leave.confirmed"


def test_a_turn_that_is_repeated_files_once(stage: Stage) -> None:
    stage.say(STAFF, "明天请一天病假")

    first = stage.desk.confirm(person(STAFF), thread(STAFF), "t1")
    again = stage.desk.confirm(person(STAFF), thread(STAFF), "t1")

    assert first.id == again.id
    assert len([p for p in stage.payloads() if isinstance(p, ApprovalRequest)]) == 1


def test_a_second_yes_finds_nothing_left_to_confirm(stage: Stage) -> None:
    stage.file(STAFF, "明天请一天病假")

    with pytest.raises(NotFoundError, match="leave_draft_none"):
        stage.desk.confirm(person(STAFF), thread(STAFF), "t2")


def test_an_approval_told_to_everybody_concerned(stage: Stage) -> None:
    leave = stage.grant(STAFF, "12月1日至3日年休假,工作由褚思齐代理")

    assert leave.state is LeaveState.APPROVED
    assert "已经批准" in stage.pushes_to(STAFF)[0]
    assert "代理其工作" in stage.pushes_to("changle/staff2")[0]


def test_the_office_is_told_through_its_clerks(stage: Stage) -> None:
    stage.grant(HEAD_OF_BUREAU, TRIP)

    [told] = stage.pushes_to("changle/clerk1")
    assert "前往南京" in told
    assert "副局长" in told


def test_a_refusal_is_told_with_its_reason_to_the_asker_alone(stage: Stage) -> None:
    leave = stage.file(STAFF, "12月1日至3日年休假,工作由褚思齐代理")

    stage.desk.settle(approval_key(leave.id), False, stage.request(leave.id).approvers[0], "检查")

    assert "检查" in stage.pushes_to(STAFF)[0]
    assert stage.pushes_to("changle/staff2") == []


def test_a_result_that_comes_again_changes_nothing(stage: Stage) -> None:
    leave = stage.grant(STAFF, "12月1日病假")

    again = stage.desk.settle(approval_key(leave.id), False, person("changle/head").id)

    assert again.state is LeaveState.APPROVED
    assert len(stage.pushes_to(STAFF)) == 1


def test_a_result_that_overtakes_the_filing_is_taken(stage: Stage) -> None:
    stage.say(STAFF, "12月1日病假")
    leave = stage.desk.confirm(person(STAFF), thread(STAFF), "t1")

    stage.desk.settle(approval_key(leave.id), True, person("changle/head").id)
    stage.desk.filed(approval_key(leave.id), "approval")

    assert (stage.state(leave), stage.stored(leave.id).approval) == (
        LeaveState.APPROVED,
        "approval",
    )


def test_nobody_settles_their_own_leave(stage: Stage) -> None:
    leave = stage.file(STAFF, "12月1日病假")

    with pytest.raises(NotAllowedError, match="leave_own_approval"):
        stage.desk.settle(approval_key(leave.id), True, leave.user)


def test_a_request_withdrawn_before_it_was_filed_is_not_wanted(stage: Stage) -> None:
    stage.say(STAFF, "12月1日病假")
    leave = stage.desk.confirm(person(STAFF), thread(STAFF), "t1")

    stage.desk.withdraw(person(STAFF), None, "t2")

    assert not stage.desk.is_wanted(approval_key(leave.id))
    assert stage.desk.unwanted_approvals() == []


def test_a_request_withdrawn_after_it_was_filed_is_cancelled_once(stage: Stage) -> None:
    leave = stage.file(STAFF, "12月1日病假")
    stage.desk.withdraw(person(STAFF), None, "t2")

    unwanted = stage.desk.unwanted_approvals()
    stage.desk.cancelled(unwanted[0][0])

    assert unwanted == [(approval_key(leave.id), f"approval-{leave.id}")]
    assert stage.desk.unwanted_approvals() == []


def test_a_request_withdrawn_while_it_was_being_filed_is_cancelled(stage: Stage) -> None:
    stage.say(STAFF, "12月1日病假")
    leave = stage.desk.confirm(person(STAFF), thread(STAFF), "t1")
    stage.desk.withdraw(person(STAFF), None, "t2")

    stage.desk.filed(approval_key(leave.id), "late")

    assert stage.state(leave) is LeaveState.WITHDRAWN
    assert stage.desk.unwanted_approvals() == [(approval_key(leave.id), "late")]


def test_of_several_the_one_meant_must_be_named(stage: Stage) -> None:
    first = stage.file(STAFF, "12月1日病假")
    second = stage.file(STAFF, "12月8日病假")

    with pytest.raises(RefusedError, match="leave_which") as refusal:
        stage.desk.withdraw(person(STAFF), None, "t9")
    stage.desk.withdraw(person(STAFF), first.id, "t10")

    assert set(refusal.value.details["leaves"]) == {first.id, second.id}  # type: ignore[call-overload]
    assert stage.state(first) is LeaveState.WITHDRAWN
    assert stage.state(second) is LeaveState.FILED


def test_somebody_elses_leave_is_out_of_reach(stage: Stage) -> None:
    leave = stage.file(STAFF, "12月1日病假")

    with pytest.raises(NotAllowedError, match="leave_not_yours"):
        stage.desk.withdraw(person("changle/staff2"), leave.id, "t9")
    with pytest.raises(NotFoundError, match="leave_unknown"):
        stage.desk.withdraw(person("changle/staff2"), LeaveId(999), "t10")


def test_time_takes_a_granted_leave_away_and_asks_for_the_return(stage: Stage) -> None:
    leave = stage.grant(STAFF, "12月1日至3日年休假")
    states = []
    for day in (30, 31, 33, 34):
        stage.go_to(date.fromordinal(date(2026, 11, 1).toordinal() + day - 1))
        stage.desk.tick()
        stage.desk.tick()
        states.append(stage.state(leave))

    assert states == [
        LeaveState.APPROVED,
        LeaveState.AWAY,
        LeaveState.AWAY,
        LeaveState.OVERDUE,
    ]
    assert [("今天到期" in text, "尚未销假" in text) for text in stage.pushes_to(STAFF)[1:]] == [
        (True, False),
        (False, True),
    ]
    assert len(stage.pushes_to("changle/office_director")) == 1


def test_a_machine_that_was_off_catches_up(stage: Stage) -> None:
    leave = stage.grant(STAFF, "12月1日至3日年休假")

    stage.go_to(date(2026, 12, 20))
    stage.desk.tick()

    assert stage.state(leave) is LeaveState.OVERDUE


def test_a_clock_that_was_set_back_is_borne(stage: Stage) -> None:
    leave = stage.grant(STAFF, "12月1日至3日年休假")
    stage.go_to(date(2026, 12, 20))
    stage.desk.tick()
    told = stage.pushes_to(STAFF)

    stage.go_to(date(2026, 12, 2))
    stage.desk.tick()

    assert stage.state(leave) is LeaveState.OVERDUE
    assert stage.pushes_to(STAFF) == told


def test_after_an_outage_the_latest_reminder_goes_out_once(stage: Stage) -> None:
    stage.grant(STAFF, "12月1日至3日年休假")

    for day in (12, 13, 14):
        stage.go_to(date(2026, 12, day))
        stage.desk.tick()

    assert sum("尚未销假" in text for text in stage.pushes_to(STAFF)) == 1


@pytest.mark.parametrize(
    ("text", "first_day"),
    [("撤回我下周二的假", "12-01"), ("把年假撤了", "12-08"), ("济南不去了,撤回", "12-15")],
)
def test_the_leave_meant_is_found_by_its_day_kind_or_place(
    stage: Stage, text: str, first_day: str
) -> None:
    said = ("12月1日病假", "12月8日年休假", "12月15日去济南出差")
    leaves = [stage.file(STAFF, sentence) for sentence in said]

    meant = stage.desk.meant(person(STAFF), text, [leave.id for leave in leaves])

    [found] = [leave for leave in leaves if leave.id == meant]
    assert found.span.first_day == date.fromisoformat(f"2026-{first_day}")


def test_a_sentence_that_names_no_leave_means_none(stage: Stage) -> None:
    leaves = [stage.file(STAFF, said) for said in ("12月1日病假", "12月8日病假")]

    for text in ("撤回请假", "撤回病假", "撤回2月30日的假"):
        assert stage.desk.meant(person(STAFF), text, [leave.id for leave in leaves]) is None


@pytest.mark.parametrize(
    ("user", "said", "told"),
    [
        ("yunyang/deputy2", "12月1日去重庆出差", ["yunyang/deputy1"]),
        ("shuangtaizi/deputy1", "12月1日去沈阳出差", ["shuangtaizi/deputy2"]),
        ("fenghuang/bureau_head", "12月1日去长沙出差", ["fenghuang/zhiban_chief"]),
        (
            "fenghuang/staff1",
            "12月1日去吉首出差",
            ["fenghuang/zhiban_chief", "fenghuang/dangjian_chief"],
        ),
        ("changle/bureau_head", "12月1日去南京出差", ["changle/clerk1"]),
    ],
)
def test_whoever_the_rule_says_to_tell_is_told(
    stage: Stage, user: str, said: str, told: list[str]
) -> None:
    stage.grant(user, said)

    assert all(stage.pushes_to(other) for other in told)


def test_returning_ends_a_leave_and_is_told_to_the_approver(stage: Stage) -> None:
    leave = stage.grant(STAFF, "12月1日至3日年休假")
    stage.go_to(date(2026, 12, 2))
    stage.desk.tick()

    returned = stage.desk.return_from(person(STAFF), None, "t9")
    again = stage.desk.return_from(person(STAFF), None, "t9")

    assert (returned.state, again.id) == (LeaveState.RETURNED, leave.id)
    assert "返岗销假" in stage.pushes_to("changle/office_director")[0]


def test_a_leave_that_has_not_begun_is_withdrawn_and_not_returned_from(stage: Stage) -> None:
    leave = stage.grant(STAFF, "12月1日至3日年休假")

    with pytest.raises(RefusedError, match="leave_not_begun"):
        stage.desk.return_from(person(STAFF), None, "t9")
    stage.desk.withdraw(person(STAFF), None, "t10")

    assert stage.state(leave) is LeaveState.WITHDRAWN


def test_a_leave_that_has_begun_is_no_longer_withdrawn(stage: Stage) -> None:
    leave = stage.grant(STAFF, "12月1日至3日年休假")
    stage.go_to(date(2026, 12, 1))
    stage.desk.tick()

    with pytest.raises(LeaveStateError):
        stage.desk.withdraw(person(STAFF), leave.id, "t9")
