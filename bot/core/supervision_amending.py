"""Amending an item (变更): another lead unit, another responsible person, another content."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.errors import InvalidInputError
from bot.core.people import Person, PersonId
from bot.core.supervision import Item, ItemState, ItemStateError
from bot.core.supervision_rights import Act, require
from bot.core.supervision_steps import require_open


@dataclass(frozen=True)
class AmendWish:
    """What a sentence puts in the place of what an item has; None: it stays.

    `item` is the part of the sentence that names the item, without what is to be changed.
    """

    item: str
    lead_unit: str | None = None
    person: str | None = None  # by name
    content: str | None = None


@dataclass(frozen=True)
class LeadUnit:
    """Who is to answer for an item; as an item has them."""

    name: str
    listed: bool
    person: PersonId | None
    leader: PersonId | None


@dataclass(frozen=True)
class Amendment:
    """An item before and after a change of it."""

    before: Item
    after: Item

    @property
    def moved(self) -> bool:
        """Whether another unit leads."""
        return self.before.lead_unit != self.after.lead_unit

    @property
    def hands_on(self) -> bool:
        """Whether somebody else answers for it."""
        return self.before.person != self.after.person


def amend(item: Item, by: Person, lead: LeadUnit, content: str) -> Amendment:
    """Change an item. Another unit has to sign for it, and has asked for no extension.

    Raises:
        InvalidInputError: "amend_same", nothing would change.
        ItemStateError: it is closed, or its unit would change while it is in review.
    """
    require(by, Act.AMEND, item)
    require_open(item)
    after = replace(
        item,
        lead_unit=lead.name,
        registered_unit=lead.listed,
        person=lead.person,
        leader=lead.leader,
        content=content,
    )
    if after == item:
        raise InvalidInputError("amend_same", number=item.number)
    return Amendment(item, _handed_over(after) if lead.name != item.lead_unit else after)


def _handed_over(item: Item) -> Item:
    """The item as a new unit gets it: 待签收 again, for nobody of that unit has signed."""
    if item.state is ItemState.IN_REVIEW:
        raise ItemStateError(number=item.number, state=item.state)
    helping = tuple(unit for unit in item.assist_units if unit != item.lead_unit)
    return replace(
        item,
        state=ItemState.UNSIGNED,
        signed_at=None,
        extension_to=None,
        assist_units=helping,
    )
