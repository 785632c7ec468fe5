"""A new item made of what was said, the directory and the office's deadline table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.clock import OFFICE_TIME
from bot.core.errors import InvalidInputError, RefusedError
from bot.core.people import Directory, Person, PersonId, Rank, Role
from bot.core.rules import Citation
from bot.core.supervision import Item, ItemKind, ItemParts, ItemState, item_number
from bot.services.storage import UnitOfWork
from bot.services.supervision_deadlines import DeadlineBook


class UnitUnlistedError(RefusedError):
    """A unit is not in the directory; it may be accepted after a confirmation."""

    code = "unit_unlisted"


@dataclass(frozen=True)
class Registry:
    """Makes items of one office."""

    directory: Directory
    deadlines: DeadlineBook

    def new_item(
        self,
        uow: UnitOfWork,
        person: Person,
        parts: ItemParts,
        now: datetime,
        accept_unlisted: bool,
    ) -> Item:
        """An item with its number, its people and its deadline; not stored yet."""
        content, lead = self._checked(parts, accept_unlisted)
        day = now.astimezone(OFFICE_TIME).date()
        deadline, citation = self._deadline(parts, day)
        unit = self.directory.unit(lead)
        return Item(
            id=uow.items.next_id(),
            org=person.org,
            number=item_number(day.year, uow.items.next_serial(person.org, day.year)),
            content=content,
            source=parts.source or "",
            kind=parts.kind or ItemKind.ORDINARY,
            lead_unit=unit.name if unit else lead,
            registered_unit=unit is not None,
            assist_units=self._assisting(parts),
            person=unit.head if unit else None,
            supervisor=self._supervisor(person),
            leader=unit.leader if unit else None,
            urgent=bool(parts.urgent),
            assigned_day=day,
            deadline=deadline,
            deadline_rule=citation,
            state=ItemState.UNSIGNED,
        )

    def _checked(self, parts: ItemParts, accept_unlisted: bool) -> tuple[str, str]:
        """The content and the lead unit as spoken."""
        if not parts.lead_unit:
            raise InvalidInputError("item_unit_missing")
        if not parts.content:
            raise InvalidInputError("item_content_missing")
        units = (parts.lead_unit, *parts.assist_units)
        unlisted = [unit for unit in units if self.directory.unit(unit) is None]
        if unlisted and not accept_unlisted:
            raise UnitUnlistedError(unit="、".join(unlisted))
        return parts.content, parts.lead_unit

    def _assisting(self, parts: ItemParts) -> tuple[str, ...]:
        found = ((self.directory.unit(spoken), spoken) for spoken in parts.assist_units)
        return tuple(unit.name if unit else spoken for unit, spoken in found)

    def _deadline(self, parts: ItemParts, day: date) -> tuple[date | None, Citation | None]:
        """The day that was said, or else the one that the office's table gives."""
        if parts.deadline is not None:
            if parts.deadline < day:
                raise InvalidInputError("deadline_past", day=parts.deadline)
            return parts.deadline, None
        org = self.directory.office.id
        rule = self.deadlines.deadline(org, parts.kind, parts.source or "", day)
        if rule is not None:
            return rule.day, rule.citation
        if parts.kind is ItemKind.LONG:
            return None, None
        raise InvalidInputError("item_deadline_missing")

    def _supervisor(self, person: Person) -> PersonId:
        """Who watches over the item: of the supervision office, even if a leader registers it."""
        if person.has(Role.SUPERVISOR):
            return person.id
        office = [p for p in self.directory.people if p.has(Role.SUPERVISOR)]
        office.sort(key=lambda p: p.rank is not Rank.STAFF)  # its staff before its chief
        return office[0].id if office else person.id
