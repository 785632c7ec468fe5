"""Approvals over the wire: filed once whatever happens, and brought back whatever gets lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.core.errors import NotAllowedError, OutsideServiceError
from bot.core.leave import LeaveState
from bot.core.people import PersonId
from bot.services.storage import OutboxState
from tests.fakes.dingtalk.process import StandIn
from tests.integration.channels.leave_office import CHIEF, DEPUTY, STAFF, LeaveOffice
from tests.integration.dingtalk.leave_office import leave_office
from tests.integration.dingtalk.offices import ORG
from tests.unit.leave.stage import person

START = "/v1.0/workflow/processInstances"
TIMEOUT_S = 12.0  # a little longer than we wait for an answer


@pytest.fixture
def office(stand_in: StandIn) -> Iterator[LeaveOffice]:
    office = leave_office(stand_in)
    yield office
    office.line.close()


def test_a_leave_is_filed_with_our_route_and_form(office: LeaveOffice) -> None:
    leave = office.ask()

    [approval] = office.filed()
    values = {value["name"]: value["value"] for value in approval["values"]}
    assert approval["originator"] == "staff1"
    assert [task["userid"] for task in approval["tasks"]] == ["section_chief", "office_deputy"]
    assert values["规矩编号"].startswith(f"leave:{leave.id} ")
    assert (values["请假类型"], values["请假事由"]) == ("事假", "搬家")
    assert "申请人：" in values["其他说明"]
    assert office.stage.stored(leave.id).approval == approval["id"]
    assert office.state(leave) is LeaveState.FILED


def test_everybody_is_told_in_turn_until_the_leave_is_granted(office: LeaveOffice) -> None:
    leave = office.ask()
    assert len(office.seen_by(CHIEF)) == 1

    office.click("agree")
    office.told()
    assert len(office.seen_by(DEPUTY)) == 1
    office.click("agree", "注意交接")
    office.told()

    assert office.state(leave) is LeaveState.APPROVED
    assert "注意交接" in office.seen_by(STAFF)[-1]


def test_a_refusal_comes_back_with_its_reason(office: LeaveOffice) -> None:
    leave = office.ask()
    office.click("refuse", "人手不够")

    office.told()

    assert office.state(leave) is LeaveState.REFUSED
    assert "人手不够" in office.seen_by(STAFF)[-1]


@pytest.mark.parametrize("fault", ["error_after", "cut_after"])
def test_what_may_have_been_filed_is_looked_up_and_not_filed_again(
    fault: str, office: LeaveOffice
) -> None:
    office.stand_in.plan({"fault": fault, "path": START})
    leave = office.ask()
    assert office.state(leave) is LeaveState.CONFIRMED

    office.later(seconds=6)

    assert len(office.filed()) == 1
    assert office.state(leave) is LeaveState.FILED
    assert len(office.seen_by(CHIEF)) == 1


@pytest.mark.slow
def test_silence_after_the_effect_is_looked_up_as_well(office: LeaveOffice) -> None:
    office.stand_in.plan({"fault": "timeout_after", "path": START, "seconds": TIMEOUT_S})
    leave = office.ask()

    office.later(seconds=6)

    assert len(office.filed()) == 1
    assert office.state(leave) is LeaveState.FILED


def test_what_was_certainly_not_filed_is_filed_again_at_once(office: LeaveOffice) -> None:
    office.stand_in.plan({"fault": "throttle", "path": START})
    leave = office.ask()
    assert office.filed() == []

    office.later(seconds=6)

    assert len(office.filed()) == 1
    assert office.state(leave) is LeaveState.FILED
    assert office.stand_in.calls("/v1.0/workflow/processes/instanceIds") == []


def test_an_empty_list_proves_nothing_before_a_minute_has_passed(office: LeaveOffice) -> None:
    office.stand_in.plan({"fault": "error_after", "path": START})
    office.stand_in.order("workflow", {"listing_lag_s": 3600})
    leave = office.ask()

    office.later(seconds=6)
    office.later(seconds=11)
    assert len(office.filed()) == 1
    assert office.states() == {OutboxState.UNCERTAIN}

    office.stand_in.order("workflow", {"listing_lag_s": 0})
    office.later(seconds=30)

    assert len(office.filed()) == 1
    assert office.state(leave) is LeaveState.FILED


def test_what_nobody_finds_after_a_minute_is_filed_anew(office: LeaveOffice) -> None:
    office.stand_in.plan({"fault": "error_after", "path": START})
    leave = office.ask()
    office.stand_in.order("approvals/forget")

    for _ in range(4):
        office.later(seconds=41)

    assert len(office.filed()) == 1
    assert office.state(leave) is LeaveState.FILED


def test_an_event_tells_of_an_approval_whose_answer_was_lost(office: LeaveOffice) -> None:
    office.stand_in.plan({"fault": "error_after", "path": START})
    leave = office.ask()
    office.click("agree")
    office.click("agree")

    office.stage.clock.advance(seconds=16)
    office.told()
    assert office.state(leave) is LeaveState.APPROVED

    office.later(minutes=1)
    assert len(office.filed()) == 1
    assert office.states() == set()


def test_an_event_that_overtakes_the_answer_costs_no_look(office: LeaveOffice) -> None:
    office.stand_in.plan({"fault": "error_after", "path": START})
    office.ask()
    looked = len(office.stand_in.calls(START))

    office.told()

    assert len(office.stand_in.calls(START)) == looked


def test_a_copy_submitted_by_hand_decides_nothing(office: LeaveOffice) -> None:
    leave = office.ask()
    [ours] = office.filed()
    friend = {"approvers": ["supervisor1"]}
    copy = office.stand_in.order(f"copy/{ours['id']}", friend)["instanceId"]
    office.stand_in.order(f"approvals/{copy}", {"result": "agree"})

    office.desk.refresh(ORG, copy)

    assert office.state(leave) is LeaveState.FILED


def test_a_copy_made_while_ours_is_unknown_does_not_take_its_place(office: LeaveOffice) -> None:
    office.stand_in.plan({"fault": "error_after", "path": START})
    leave = office.ask()
    [ours] = office.filed()
    copy = office.stand_in.order(f"copy/{ours['id']}", {"approvers": ["supervisor1"]})
    office.stand_in.order(f"approvals/{copy['instanceId']}", {"result": "agree"})

    office.stage.clock.advance(seconds=16)
    office.desk.refresh(ORG, copy["instanceId"])
    office.later(seconds=6)

    assert office.state(leave) is LeaveState.FILED
    assert office.stage.stored(leave.id).approval == ours["id"]


def test_lost_events_are_made_up_for_by_looking(office: LeaveOffice) -> None:
    leave = office.ask()
    office.click("agree")
    office.click("agree")

    office.stage.clock.advance(minutes=10)
    office.desk.reconcile()

    assert office.state(leave) is LeaveState.APPROVED


def test_a_withdrawn_leave_is_called_off_on_the_platform(office: LeaveOffice) -> None:
    leave = office.ask()
    office.stage.desk.withdraw(person(STAFF), leave.id, office.stage.turn())

    office.delivery.cancel_unwanted()
    office.delivery.cancel_unwanted()

    [approval] = office.filed()
    assert approval["status"] == "TERMINATED"
    assert len(office.stand_in.calls(f"{START}/terminate")) == 1


def test_a_withdrawal_that_got_no_answer_is_taken_for_done_once_it_is(office: LeaveOffice) -> None:
    leave = office.ask()
    office.stage.desk.withdraw(person(STAFF), leave.id, office.stage.turn())
    office.stand_in.plan({"fault": "error_after", "path": f"{START}/terminate"})

    office.delivery.cancel_unwanted()

    assert office.stage.desk.unwanted_approvals() == []
    assert len(office.stand_in.calls(f"{START}/terminate")) == 1


def test_a_withdrawal_comes_too_late_where_the_approver_was_quicker(office: LeaveOffice) -> None:
    leave = office.ask()
    office.click("refuse")
    office.stage.desk.withdraw(person(STAFF), leave.id, office.stage.turn())

    office.delivery.cancel_unwanted()
    office.told()

    assert office.state(leave) is LeaveState.WITHDRAWN
    assert office.stage.desk.unwanted_approvals() == []


def test_what_is_called_off_in_the_app_is_withdrawn_here(office: LeaveOffice) -> None:
    leave = office.ask()
    [approval] = office.filed()
    office.stand_in.order(f"approvals/{approval['id']}/revoke")

    office.told()

    assert office.state(leave) is LeaveState.WITHDRAWN
    assert "已在平台上撤销" in office.seen_by(STAFF)[-1]


def test_whom_the_turn_was_passed_on_to_decides(office: LeaveOffice) -> None:
    leave = office.ask()
    [approval] = office.filed()
    office.stand_in.order(f"approvals/{approval['id']}/redirect", {"to": "office_director"})
    office.click("refuse", "另行安排")

    office.told()

    events = office.stage.database.unit_of_work().leaves.events([leave.id])
    assert office.state(leave) is LeaveState.REFUSED
    assert events[leave.id][-1].by == "changle/office_director"


def test_ones_own_agreement_is_none(office: LeaveOffice) -> None:
    leave = office.ask()
    [approval] = office.filed()
    office.click("agree")
    office.stand_in.order(f"approvals/{approval['id']}/redirect", {"to": "staff1"})
    office.click("agree")

    office.told()

    assert office.state(leave) is LeaveState.WITHDRAWN


def test_an_answer_in_chat_is_given_on_the_platform(office: LeaveOffice) -> None:
    leave = office.ask()
    [approval] = office.filed()

    office.desk.answer(approval["id"], CHIEF, agree=True)
    office.desk.answer(approval["id"], DEPUTY, agree=True, reason="注意交接")

    [approval] = office.filed()
    assert (approval["status"], approval["result"]) == ("COMPLETED", "agree")
    assert approval["records"][-1]["remark"] == "注意交接"
    assert office.state(leave) is LeaveState.APPROVED


def test_an_answer_after_the_turn_was_passed_on_is_not_taken(office: LeaveOffice) -> None:
    office.ask()
    [approval] = office.filed()
    office.stand_in.order(f"approvals/{approval['id']}/redirect", {"to": "office_director"})

    with pytest.raises(OutsideServiceError, match="dingtalk_no_task"):
        office.desk.answer(approval["id"], CHIEF, agree=True)
    with pytest.raises(NotAllowedError):
        office.desk.answer(approval["id"], PersonId("changle/office_director"), agree=True)


def test_a_form_that_does_not_fit_files_nothing_and_is_tried_again(office: LeaveOffice) -> None:
    office.stand_in.order("forms/PROC-LEAVE", {"name": "请假", "items": []})

    leave = office.ask()

    assert office.filed() == []
    assert office.state(leave) is LeaveState.CONFIRMED
    assert office.states() == {OutboxState.PENDING}


def test_the_asker_is_told_when_the_form_is_not_taken_for_long(office: LeaveOffice) -> None:
    office.stand_in.order("forms/PROC-LEAVE", {"name": "请假", "items": []})
    office.ask()

    for _ in range(9):
        office.later(minutes=11)

    assert "没有能提交到审批平台" in office.seen_by(STAFF)[-1]
    assert len(office.seen_by(STAFF)) == 1
