"""The leave ledger."""

from __future__ import annotations

from fastapi import APIRouter

from bot.api import shapes
from bot.api.deps import OrgDep, WiringDep, find_person
from bot.api.schemas import LeavesOut

router = APIRouter(prefix="/api", tags=["leave"])


@router.get("/leaves")
def read_leaves(org: OrgDep, wiring: WiringDep, user: str | None = None) -> LeavesOut:
    """The leaves of an office, or of one person of it."""
    person = find_person(user, wiring).id if user else None
    leaves = wiring.leave_desk.listing(org, person)
    return LeavesOut(leaves=[shapes.leave(leave) for leave in leaves])
