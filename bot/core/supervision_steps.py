"""What may be done with an item, one function a step: rights first, then the state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.core.errors import InvalidInputError, RefusedError
from bot.core.people import Person
from bot.core.supervision import OPEN_STATES, Item, ItemState, ItemStateError, Progress
from bot.core.supervision_parts import open_parts, unit_spoken_for
from bot.core.supervision_rights import Act, may, require


def sign(item: Item, person: Person, now: datetime) -> Item:
    """Sign for an item (签收)."""
    require(person, Act.SIGN, item)
    _require_unmerged(item)
    if item.state is not ItemState.UNSIGNED:
        raise ItemStateError(number=item.number, state=item.state)
    return replace(item.to(ItemState.WORKING), signed_at=now)


def report(item: Item, person: Person, progress: Progress, finished: bool) -> Item:
    """Add progress; the lead unit's first report signs, and its last one applies for closing.

    An assisting unit reports its own part: `finished` says that this part is done.
    """
    require(person, Act.REPORT, item)
    require_open(item)
    progress = replace(progress, unit=unit_spoken_for(item, person), done=finished)
    if item.state is ItemState.UNSIGNED and may(person, Act.SIGN, item):
        item = sign(item, person, progress.at)
    if finished and item.state is ItemState.WORKING and may(person, Act.FINISH, item):
        item = item.to(ItemState.IN_REVIEW)
    return replace(item, progress=(*item.progress, progress))


def ask_extension(item: Item, person: Person, day: date | None, today: date) -> Item:
    """Ask for a later deadline."""
    require(person, Act.ASK_EXTENSION, item)
    require_open(item)
    return replace(item, extension_to=_later_day(item, day, today))


def grant_extension(item: Item, person: Person, day: date | None, today: date) -> Item:
    """Move the deadline to a day, or to the one asked for; then no rule counts it any more."""
    require(person, Act.DECIDE_EXTENSION, item)
    require_open(item)
    deadline = _later_day(item, day or item.extension_to, today)
    return replace(item, deadline=deadline, deadline_rule=None, extension_to=None)


def refuse_extension(item: Item, person: Person) -> Item:
    """Leave the deadline as it is."""
    require(person, Act.DECIDE_EXTENSION, item)
    require_open(item)
    if item.extension_to is None:
        raise RefusedError("extension_not_asked", number=item.number)
    return replace(item, extension_to=None)


def close(item: Item, person: Person, now: datetime, despite_parts: bool = False) -> Item:
    """Strike an item off the ledger (销号).

    Args:
        despite_parts: Close it though assisting units have not done their parts.

    Raises:
        RefusedError: "item_parts_open", with the units, to be asked about.
    """
    require(person, Act.CLOSE, item)
    _require_unmerged(item)
    closed = replace(item.to(ItemState.CLOSED), closed_at=now, extension_to=None)
    units = open_parts(item)
    if units and not despite_parts:
        raise RefusedError("item_parts_open", number=item.number, units="、".join(units))
    return closed


def send_back(item: Item, person: Person) -> Item:
    """Return an item from review to work (退回)."""
    require(person, Act.SEND_BACK, item)
    _require_unmerged(item)
    if item.state is not ItemState.IN_REVIEW:
        raise ItemStateError(number=item.number, state=item.state)
    return item.to(ItemState.WORKING)


def cancel(item: Item, person: Person, now: datetime) -> Item:
    """Take back an item that should not have been registered (撤销)."""
    require(person, Act.CANCEL, item)
    _require_unmerged(item)
    return replace(item.to(ItemState.CANCELLED), closed_at=now, extension_to=None)


def require_open(item: Item) -> None:
    """Let an item pass with which something can still be done.

    Raises:
        ItemStateError: it is closed or cancelled; "item_merged" if it lives on in another.
    """
    _require_unmerged(item)
    if item.state not in OPEN_STATES:
        raise ItemStateError(number=item.number, state=item.state)


def _require_unmerged(item: Item) -> None:
    if item.merged_into is not None:
        raise ItemStateError("item_merged", number=item.number, main=item.merged_into)


def _later_day(item: Item, day: date | None, today: date) -> date:
    if day is None:
        raise InvalidInputError("extension_day_missing", number=item.number)
    if day < today:
        raise InvalidInputError("deadline_past", day=day)
    if item.deadline is not None and day <= item.deadline:
        raise InvalidInputError("extension_not_later", number=item.number, deadline=item.deadline)
    return day
