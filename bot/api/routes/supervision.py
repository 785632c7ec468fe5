"""The supervision ledger."""

from __future__ import annotations

from fastapi import APIRouter

from bot.api import shapes
from bot.api.deps import OrgDep, ReaderDep, WiringDep
from bot.api.ledger_schemas import ItemsOut
from bot.core.errors import InvalidInputError
from bot.core.supervision import ItemState
from bot.core.supervision_rights import Act, may

router = APIRouter(prefix="/api", tags=["supervision"])


@router.get("/supervision")
def read_items(
    org: OrgDep, wiring: WiringDep, reader: ReaderDep, state: str | None = None
) -> ItemsOut:
    """The items of an office, or those in one state, as far as the reader may see them."""
    if state is not None and state not in list(ItemState):
        raise InvalidInputError("state_unknown", known="、".join(ItemState))
    items = wiring.supervision_desk.listing(org, state)
    if reader is not None:
        items = [item for item in items if may(reader, Act.SEE, item)]
    with wiring.unit_of_work() as uow:
        reminders = uow.items.reminders([item.id for item in items])
    return ItemsOut(items=[shapes.item(item, reminders.get(item.id, [])) for item in items])
