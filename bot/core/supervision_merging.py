"""Merging items (并案), and taking it back: the supervision office alone may do either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.errors import InvalidInputError, RefusedError
from bot.core.people import Person
from bot.core.supervision import OPEN_STATES, Item, ItemState
from bot.core.supervision_rights import Act, require
from bot.core.supervision_steps import require_open


@dataclass(frozen=True)
class Merging:
    """Both sides of a merger, changed: the item that is given up, and the main one."""

    item: Item
    main: Item


def merge(item: Item, main: Item, person: Person, now: datetime) -> Merging:
    """Give an item up for a main one; its units join there as assisting ones.

    It shows as 已撤销 with `merged_into`, so that nothing of it is open or reminded of any more.

    Raises:
        InvalidInputError: "merge_same", an item into itself.
    """
    require(person, Act.MERGE, item)
    require(person, Act.MERGE, main)
    if item.id == main.id:
        raise InvalidInputError("merge_same", number=item.number)
    require_open(item)
    require_open(main)
    known = {main.lead_unit, *main.assist_units}
    joined = tuple(unit for unit in (item.lead_unit, *item.assist_units) if unit not in known)
    merged = replace(
        item.to(ItemState.CANCELLED),
        closed_at=now,
        extension_to=None,
        merged_into=main.number,
        joined_units=joined,
    )
    return Merging(merged, replace(main, assist_units=(*main.assist_units, *joined)))


def unmerge(item: Item, main: Item, others: Iterable[Item], person: Person) -> Merging:
    """Take a merger back: the item is open again, and its units leave the main one.

    A unit stays that has reported there, or that another merged item brought along too.

    Args:
        others: The other items that were merged into the main one.

    Raises:
        RefusedError: "item_not_merged".
    """
    require(person, Act.UNMERGE, item)
    if item.merged_into is None or item.merged_into != main.number:
        raise RefusedError("item_not_merged", number=item.number)
    # The one way out of 已撤销: what was merged was never finished.
    state = ItemState.WORKING if item.signed_at else ItemState.UNSIGNED
    again = replace(item, state=state, closed_at=None, merged_into=None, joined_units=())
    if main.state not in OPEN_STATES:
        return Merging(again, main)
    kept = {report.unit for report in main.progress}
    for other in others:
        kept |= {other.lead_unit, *other.assist_units}
    leaving = set(item.joined_units) - kept
    assisting = tuple(unit for unit in main.assist_units if unit not in leaving)
    return Merging(again, replace(main, assist_units=assisting))
