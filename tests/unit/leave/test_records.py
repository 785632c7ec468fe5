"""What is on record of leaves, and for whom."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.adapters.local.platform import LocalPlatform
from bot.core.clock import OFFICE_TIME
from bot.core.errors import NotAllowedError, NotFoundError
from bot.core.leave import Leave, LeaveId, LeaveState
from bot.core.people import OrgId
from bot.services.approvals import ApprovalDesk
from bot.services.leave_records import LeaveRecord, LeaveRecords, Step, StepState
from tests.unit.leave.stage import Stage, person, thread

CHANGLE = OrgId("changle")
STAFF, OTHER, CHIEF, DEPUTY = (
    f"changle/{post}" for post in ("staff1", "staff2", "section_chief", "office_deputy")
)
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


class Office(Stage):
    """A leave desk with the embedded platform and its approvers."""

    def __init__(self) -> None:
        super().__init__(orgs=["changle", "yunyang"])
        work = self.database.unit_of_work
        self.platform = LocalPlatform(work, self.clock, self.texts)
        self.approvals = ApprovalDesk(work, self.clock, self.desk, self.texts)
        self.records = LeaveRecords(work)

    def ask(self, user: str, text: str) -> Leave:
        leave = self.file(user, text)
        self.platform.file_approval(self.request(leave.id))
        return leave

    def answer(self, leave: Leave, by: str, *, agree: bool, hour: int, reason: str = "") -> None:
        self.go_to(date(2026, 11, 23), hour)
        with self.database.unit_of_work() as uow:
            approval = uow.approvals.by_key(f"leave:{leave.id}")
        assert approval is not None
        self.approvals.answer(approval.id, person(by).id, agree, reason)

    def read(self, leave: Leave, who: str = STAFF) -> LeaveRecord:
        return self.records.one(person(who), CHANGLE, leave.id)


@pytest.fixture
def office() -> Office:
    return Office()


def at(hour: int) -> datetime:
    return datetime(2026, 11, 23, hour, tzinfo=OFFICE_TIME)


def states(record: LeaveRecord) -> list[StepState]:
    return [step.state for step in record.steps]


def test_every_approver_is_shown_with_the_time_of_the_answer(office: Office) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")
    asked = office.read(leave)
    office.answer(leave, CHIEF, agree=True, hour=10)
    half_way = office.read(leave)
    office.answer(leave, DEPUTY, agree=True, hour=11, reason="注意交接")

    record = office.read(leave)

    assert states(asked) == [StepState.WAITING, StepState.LATER]
    assert states(half_way) == [StepState.AGREED, StepState.WAITING]
    assert record.steps == (
        Step("秘书科科长", person(CHIEF).name, StepState.AGREED, at(10)),
        Step("县政府办公室副主任", person(DEPUTY).name, StepState.AGREED, at(11)),
    )
    assert [(e.state, e.at, e.note) for e in record.events] == [
        (LeaveState.CONFIRMED, at(9), ""),
        (LeaveState.FILED, at(9), ""),
        (LeaveState.APPROVED, at(11), "注意交接"),
    ]


def test_after_a_refusal_nobody_else_is_asked(office: Office) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    office.answer(leave, CHIEF, agree=False, hour=10, reason="人手不够")

    assert [(s.state, s.at) for s in office.read(leave).steps] == [
        (StepState.REFUSED, at(10)),
        (StepState.DROPPED, None),
    ]


def test_of_a_withdrawn_request_no_answer_is_awaited(office: Office) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    office.desk.withdraw(person(STAFF), leave.id, office.turn())

    assert states(office.read(leave)) == [StepState.DROPPED] * 2


def test_an_approver_beside_the_platform_is_named_by_the_post(office: Office) -> None:
    leave = office.ask("changle/head", "12月2日去济南开会")

    steps = office.read(leave, "changle/head").steps

    assert [(step.post, step.state) for step in steps] == [
        ("市长", StepState.OUTSIDE),
        ("县政府办公室主任", StepState.WAITING),
    ]


def test_what_changes_or_extends_a_leave_is_told_with_it(office: Office) -> None:
    old = office.grant(STAFF, "12月1日到2日年休假")
    office.desk.begin_extension(person(STAFF), old.id, thread(STAFF), "续假一天")
    new = office.desk.confirm(person(STAFF), thread(STAFF), office.turn())

    assert [leave.id for leave in office.read(old).later] == [new.id]
    assert office.read(new).leave.extends == old.id


@pytest.mark.parametrize(
    "who", [STAFF, CHIEF, DEPUTY, "changle/clerk1", "changle/head", "changle/office_director"]
)
def test_who_is_concerned_or_keeps_the_register_may_read(office: Office, who: str) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    assert office.read(leave, who).leave == leave


@pytest.mark.parametrize("who", [OTHER, "changle/bureau_staff", "yunyang/clerk1", "yunyang/head"])
def test_nobody_else_may_read(office: Office, who: str) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    with pytest.raises(NotAllowedError, match="leave_read_not_allowed"):
        office.read(leave, who)
    assert office.records.month(person(who), CHANGLE, NOVEMBER) == []


def test_a_leave_is_not_found_in_another_office(office: Office) -> None:
    leave = office.ask(STAFF, "明天请事假一天,搬家")

    for org, number in (("yunyang", leave.id), ("changle", LeaveId(99))):
        with pytest.raises(NotFoundError, match="leave_unknown"):
            office.records.one(person(STAFF), OrgId(org), number)


def test_a_month_holds_what_touches_it_by_the_first_day(office: Office) -> None:
    late = office.ask(STAFF, "12月8日年休假")
    early = office.ask(OTHER, "11月30日到12月1日年休假")
    clerk = person("changle/clerk1")

    december = [r.leave.id for r in office.records.month(clerk, CHANGLE, DECEMBER)]
    november = [r.leave.id for r in office.records.month(clerk, CHANGLE, NOVEMBER)]

    assert (december, november) == ([early.id, late.id], [early.id])


def test_who_keeps_no_register_sees_ones_own_of_the_month(office: Office) -> None:
    own = office.ask(STAFF, "12月8日年休假")
    office.ask(OTHER, "12月9日年休假")

    seen = office.records.month(person(STAFF), CHANGLE, DECEMBER)
    by_chief = office.records.month(person(CHIEF), CHANGLE, DECEMBER)

    assert [record.leave.id for record in seen] == [own.id]
    assert len(by_chief) == 2
