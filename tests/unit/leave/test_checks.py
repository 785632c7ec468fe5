"""What is checked before filing beside the rows of the regimes, and who approves instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.approvals import Approval, ApprovalState
from bot.core.leave import Leave, LeaveState, WarningCode
from bot.core.people import OrgId, PersonId
from bot.core.procedures import Condition, Procedures, Row, Table
from bot.services.leave_cases import approval_key
from knowledge.procedures.loader import YamlProcedureBook
from tests.unit.leave.stage import Stage, directory, person, procedures, thread

CHANGLE = OrgId("changle")
STAFF = "changle/staff1"
ANNUAL = Condition("kind", frozenset({"年休假"}))


def with_quota(amount: float, unit: str) -> YamlProcedureBook:
    """The tables of an office that grants so much annual leave a year."""
    tables = procedures().of(CHANGLE).tables
    row = Row((ANNUAL,), {"amount": amount, "unit": unit}, None, None, "", basis="office")
    quota = Table(CHANGLE, "leave_quota", "每年的天数", (row,))
    return YamlProcedureBook({CHANGLE: Procedures(CHANGLE, {**tables, "leave_quota": quota})})


def quota_stage(amount: float, unit: str) -> Stage:
    stage = Stage(orgs=["changle"])
    stage.desk = replace(stage.desk, procedures=with_quota(amount, unit))
    return stage


def codes(leave: Leave) -> list[WarningCode]:
    return [warning.code for warning in leave.warnings]


@pytest.mark.parametrize(
    ("unit", "said", "is_over"),
    [
        ("days", "12月7日至8日年休假", False),  # 3 and 2 of 5 days
        ("days", "12月7日至9日年休假", True),
        ("working_days", "12月4日至7日年休假", False),  # Saturday and Sunday do not count
        ("working_days", "12月4日至9日年休假", True),
        ("days", "12月7日至9日病假", False),  # another kind
        ("days", "12月30日至1月5日年休假", False),  # 2 days of this year, 5 of the next
        ("working_days", "2027年1月4日至29日年休假", False),  # not published: not counted
        ("days", "2027年1月4日至9日年休假", True),
    ],
)
def test_what_goes_beyond_the_offices_quota_is_warned_of(
    unit: str, said: str, is_over: bool
) -> None:
    stage = quota_stage(5, unit)
    stage.grant(STAFF, "11月30日至12月2日年休假")

    leave = stage.preview(STAFF, said)

    assert (WarningCode.QUOTA_EXCEEDED in codes(leave)) is is_over


def test_refused_and_withdrawn_requests_use_up_nothing() -> None:
    stage = quota_stage(5, "days")
    refused = stage.file(STAFF, "11月30日至12月2日年休假")
    stage.desk.settle(approval_key(refused.id), False, person("changle/head").id)
    withdrawn = stage.file(STAFF, "11月30日至12月2日年休假")
    stage.desk.withdraw(person(STAFF), withdrawn.id, stage.turn())

    leave = stage.preview(STAFF, "12月7日至11日年休假")

    assert WarningCode.QUOTA_EXCEEDED not in codes(leave)


def test_days_that_a_change_gives_back_are_not_counted_twice() -> None:
    stage = quota_stage(5, "days")
    stage.grant(STAFF, "11月30日至12月2日年休假")
    stage.desk.begin_change(person(STAFF), None, thread(STAFF), "改到12月7日到11日")

    leave = stage.desk.preview(person(STAFF), thread(STAFF))

    assert WarningCode.QUOTA_EXCEEDED not in codes(leave)


def test_the_warning_of_a_quota_names_its_figures() -> None:
    stage = quota_stage(5, "days")
    stage.grant(STAFF, "11月30日至12月2日年休假")

    leave = stage.preview(STAFF, "12月7日至9日年休假")

    [warning] = [w for w in leave.warnings if w.code is WarningCode.QUOTA_EXCEEDED]
    assert warning.citation is None
    for figure in ("2026年年休假", "共5天", "已请3天", "这次3天"):
        assert figure in warning.text


@pytest.mark.parametrize(
    ("said", "is_split"),
    [
        ("12月2日请一天事假,家里装修", True),  # with the day before two days: the director's
        ("12月3日请一天事假,家里装修", False),
        ("12月2日请一天病假", False),
    ],
)
def test_a_leave_split_in_two_below_a_step_of_the_rule_is_warned_of(
    said: str, is_split: bool
) -> None:
    stage = Stage()
    stage.file("fenghuang/staff1", "12月1日请一天事假,家里装修")

    leave = stage.preview("fenghuang/staff1", said)

    split = [w for w in leave.warnings if w.code is WarningCode.OVER_STEP]
    assert bool(split) is is_split
    assert [w.citation.article for w in split if w.citation] == [78] * is_split


def test_the_reason_of_urgency_is_asked_where_a_notice_is_written() -> None:
    stage = Stage()

    bare = stage.say("shuangtaizi/bureau_head", "紧急,后天去沈阳出差一天")
    told = stage.say("shuangtaizi/bureau_head", "省厅临时通知", "reason")
    leave = stage.file("shuangtaizi/bureau_head", "省厅临时通知")

    assert bare.missing == ("reason",)
    question = stage.words.question("reason", bare, person(STAFF), directory("changle"))
    assert "紧急的理由" in question.text
    assert told.complete
    assert (leave.urgent, leave.reason) == (True, "省厅临时通知")
    fields = dict(stage.request(leave.id).fields)
    assert (fields["紧急"], fields["事由"]) == ("是", "省厅临时通知")


def test_urgency_where_no_notice_is_written_needs_no_reason() -> None:
    view = Stage().say(STAFF, "紧急,明天请一天病假")

    assert view.complete


def test_which_meeting_is_missed_is_asked_and_the_cause_is_kept() -> None:
    stage = Stage()

    bare = stage.say("yunyang/staff1", "会议请假,12月1日上午,要去看病")
    told = stage.say("yunyang/staff1", "县长办公会", "reason")
    leave = stage.desk.preview(person("yunyang/staff1"), thread("yunyang/staff1"))

    assert bare.missing == ("reason",)
    assert told.complete
    assert leave.reason == "县长办公会,去看病"
    assert [citation.article for citation in leave.citations] == [49]


def test_an_approver_who_left_the_office_is_named_to_the_asker_once() -> None:
    stage = Stage()
    leave = stage.file(STAFF, "12月1日病假")
    _leave_office(stage, "changle/section_chief")

    stage.desk.tick()
    stage.desk.tick()

    [told] = [text for text in stage.pushes_to(STAFF) if "已不在通讯录" in text]
    assert "撤回请假" in told
    assert stage.state(leave) is LeaveState.FILED


def test_an_approver_who_has_answered_may_leave_the_office() -> None:
    stage = Stage()
    leave = stage.file(STAFF, "12月1日病假")
    with stage.database.unit_of_work() as uow:
        approval = Approval("a1", stage.request(leave.id), ApprovalState.RUNNING, step=1)
        uow.approvals.add(approval)
        uow.commit()
    _leave_office(stage, "changle/section_chief")

    stage.desk.tick()

    assert stage.pushes_to(STAFF) == []


def test_a_request_made_again_goes_to_who_holds_the_post_now() -> None:
    stage = Stage()
    _leave_office(stage, "changle/deputy1")

    leave = stage.preview("changle/bureau_head", "12月1日去北京出差")

    assert [(step.post, step.user) for step in leave.route] == [
        ("分管领导", None),
        ("县长", "changle/head"),
    ]


def test_when_the_approver_and_who_acts_for_them_are_away_the_approver_is_asked() -> None:
    stage = Stage()
    stage.grant("fenghuang/office_director", "今天到周五去长沙出差")
    stage.grant("fenghuang/office_deputy", "今天到周五去长沙出差")

    leave = stage.preview("fenghuang/staff1", "12月1日起请两天病假")

    assert [step.user for step in leave.route] == ["fenghuang/office_director"]


def test_an_overlap_with_a_leave_that_began_before_is_found() -> None:
    stage = Stage()
    stage.grant(STAFF, "今天到周五年休假")
    stage.go_to(date(2026, 11, 26))

    leave = stage.preview(STAFF, "昨天病假")

    assert WarningCode.OVERLAP in codes(leave)
    assert WarningCode.PAST_START in codes(leave)


def _leave_office(stage: Stage, user: str) -> None:
    with stage.database.unit_of_work() as uow:
        before = uow.people.directory(CHANGLE)
        people = tuple(person for person in before.people if person.id != PersonId(user))
        uow.people.save(replace(before, people=people))
        uow.commit()
