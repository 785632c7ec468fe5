"""The embedded platform: what a person would see and do in DingTalk or WeCom."""

from __future__ import annotations

from fastapi import APIRouter

from bot.api import shapes
from bot.api.deps import ApprovalDeskDep, SettableClockDep, WiringDep
from bot.api.schemas import (
    ApprovalAnswerIn,
    ApprovalOut,
    ApprovalsOut,
    ClockIn,
    ClockOut,
    PushesOut,
    TickOut,
)
from bot.core.people import OrgId, PersonId

router = APIRouter(prefix="/api/local", tags=["local platform"])


@router.get("/messages")
def read_messages(user: str, desk: ApprovalDeskDep, wiring: WiringDep) -> PushesOut:
    """What was pushed to a person or a group, latest last, with all that is due by now."""
    wiring.delivery.deliver_all()
    with wiring.unit_of_work() as uow:
        pushed = uow.local_messages.listing(user)
    return PushesOut(messages=[shapes.push(delivered) for delivered in pushed])


@router.get("/approvals")
def read_approvals(
    desk: ApprovalDeskDep, wiring: WiringDep, org: str | None = None
) -> ApprovalsOut:
    """All approvals, latest first, with all that is due to be filed by now."""
    wiring.delivery.deliver_all()
    found = desk.listing(OrgId(org) if org else None)
    return ApprovalsOut(approvals=[shapes.approval(approval) for approval in found])


@router.post("/approvals/{approval_id}")
def answer_approval(
    approval_id: str, body: ApprovalAnswerIn, desk: ApprovalDeskDep, wiring: WiringDep
) -> ApprovalOut:
    """Agree or refuse as the approver whose turn it is."""
    approval = desk.answer(approval_id, PersonId(body.by), body.action == "agree", body.reason)
    wiring.delivery.deliver_all()
    return shapes.approval(approval)


@router.get("/clock")
def read_clock(clock: SettableClockDep) -> ClockOut:
    """What the service's clock says."""
    return ClockOut(now=clock.now())


@router.post("/clock")
def set_clock(body: ClockIn, clock: SettableClockDep) -> ClockOut:
    """Set the service's clock, which goes on from there."""
    return ClockOut(now=clock.set(body.now))


@router.post("/tick")
def tick(clock: SettableClockDep, wiring: WiringDep) -> TickOut:
    """Write down and send all that is due by now."""
    wiring.ticker.tick()
    return TickOut(now=clock.now(), delivered=wiring.delivery.deliver_all())
