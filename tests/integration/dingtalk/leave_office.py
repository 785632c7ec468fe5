"""A leave desk whose approvals run on the stand-in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.adapters.dingtalk.approvals import DingTalkApprovals
from bot.adapters.dingtalk.platform import DingTalkLine, DingTalkPlatform
from bot.core.clock import OFFICE_TIME
from bot.core.leave import Leave, LeaveState
from bot.core.people import PersonId
from bot.services.approval_filer import ApprovalFiler
from bot.services.cards import CardLog
from bot.services.carried_approvals import CarriedApprovals
from bot.services.deliver import Delivery
from tests.fakes.dingtalk.process import StandIn
from tests.integration.dingtalk.conftest import CORP
from tests.integration.dingtalk.offices import ORG, config_of, publish_the_form
from tests.unit.leave.stage import Stage, person, thread

STAFF = PersonId("changle/staff1")
CHIEF, DEPUTY = PersonId("changle/section_chief"), PersonId("changle/office_deputy")


class LeaveOffice:
    """Changle: the demo directory, with everybody who approves in the stand-in's address book."""

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        stand_in.load(members=[{"userid": "office_deputy", "corp_id": CORP, "name": "覃明辨"}])
        publish_the_form(stand_in)
        self.stage = Stage(orgs=[ORG])
        unit_of_work, clock, texts = (
            self.stage.database.unit_of_work,
            self.stage.clock,
            self.stage.texts,
        )
        self.line = DingTalkLine([config_of(stand_in)], lambda org, channel, api: None)
        api = DingTalkApprovals(self.line.clients, self.line.loop, texts)
        self.approvals = ApprovalFiler(api, unit_of_work, clock, texts)
        platform = DingTalkPlatform(
            self.line.loop,
            self.line.senders(unit_of_work, clock, texts, "1a2b"),
            self.approvals,
            CardLog(unit_of_work, clock, texts),
        )
        self.delivery = Delivery(unit_of_work, clock, platform, self.stage.desk)
        self.desk = CarriedApprovals(unit_of_work, clock, self.stage.desk, texts, self.approvals)
        # The list of the stand-in goes by the machine's clock.
        clock.set(datetime.now(OFFICE_TIME))

    def ask(self, text: str = "明天请事假一天,搬家") -> Leave:
        """Confirm a leave and have everything delivered that is due."""
        self.stage.preview(STAFF, text)
        leave = self.stage.desk.confirm(person(STAFF), thread(STAFF), self.stage.turn())
        self.delivery.deliver_all()
        return leave

    def later(self, **units: float) -> None:
        """Let time pass and deliver what has become due."""
        self.stage.clock.advance(**units)
        self.delivery.deliver_all()

    def filed(self) -> list[dict[str, Any]]:
        """The approvals that DingTalk has."""
        found: list[dict[str, Any]] = self.stand_in.ask("approvals")
        return found

    def click(self, result: str, remark: str = "") -> None:
        """Let whoever's turn it is answer in the app."""
        [approval] = self.filed()
        self.stand_in.order(f"approvals/{approval['id']}", {"result": result, "remark": remark})

    def told(self) -> None:
        """Let an event tell of the approval."""
        for approval in self.filed():
            self.desk.refresh(ORG, approval["id"])
        self.delivery.deliver_all()

    def state(self, leave: Leave) -> LeaveState:
        return self.stage.state(leave)

    def seen_by(self, user: PersonId) -> list[str]:
        """What the robot has shown somebody."""
        sent = self.stand_in.sent(user.split("/")[1])
        return [each["param"]["text"] for each in sent]
