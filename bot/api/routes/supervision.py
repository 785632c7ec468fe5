"""The supervision ledger."""

from __future__ import annotations

from fastapi import APIRouter

from bot.api import shapes
from bot.api.deps import OrgDep, WiringDep
from bot.api.schemas import ItemsOut
from bot.core.errors import InvalidInputError
from bot.core.supervision import ItemState

router = APIRouter(prefix="/api", tags=["supervision"])


@router.get("/supervision")
def read_items(org: OrgDep, wiring: WiringDep, state: str | None = None) -> ItemsOut:
    """The items of an office, or those in one state, with their progress and reminders."""
    if state is not None and state not in list(ItemState):
        raise InvalidInputError("state_unknown", known="、".join(ItemState))
    items = wiring.supervision_desk.listing(org, state)
    with wiring.unit_of_work() as uow:
        reminders = uow.items.reminders([item.id for item in items])
    return ItemsOut(items=[shapes.item(item, reminders.get(item.id, [])) for item in items])
