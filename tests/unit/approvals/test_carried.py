"""What a real platform makes of an approval comes back, by event or by looking."""

from __future__ import annotations

import pytest

from bot.core.approvals import ApprovalState
from bot.core.errors import NotAllowedError, OutcomeUnknownError, OutsideServiceError
from bot.core.leave import Leave, LeaveState
from bot.core.messages import Push
from bot.core.people import OrgId, PersonId
from bot.services.approvals import ApprovalSettledError, begin_approval
from bot.services.carried_approvals import CarriedApprovals
from bot.services.platform_records import Filing
from tests.fakes.carrier import FakeCarrier
from tests.unit.leave.stage import Stage, person

ORG = OrgId("changle")
STAFF = PersonId("changle/staff1")
CHIEF, DEPUTY = PersonId("changle/section_chief"), PersonId("changle/office_deputy")
ID = "p-1"


class Office:
    """A leave of two approvers that the platform carries."""

    def __init__(self, *, acts: bool = True) -> None:
        self.stage = Stage(orgs=["changle"])
        database, clock, texts = self.stage.database, self.stage.clock, self.stage.texts
        self.carrier = FakeCarrier(acts=acts)
        self.desk = CarriedApprovals(
            database.unit_of_work, clock, self.stage.desk, texts, self.carrier
        )
        self.leave = self.stage.file(STAFF, "明天请事假一天,搬家")
        request = self.stage.request(self.leave.id)
        with database.unit_of_work() as uow:
            uow.filings.open(Filing(request, "mark", clock.now(), approval=ID))
            begin_approval(request, ID, uow, clock, texts)
            uow.commit()

    def state(self, leave: Leave | None = None) -> LeaveState:
        return self.stage.state(leave or self.leave)

    def waits_for(self) -> PersonId | None:
        return self.stage.database.unit_of_work().approvals.get(ID).waiting_for

    def asked(self, user: str) -> int:
        pushes = [p for p in self.stage.payloads() if isinstance(p, Push)]
        return sum(push.to == user and push.key.startswith("approval:") for push in pushes)


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_next_approver_is_asked_once_the_first_has_agreed(office: Office) -> None:
    office.carrier.move(ID, step=1, decided_by=CHIEF)

    office.desk.refresh(ORG, ID)
    office.desk.refresh(ORG, ID)

    assert office.waits_for() == DEPUTY
    assert (office.asked(CHIEF), office.asked(DEPUTY)) == (1, 1)
    assert office.state() is LeaveState.FILED


def test_the_last_agreement_grants_the_leave_and_tells_the_asker(office: Office) -> None:
    office.carrier.move(
        ID, state=ApprovalState.AGREED, step=2, decided_by=DEPUTY, reason="注意交接"
    )

    office.desk.refresh(ORG, ID)

    assert office.state() is LeaveState.APPROVED
    assert "注意交接" in office.stage.pushes_to(STAFF)[-1]


def test_a_refusal_comes_back_with_its_reason(office: Office) -> None:
    office.carrier.move(ID, state=ApprovalState.REFUSED, decided_by=CHIEF, reason="人手不够")

    office.desk.refresh(ORG, ID)

    assert office.state() is LeaveState.REFUSED
    assert "人手不够" in office.stage.pushes_to(STAFF)[-1]


def test_whoever_decided_in_anothers_place_is_noted(office: Office) -> None:
    other = PersonId("changle/office_director")
    office.carrier.move(ID, state=ApprovalState.AGREED, step=2, decided_by=other)

    office.desk.refresh(ORG, ID)

    events = office.stage.database.unit_of_work().leaves.events([office.leave.id])
    assert events[office.leave.id][-1].by == other


def test_an_approval_called_off_on_the_platform_withdraws_the_leave(office: Office) -> None:
    office.carrier.move(ID, state=ApprovalState.CANCELLED)

    office.desk.refresh(ORG, ID)
    office.desk.refresh(ORG, ID)

    assert office.state() is LeaveState.WITHDRAWN
    assert "已在平台上撤销" in office.stage.pushes_to(STAFF)[-1]
    assert office.stage.desk.unwanted_approvals() == []  # nobody is to be told off again


def test_ones_own_agreement_is_none(office: Office) -> None:
    office.carrier.move(ID, state=ApprovalState.AGREED, step=2, decided_by=STAFF)

    office.desk.refresh(ORG, ID)
    office.desk.reconcile()

    assert office.state() is LeaveState.WITHDRAWN


def test_what_is_settled_stays_settled_whatever_comes_later(office: Office) -> None:
    office.carrier.move(ID, state=ApprovalState.REFUSED, decided_by=CHIEF)
    office.desk.refresh(ORG, ID)
    office.carrier.move(ID, state=ApprovalState.AGREED, step=2, decided_by=DEPUTY)

    office.desk.refresh(ORG, ID)

    assert office.state() is LeaveState.REFUSED
    approval = office.stage.database.unit_of_work().approvals.get(ID)
    assert approval.state is ApprovalState.REFUSED


def test_an_older_report_takes_no_step_back(office: Office) -> None:
    office.carrier.move(ID, step=1, decided_by=CHIEF)
    office.desk.refresh(ORG, ID)
    office.carrier.move(ID, step=0, decided_by=None)

    office.desk.refresh(ORG, ID)

    assert office.waits_for() == DEPUTY


def test_more_agreements_than_approvers_do_not_end_it(office: Office) -> None:
    office.carrier.move(ID, step=5)  # somebody was added on the platform

    office.desk.refresh(ORG, ID)

    assert office.waits_for() == DEPUTY


def test_an_event_about_somebody_elses_approval_is_left_alone(office: Office) -> None:
    office.desk.refresh(ORG, "p-other")

    assert office.carrier.asked == []


def test_a_lost_event_is_found_by_looking(office: Office) -> None:
    office.stage.clock.advance(seconds=30)
    office.desk.reconcile()
    office.carrier.move(ID, state=ApprovalState.AGREED, step=2, decided_by=DEPUTY)
    office.desk.reconcile()
    assert office.state() is LeaveState.FILED  # it is too early to look again

    office.stage.clock.advance(minutes=10)
    office.desk.reconcile()

    assert office.state() is LeaveState.APPROVED


def test_what_was_decided_before_its_id_was_known_is_found_soon(office: Office) -> None:
    office.carrier.move(ID, state=ApprovalState.AGREED, step=2, decided_by=DEPUTY)
    office.stage.clock.advance(seconds=29)
    office.desk.reconcile()
    assert office.carrier.asked == []  # mostly the event is on its way

    office.stage.clock.advance(seconds=1)
    office.desk.reconcile()

    assert office.state() is LeaveState.APPROVED


def test_the_longer_nothing_is_heard_the_rarer_it_is_looked_at(office: Office) -> None:
    looks = []
    for _ in range(3 * 24 * 6):
        office.stage.clock.advance(minutes=10)
        before = len(office.carrier.asked)
        office.desk.reconcile()
        looks.append(len(office.carrier.asked) - before)

    assert sum(looks[:6]) == 6  # in the first hour
    assert sum(looks) < 35  # in three days
    assert sum(looks[-36:]) >= 1  # in the last six hours


def test_a_platform_that_is_silent_is_asked_once_a_beat(office: Office) -> None:
    office.carrier.silent = OutsideServiceError("dingtalk_down")
    office.stage.clock.advance(minutes=10)

    office.desk.reconcile()

    assert office.carrier.asked == [ID]
    assert office.state() is LeaveState.FILED


def test_a_withdrawn_leave_is_looked_at_no_more(office: Office) -> None:
    office.stage.desk.withdraw(person(STAFF), office.leave.id, office.stage.turn())
    office.stage.clock.advance(hours=1)

    office.desk.reconcile()

    assert office.carrier.asked == []


def test_an_answer_in_chat_goes_to_the_platform(office: Office) -> None:
    office.desk.answer(ID, CHIEF, agree=True)
    last = office.desk.answer(ID, DEPUTY, agree=True, reason="注意交接", turn_key="turn")

    assert last.state is ApprovalState.AGREED
    assert office.state() is LeaveState.APPROVED
    assert office.desk.done("turn") == last


def test_an_answer_that_the_platform_does_not_take_changes_nothing(office: Office) -> None:
    office.carrier.silent = OutsideServiceError("dingtalk_down")

    with pytest.raises(OutsideServiceError):
        office.desk.answer(ID, CHIEF, agree=True)

    assert office.waits_for() == CHIEF


def test_an_answer_that_may_have_been_taken_is_looked_at(office: Office) -> None:
    office.carrier.doubt = OutcomeUnknownError("dingtalk_silent")

    answered = office.desk.answer(ID, CHIEF, agree=False, reason="人手不够")

    assert answered.state is ApprovalState.REFUSED
    assert office.state() is LeaveState.REFUSED


def test_nobody_answers_out_of_turn_or_for_himself(office: Office) -> None:
    for approver, code in ((DEPUTY, "not_your_turn"), (STAFF, "leave_own_approval")):
        with pytest.raises(NotAllowedError, match=code):
            office.desk.answer(ID, approver, agree=True)

    office.desk.answer(ID, CHIEF, agree=False)
    with pytest.raises(ApprovalSettledError):
        office.desk.answer(ID, CHIEF, agree=True)


def test_where_the_platform_alone_takes_answers_none_is_taken_here() -> None:
    office = Office(acts=False)

    with pytest.raises(NotAllowedError, match="approval_elsewhere"):
        office.desk.answer(ID, CHIEF, agree=True)

    assert office.waits_for() == CHIEF
    assert office.carrier.reports == {}


def test_whose_turn_comes_there_is_told_without_buttons() -> None:
    office = Office(acts=False)
    office.carrier.move(ID, step=1, decided_by=CHIEF)

    office.desk.refresh(ORG, ID)

    [push] = [p for p in office.stage.payloads() if isinstance(p, Push) and p.to == DEPUTY]
    assert push.message.buttons == ()
    assert "审批应用" in push.message.text
