"""A leave desk whose approvals run on a stand-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.adapters.channels.calling import Line
from bot.core.clock import OFFICE_TIME
from bot.core.leave import Leave, LeaveState
from bot.core.people import OrgId, PersonId
from bot.services.approval_filer import ApprovalFiler
from bot.services.carried_approvals import CarriedApprovals
from bot.services.deliver import Delivery
from bot.services.outside import Platform
from bot.services.storage import OutboxState
from tests.fakes.channels.process import StandIn
from tests.unit.leave.stage import Stage, person, thread

ORG = OrgId("changle")
STAFF = PersonId("changle/staff1")
CHIEF, DEPUTY = PersonId("changle/section_chief"), PersonId("changle/office_deputy")


@dataclass(frozen=True)
class Carried:
    """What a platform carries approvals and messages with."""

    platform: Platform
    approvals: ApprovalFiler
    line: Line[Any]


class LeaveOffice:
    """Changle: the demo directory, with everybody who approves in the stand-in's address book."""

    def __init__(self, stand_in: StandIn, stage: Stage, carried: Carried) -> None:
        self.stand_in, self.stage, self.line = stand_in, stage, carried.line
        unit_of_work, clock, texts = stage.database.unit_of_work, stage.clock, stage.texts
        self.approvals = carried.approvals
        self.delivery = Delivery(unit_of_work, clock, carried.platform, stage.desk)
        self.desk = CarriedApprovals(unit_of_work, clock, stage.desk, texts, carried.approvals)
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
        """The approvals that the platform has."""
        found: list[dict[str, Any]] = self.stand_in.ask("approvals")
        return found

    def click(self, result: str, remark: str = "") -> None:
        """Let whoever's turn it is answer in the app."""
        [approval] = self.filed()
        said = {"result": result, "remark": remark}
        self.stand_in.order(f"approvals/{self.id_of(approval)}", said)

    def told(self) -> None:
        """Let an event tell of the approval."""
        for approval in self.filed():
            self.desk.refresh(ORG, self.id_of(approval))
        self.delivery.deliver_all()

    def state(self, leave: Leave) -> LeaveState:
        return self.stage.state(leave)

    def states(self) -> set[OutboxState]:
        """Of what is not settled in the outbox."""
        open_states = [OutboxState.PENDING, OutboxState.UNCERTAIN]
        entries = self.stage.database.unit_of_work().outbox.listing(ORG, open_states)
        return {entry.state for entry in entries}

    def seen_by(self, user: PersonId) -> list[str]:
        """What somebody was shown."""
        return [self.words_of(each) for each in self.stand_in.sent(user.split("/")[1])]

    def id_of(self, approval: dict[str, Any]) -> str:
        """The platform's id of an approval."""
        return str(approval["id"])

    def words_of(self, sent: dict[str, Any]) -> str:
        """The text of what was shown."""
        return str(sent["param"]["text"])
