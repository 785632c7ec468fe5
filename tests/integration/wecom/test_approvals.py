"""Approvals over the wire: filed once whatever happens, and brought back whatever gets lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.clock import OFFICE_TIME
from bot.core.errors import NotAllowedError
from bot.core.leave import LeaveState
from bot.services.storage import OutboxState
from tests.fakes.wecom.process import StandIn
from tests.integration.channels.leave_office import CHIEF, DEPUTY, ORG, STAFF
from tests.integration.wecom.offices import (
    APP,
    CONTROLS,
    WeComOffice,
    publish_the_template,
)
from tests.unit.leave.stage import person

START = "/cgi-bin/oa/applyevent"
LIST = "/cgi-bin/oa/getapprovalinfo"
TIMEOUT_S = 12.0  # a little longer than we wait for an answer


@pytest.fixture
def office(stand_in: StandIn) -> Iterator[WeComOffice]:
    office = WeComOffice(stand_in)
    yield office
    office.line.close()


def contents(approval: dict[str, Any]) -> dict[str, Any]:
    """The values of an approval's controls, by title."""
    return {each["title"][0]["text"]: each["value"] for each in approval["contents"]}


def test_a_leave_is_filed_with_our_route_and_the_templates_controls(office: WeComOffice) -> None:
    leave = office.ask()

    [approval] = office.filed()
    values = contents(approval)
    assert approval["creator"] == "staff1"
    assert [node["userid"] for node in approval["nodes"]] == ["section_chief", "office_deputy"]
    assert values["规矩编号"]["text"].startswith(f"leave:{leave.id} ")
    assert values["请假事由"] == {"text": "搬家"}
    assert "申请人：" in values["其他说明"]["text"]
    assert office.state(leave) is LeaveState.FILED


def test_days_and_kind_stand_in_the_vacation_control(office: WeComOffice) -> None:
    leave = office.ask("明天下午请年休假半天,搬家")

    value = contents(office.filed()[0])["请假"]["vacation"]
    days = value["attendance"]["date_range"]
    noon = datetime.combine(leave.span.first_day, datetime.min.time(), OFFICE_TIME)
    assert value["selector"]["options"] == [{"key": "1"}]
    assert days["new_begin"] == int((noon + timedelta(hours=12)).timestamp())
    assert days["new_end"] == days["new_begin"]
    assert days["new_duration"] == 43_200


def test_everybody_is_told_in_turn_until_the_leave_is_granted(office: WeComOffice) -> None:
    leave = office.ask()
    assert len(office.seen_by(CHIEF)) == 1

    office.click("agree")
    office.told()
    assert len(office.seen_by(DEPUTY)) == 1
    office.click("agree", "注意交接")
    office.told()

    assert office.state(leave) is LeaveState.APPROVED
    assert "注意交接" in office.seen_by(STAFF)[-1]


def test_a_refusal_comes_back_with_its_reason(office: WeComOffice) -> None:
    leave = office.ask()
    office.click("refuse", "人手不够")

    office.told()

    assert office.state(leave) is LeaveState.REFUSED
    assert "人手不够" in office.seen_by(STAFF)[-1]


def test_approvers_are_sent_to_wecom_and_not_asked_to_answer_here(office: WeComOffice) -> None:
    office.ask()
    [approval] = office.filed()

    with pytest.raises(NotAllowedError, match="approval_elsewhere"):
        office.desk.answer(approval["number"], CHIEF, agree=True)

    [asked] = office.stand_in.sent("section_chief")
    assert asked["msgtype"] == "text"
    assert "审批应用" in asked["content"]["content"]


@pytest.mark.parametrize("fault", ["error_after", "cut_after"])
def test_what_may_have_been_filed_is_looked_up_and_not_filed_again(
    fault: str, office: WeComOffice
) -> None:
    office.stand_in.plan({"fault": fault, "path": START})
    leave = office.ask()
    assert office.state(leave) is LeaveState.CONFIRMED

    office.later(seconds=6)

    assert len(office.filed()) == 1
    assert office.state(leave) is LeaveState.FILED
    assert len(office.seen_by(CHIEF)) == 1


@pytest.mark.slow
def test_silence_after_the_effect_is_looked_up_as_well(office: WeComOffice) -> None:
    office.stand_in.plan({"fault": "timeout_after", "path": START, "seconds": TIMEOUT_S})
    leave = office.ask()

    office.later(seconds=6)

    assert len(office.filed()) == 1
    assert office.state(leave) is LeaveState.FILED


def test_what_was_certainly_not_filed_is_filed_again_without_a_look(office: WeComOffice) -> None:
    office.stand_in.plan({"fault": "ban", "path": START})
    leave = office.ask()
    assert office.filed() == []

    office.later(seconds=6)

    assert len(office.filed()) == 1
    assert office.state(leave) is LeaveState.FILED
    assert office.stand_in.calls(LIST) == []


def test_an_empty_list_proves_nothing_before_a_minute_has_passed(office: WeComOffice) -> None:
    office.stand_in.plan({"fault": "error_after", "path": START})
    office.stand_in.order("workflow", {"listing_lag_s": 3600})
    leave = office.ask()

    office.later(seconds=6)
    assert len(office.filed()) == 1
    assert office.states() == {OutboxState.UNCERTAIN}

    office.stand_in.order("workflow", {"listing_lag_s": 0})
    office.later(seconds=30)

    assert len(office.filed()) == 1
    assert office.state(leave) is LeaveState.FILED


def test_an_event_tells_of_an_approval_whose_answer_was_lost(office: WeComOffice) -> None:
    office.stand_in.plan({"fault": "error_after", "path": START})
    leave = office.ask()
    office.click("agree")
    office.click("agree")

    office.stage.clock.advance(seconds=16)
    office.told()

    assert office.state(leave) is LeaveState.APPROVED


def test_a_copy_submitted_by_hand_decides_nothing(office: WeComOffice) -> None:
    leave = office.ask()
    [ours] = office.filed()
    copy = office.stand_in.order(f"copy/{ours['number']}", {"approvers": ["supervisor1"]})
    office.stand_in.order(f"approvals/{copy['sp_no']}", {"result": "agree"})

    office.desk.refresh(ORG, copy["sp_no"])

    assert office.state(leave) is LeaveState.FILED


def test_lost_events_are_made_up_for_by_looking(office: WeComOffice) -> None:
    leave = office.ask()
    office.click("agree")
    office.click("agree")

    office.stage.clock.advance(minutes=10)
    office.desk.reconcile()

    assert office.state(leave) is LeaveState.APPROVED


def test_a_withdrawn_leave_is_left_to_its_asker_to_call_off_in_wecom(office: WeComOffice) -> None:
    leave = office.ask()
    office.stage.desk.withdraw(person(STAFF), leave.id, office.stage.turn())

    office.delivery.cancel_unwanted()
    office.delivery.cancel_unwanted()
    office.delivery.deliver_all()

    assert office.stage.desk.unwanted_approvals() == []
    asked = [words for words in office.seen_by(STAFF) if "点“撤销”" in words]
    assert len(asked) == 1


def test_agreement_to_a_withdrawn_leave_changes_nothing(office: WeComOffice) -> None:
    leave = office.ask()
    office.stage.desk.withdraw(person(STAFF), leave.id, office.stage.turn())
    office.delivery.cancel_unwanted()
    office.click("agree")
    office.click("agree")

    office.told()

    assert office.state(leave) is LeaveState.WITHDRAWN


def test_nobody_is_asked_to_call_off_what_is_decided(office: WeComOffice) -> None:
    leave = office.ask()
    office.click("refuse")
    office.stage.desk.withdraw(person(STAFF), leave.id, office.stage.turn())

    office.delivery.cancel_unwanted()
    office.delivery.deliver_all()

    assert not any("点“撤销”" in words for words in office.seen_by(STAFF))


def test_what_is_called_off_in_the_app_is_withdrawn_here(office: WeComOffice) -> None:
    leave = office.ask()
    [approval] = office.filed()
    office.stand_in.order(f"approvals/{approval['number']}/revoke")

    office.told()

    assert office.state(leave) is LeaveState.WITHDRAWN


def test_whom_the_turn_was_passed_on_to_decides(office: WeComOffice) -> None:
    leave = office.ask()
    [approval] = office.filed()
    number = approval["number"]
    office.stand_in.order(f"approvals/{number}/redirect", {"to": "office_director"})
    office.click("refuse", "另行安排")

    office.told()

    events = office.stage.database.unit_of_work().leaves.events([leave.id])
    assert office.state(leave) is LeaveState.REFUSED
    assert events[leave.id][-1].by == "changle/office_director"


def test_a_template_that_lost_a_control_files_nothing_until_it_is_mended(
    office: WeComOffice,
) -> None:
    publish_the_template(office.stand_in, CONTROLS[:2] + CONTROLS[3:])
    leave = office.ask()
    assert office.filed() == []
    assert office.states() == {OutboxState.PENDING}
    assert office.stand_in.calls(START) == []

    publish_the_template(office.stand_in)
    office.later(seconds=6)

    assert office.state(leave) is LeaveState.FILED


def test_the_asker_is_told_when_the_template_does_not_fit_for_long(office: WeComOffice) -> None:
    publish_the_template(office.stand_in, CONTROLS[:1])
    office.ask()

    for _ in range(9):
        office.later(minutes=11)

    assert "没有能提交到审批平台" in office.seen_by(STAFF)[-1]


def test_an_app_that_may_not_file_says_so_by_its_code(office: WeComOffice) -> None:
    office.stand_in.load(apps=[APP | {"approvals": False}])

    office.ask()

    entries = office.stage.database.unit_of_work().outbox.listing(ORG, [OutboxState.PENDING])
    assert [entry.error for entry in entries] == ["wecom_approval_closed"]
