"""Change and extension: a new request that is tied to the old one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.errors import NotAllowedError, NotFoundError, RefusedError
from bot.core.leave import Leave, LeaveId, LeaveState, Span, WarningCode
from bot.services.leave import DraftView
from bot.services.leave_cases import approval_key
from tests.unit.leave.stage import Stage, person, thread

STAFF = "fenghuang/staff1"
HEAD = "changle/bureau_head"
TWO_DAYS = "12月7日起请两天事假,家里装修"


@pytest.fixture
def stage() -> Stage:
    return Stage()


def extend(stage: Stage, user: str, text: str, leave: LeaveId | None = None) -> DraftView:
    return stage.desk.begin_extension(person(user), leave, thread(user), text)


def change(stage: Stage, user: str, text: str, leave: LeaveId | None = None) -> DraftView:
    return stage.desk.begin_change(person(user), leave, thread(user), text)


def file(stage: Stage, user: str) -> Leave:
    """Confirm what is being talked about, and let the platform take it."""
    leave = stage.desk.confirm(person(user), thread(user), stage.turn())
    stage.desk.filed(approval_key(leave.id), f"approval-{leave.id}")
    return stage.stored(leave.id)


def grant(stage: Stage, user: str) -> Leave:
    leave = file(stage, user)
    return stage.desk.settle(approval_key(leave.id), True, stage.request(leave.id).approvers[-1])


@pytest.mark.parametrize(
    ("text", "last_day", "days"),
    [
        ("续假两天", date(2026, 12, 10), 2),
        ("续假一天半", date(2026, 12, 10), 1.5),
        ("续到12月11日", date(2026, 12, 11), 3),
        ("再请一天", date(2026, 12, 9), 1),
        ("续两个工作日", date(2026, 12, 10), 2),
    ],
)
def test_an_extension_goes_on_where_the_leave_ends(
    stage: Stage, text: str, last_day: date, days: float
) -> None:
    old = stage.grant("xianyang/staff1", TWO_DAYS)

    view = extend(stage, "xianyang/staff1", text)
    leave = file(stage, "xianyang/staff1")

    assert view.complete
    assert (leave.extends, leave.replaces) == (old.id, None)
    assert (leave.span.first_day, leave.span.last_day) == (date(2026, 12, 9), last_day)
    assert (leave.span.days, leave.whole_days) == (days, days + 2)
    assert (leave.kind, leave.reason) == (old.kind, old.reason)
    assert stage.stored(old.id) == old


def test_an_extension_of_half_a_day_goes_on_at_noon(stage: Stage) -> None:
    stage.grant("xianyang/staff1", "12月7日上午事假,家里装修")

    extend(stage, "xianyang/staff1", "续假一天")
    leave = file(stage, "xianyang/staff1")

    assert leave.span == Span(date(2026, 12, 7), date(2026, 12, 8), starts_pm=True, ends_am=True)


def test_how_long_is_asked_where_it_was_not_said(stage: Stage) -> None:
    stage.grant(STAFF, TWO_DAYS)

    asked = extend(stage, STAFF, "我要续假")
    answered = stage.say(STAFF, "一天", "span")

    assert asked.missing == ("span",)
    assert asked.draft.parts.first_day == date(2026, 12, 9)
    assert answered.complete
    assert file(stage, STAFF).span == Span(date(2026, 12, 9), date(2026, 12, 9))


def test_an_extension_goes_to_the_approver_of_the_whole_length(stage: Stage) -> None:
    one_day = stage.grant(STAFF, "12月7日请一天事假,家里装修")  # 凤凰 78: one day, then two

    extend(stage, STAFF, "续假一天")
    leave = file(stage, STAFF)

    assert [step.user for step in one_day.route] == ["fenghuang/office_deputy"]
    assert [step.user for step in leave.route] == ["fenghuang/office_director"]
    assert "连前共2天" in dict(stage.request(leave.id).fields)["变更（续假）"]


def test_a_granted_extension_lets_the_old_leave_end_later(stage: Stage) -> None:
    old = stage.grant(STAFF, TWO_DAYS)
    extend(stage, STAFF, "续假两天")
    new = grant(stage, STAFF)

    stage.go_to(date(2026, 12, 9))
    stage.desk.tick()

    assert (stage.state(old), stage.stored(old.id).ends_on) == (
        LeaveState.AWAY,
        date(2026, 12, 10),
    )
    assert stage.state(new) is LeaveState.AWAY
    assert not any("到期" in text for text in stage.pushes_to(STAFF))


def test_only_the_end_of_an_extended_leave_is_reminded_of(stage: Stage) -> None:
    old = stage.grant(STAFF, TWO_DAYS)
    extend(stage, STAFF, "续假两天")
    new = grant(stage, STAFF)

    for day in (8, 9, 10, 11):
        stage.go_to(date(2026, 12, day), hour=16)
        stage.desk.tick()

    reminders = [text for text in stage.pushes_to(STAFF) if "到期" in text]
    assert (stage.state(old), stage.state(new)) == (LeaveState.OVERDUE, LeaveState.OVERDUE)
    assert [("今天到期" in text, "尚未销假" in text) for text in reminders] == [
        (True, False),
        (False, True),
    ]


def test_returning_ends_the_leave_with_its_extension(stage: Stage) -> None:
    old = stage.grant(STAFF, TWO_DAYS)
    extend(stage, STAFF, "续假两天")
    new = grant(stage, STAFF)
    stage.go_to(date(2026, 12, 9))
    stage.desk.tick()

    returned = stage.desk.return_from(person(STAFF), None, stage.turn())

    assert returned.id == new.id
    assert (stage.state(old), stage.state(new)) == (LeaveState.RETURNED, LeaveState.RETURNED)


@pytest.mark.parametrize("is_granted", [True, False])
def test_who_comes_back_in_time_takes_no_extension(stage: Stage, is_granted: bool) -> None:
    old = stage.grant(STAFF, TWO_DAYS)
    extend(stage, STAFF, "续假两天")
    new = grant(stage, STAFF) if is_granted else file(stage, STAFF)
    stage.go_to(date(2026, 12, 8))
    stage.desk.tick()

    returned = stage.desk.return_from(person(STAFF), None, stage.turn())

    assert returned.id == old.id
    assert (stage.state(old), stage.state(new)) == (LeaveState.RETURNED, LeaveState.WITHDRAWN)


def test_a_refused_extension_leaves_the_old_leave_as_it_is(stage: Stage) -> None:
    old = stage.grant(STAFF, TWO_DAYS)
    extend(stage, STAFF, "续假两天")
    new = file(stage, STAFF)

    stage.desk.settle(approval_key(new.id), False, stage.request(new.id).approvers[0], "忙")

    assert stage.stored(old.id) == old
    assert f"原请假（编号{old.id}）不变" in stage.pushes_to(STAFF)[-1]


def test_a_withdrawn_extension_lets_the_old_leave_end_on_its_own_day(stage: Stage) -> None:
    old = stage.grant(STAFF, TWO_DAYS)
    extend(stage, STAFF, "续假两天")
    new = grant(stage, STAFF)

    stage.desk.withdraw(person(STAFF), new.id, stage.turn())

    assert (stage.state(new), stage.stored(old.id).ends_on) == (
        LeaveState.WITHDRAWN,
        date(2026, 12, 8),
    )


def test_a_withdrawn_leave_takes_its_extension_with_it(stage: Stage) -> None:
    old = stage.grant(STAFF, TWO_DAYS)
    extend(stage, STAFF, "续假两天")
    new = grant(stage, STAFF)

    stage.desk.withdraw(person(STAFF), old.id, stage.turn())

    assert (stage.state(old), stage.state(new)) == (LeaveState.WITHDRAWN, LeaveState.WITHDRAWN)


def test_an_extension_is_extended_in_its_turn(stage: Stage) -> None:
    old = stage.grant(STAFF, TWO_DAYS)
    extend(stage, STAFF, "续假一天")
    middle = grant(stage, STAFF)
    extend(stage, STAFF, "续假一天")
    last = grant(stage, STAFF)

    assert (middle.extends, last.extends, last.whole_days) == (old.id, middle.id, 4)
    ends = [stage.stored(leave.id).ends_on for leave in (old, middle, last)]
    assert ends == [date(2026, 12, 10)] * 3


def test_a_leave_that_has_run_out_may_still_be_extended_and_is_warned_of(stage: Stage) -> None:
    old = stage.grant(STAFF, TWO_DAYS)
    stage.go_to(date(2026, 12, 10))
    stage.desk.tick()

    extend(stage, STAFF, "续假三天")
    leave = file(stage, STAFF)

    assert stage.state(old) is LeaveState.OVERDUE
    assert [w.code for w in leave.warnings] == [WarningCode.PAST_START]


def test_notice_of_an_extension_is_that_of_the_departure(stage: Stage) -> None:
    user = "yunyang/bureau_head"
    stage.grant(user, "12月1日去重庆出差两天,工作由副局长主持")
    stage.go_to(date(2026, 12, 1))
    stage.desk.tick()

    extend(stage, user, "续假一天")
    leave = file(stage, user)

    assert leave.warnings == ()  # 云阳 59 speaks of leaving, which has happened
    assert leave.stand_in_name == "副局长"


def test_a_changed_request_keeps_all_that_is_not_changed(stage: Stage) -> None:
    old = stage.grant(HEAD, "12月1日至3日去南京出差,工作由副局长主持")

    view = change(stage, HEAD, "改到下周三去济南")
    leave = file(stage, HEAD)

    assert view.complete
    assert (leave.replaces, leave.extends) == (old.id, None)
    assert leave.span == Span(date(2026, 12, 2), date(2026, 12, 4))
    assert (leave.place, leave.stand_in_name, leave.kind) == ("济南", "副局长", old.kind)
    assert leave.warnings == ()  # it does not overlap with what it replaces
    assert stage.stored(old.id) == old


@pytest.mark.parametrize(
    ("text", "first_day", "last_day"),
    [
        ("假改到下周四", date(2026, 12, 3), date(2026, 12, 5)),
        ("推迟一天", date(2026, 12, 2), date(2026, 12, 4)),
        ("提前一天", date(2026, 11, 30), date(2026, 12, 2)),
        ("提前一天走", date(2026, 11, 30), date(2026, 12, 3)),
        ("晚一天回来", date(2026, 12, 1), date(2026, 12, 4)),
        ("改成两天", date(2026, 12, 1), date(2026, 12, 2)),
        ("改到12月8日到9日", date(2026, 12, 8), date(2026, 12, 9)),
        ("推迟一周", date(2026, 12, 8), date(2026, 12, 10)),
        ("推迟到12月7日", date(2026, 12, 7), date(2026, 12, 9)),
        ("结束时间改到12月5日", date(2026, 12, 1), date(2026, 12, 5)),
    ],
)
def test_the_days_are_changed_as_people_say_it(
    stage: Stage, text: str, first_day: date, last_day: date
) -> None:
    stage.grant("changle/staff1", "12月1日至3日年休假")

    change(stage, "changle/staff1", text)

    assert file(stage, "changle/staff1").span == Span(first_day, last_day)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("少请半天", Span(date(2026, 12, 7), date(2026, 12, 9), ends_am=True)),
        ("多请半天", Span(date(2026, 12, 7), date(2026, 12, 10), ends_am=True)),
        ("提前半天回来", Span(date(2026, 12, 7), date(2026, 12, 9), ends_am=True)),
        ("晚半天走", Span(date(2026, 12, 7), date(2026, 12, 9), starts_pm=True)),
        ("提前半天走", Span(date(2026, 12, 6), date(2026, 12, 9), starts_pm=True)),
        ("少请一天半", Span(date(2026, 12, 7), date(2026, 12, 8), ends_am=True)),
    ],
)
def test_a_leave_is_changed_by_half_days(stage: Stage, text: str, span: Span) -> None:
    old = stage.file("changle/staff1", "12月7日到9日年休假")

    view = stage.desk.begin_change(person("changle/staff1"), old.id, "thread", text)

    assert view.problem is None
    assert view.draft.parts.span == span


@pytest.mark.parametrize("text", ["提前半天", "我要改假", "改成下午", "提前五天回来"])
def test_a_change_that_is_not_clear_is_asked_about(stage: Stage, text: str) -> None:
    stage.grant("changle/staff1", "12月1日至3日年休假")

    view = change(stage, "changle/staff1", text)

    assert view.problem is not None
    assert view.problem.code in ("change_unclear", "leave_ends_before_start")
    assert "problem_" not in stage.words.problem(view.problem).text


@pytest.mark.parametrize("is_granted", [True, False])
def test_a_granted_change_withdraws_the_old_request(stage: Stage, is_granted: bool) -> None:
    user = "changle/staff1"
    said = "12月1日至3日年休假"
    old = stage.grant(user, said) if is_granted else stage.file(user, said)
    change(stage, user, "推迟一天")
    new = grant(stage, user)

    assert (stage.state(old), stage.state(new)) == (LeaveState.WITHDRAWN, LeaveState.APPROVED)
    assert f"原申请（编号{old.id}）已作废" in stage.pushes_to(user)[-1]
    assert stage.desk.unwanted_approvals() == [(approval_key(old.id), f"approval-{old.id}")]


def test_a_refused_change_leaves_the_old_request(stage: Stage) -> None:
    old = stage.grant("changle/staff1", "12月1日至3日年休假")
    change(stage, "changle/staff1", "推迟一天")
    new = file(stage, "changle/staff1")

    stage.desk.settle(approval_key(new.id), False, stage.request(new.id).approvers[0], "忙")

    assert (stage.state(old), stage.state(new)) == (LeaveState.APPROVED, LeaveState.REFUSED)


def test_a_change_granted_after_the_old_leave_began_ends_it(stage: Stage) -> None:
    old = stage.grant("changle/staff1", "12月1日至3日年休假")
    change(stage, "changle/staff1", "推迟一周")
    new = file(stage, "changle/staff1")
    stage.go_to(date(2026, 12, 1))
    stage.desk.tick()

    stage.desk.settle(approval_key(new.id), True, stage.request(new.id).approvers[0])

    assert (stage.state(old), stage.state(new)) == (LeaveState.RETURNED, LeaveState.APPROVED)


def test_what_cannot_be_changed_or_extended_is_said(stage: Stage) -> None:
    user = "changle/staff1"
    with pytest.raises(NotFoundError, match="leave_none"):
        change(stage, user, "推迟一天")
    waiting = stage.file(user, "12月1日至3日年休假")
    with pytest.raises(RefusedError, match="extend_waiting"):
        extend(stage, user, "续假一天")
    with pytest.raises(NotAllowedError, match="leave_not_yours"):
        change(stage, "changle/staff2", "推迟一天", waiting.id)
    change(stage, user, "推迟一天")
    file(stage, user)
    with pytest.raises(RefusedError, match="change_waiting"):
        change(stage, user, "推迟两天", waiting.id)


def test_what_has_begun_is_extended_and_not_changed(stage: Stage) -> None:
    leave = stage.grant("changle/staff1", "今天到周三年休假")

    with pytest.raises(RefusedError, match="change_begun"):
        change(stage, "changle/staff1", "推迟一天", leave.id)
    view = extend(stage, "changle/staff1", "续到11月24日", leave.id)

    assert view.problem is not None
    assert view.problem.code == "leave_ends_before_start"


def test_an_extended_leave_is_extended_from_its_end_and_not_changed(stage: Stage) -> None:
    old = stage.grant(STAFF, TWO_DAYS)
    extend(stage, STAFF, "续假一天")
    new = grant(stage, STAFF)

    with pytest.raises(RefusedError, match="extend_extended") as refusal:
        extend(stage, STAFF, "续假一天", old.id)
    with pytest.raises(RefusedError, match="change_extension"):
        change(stage, STAFF, "推迟一天", old.id)

    assert refusal.value.details == {"leave": new.id}


def test_two_devices_that_change_one_leave_file_one_change(stage: Stage) -> None:
    user = "changle/staff1"
    old = stage.grant(user, "12月1日至3日年休假")
    for device in ("phone", "desk"):
        stage.desk.begin_change(person(user), None, device, "推迟一天")

    stage.desk.confirm(person(user), "phone", "t1")
    with pytest.raises(RefusedError, match="change_waiting"):
        stage.desk.confirm(person(user), "desk", "t2")

    assert [le.id for le in stage.desk.listing(old.org) if le.replaces == old.id] == [old.id + 1]


def test_of_several_that_which_has_begun_is_extended(stage: Stage) -> None:
    begun = stage.grant("changle/staff1", "今天到周三年休假")
    stage.grant("changle/staff1", "12月14日年休假")
    stage.desk.tick()

    view = extend(stage, "changle/staff1", "续假一天")

    assert view.draft.extends == begun.id


def test_a_draft_of_a_change_is_corrected_like_any_other(stage: Stage) -> None:
    stage.grant("changle/staff1", "12月1日至3日年休假")
    change(stage, "changle/staff1", "推迟一天")

    view = stage.say("changle/staff1", "不对,改到12月8日")

    assert view.draft.replaces is not None
    assert view.draft.parts.span == Span(date(2026, 12, 8), date(2026, 12, 10))


def test_the_confirmation_says_what_is_extended_and_those_told_before_are_told_again(
    stage: Stage,
) -> None:
    old = stage.grant(HEAD, "12月1日去南京出差,工作由副局长主持")
    extend(stage, HEAD, "续假一天")
    shown = stage.words.summary(stage.desk.preview(person(HEAD), thread(HEAD))).text
    grant(stage, HEAD)

    assert f"续假：接编号{old.id}，连前共2天" in shown
    first, second = stage.pushes_to("changle/clerk1")
    assert "续假" not in first
    assert "是续假，连前共2天" in second


def test_those_told_of_a_leave_are_told_that_it_was_changed(stage: Stage) -> None:
    old = stage.grant(HEAD, "12月1日去南京出差,工作由副局长主持")
    change(stage, HEAD, "推迟一天")
    shown = stage.words.summary(stage.desk.preview(person(HEAD), thread(HEAD))).text
    grant(stage, HEAD)

    assert f"代替编号{old.id}的申请" in shown
    assert "此前所报的安排作废" in stage.pushes_to("changle/clerk1")[-1]


def test_what_is_owed_on_return_is_said_before_and_after(stage: Stage) -> None:
    leave = stage.grant("yunyang/deputy2", "12月1日去成都考察")
    stage.go_to(date(2026, 12, 1), hour=16)
    stage.desk.tick()

    duty = "返回后：县政府领导外出考察后,向县政府常务会议报告考察情况"
    assert duty in stage.words.summary(leave).text
    assert duty in stage.pushes_to("yunyang/deputy2")[-1]
    assert duty in stage.words.returned(leave).text
