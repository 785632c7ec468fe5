"""A new item made of what was said, the directory and the office's deadline table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.core.calendar import CalendarUnpublishedError
from bot.core.clock import OFFICE_TIME
from bot.core.errors import InvalidInputError, RefusedError
from bot.core.people import Directory, Person, PersonId, Rank, Role, Unit
from bot.core.rules import Citation
from bot.core.supervision import Item, ItemId, ItemKind, ItemParts, ItemState
from bot.services.supervision_deadlines import DeadlineBook

UNNUMBERED = ItemId(0)  # of a draft
LONGEST_CONTENT = 500  # characters


class UnitUnlistedError(RefusedError):
    """A unit is not in the directory; it may be accepted after a confirmation."""

    code = "unit_unlisted"


@dataclass(frozen=True)
class Registry:
    """Makes items of one office."""

    directory: Directory
    deadlines: DeadlineBook

    def draft(
        self, person: Person, parts: ItemParts, now: datetime, accept_unlisted: bool = False
    ) -> Item:
        """An item with its people and its deadline, without a number; nothing is stored.

        Raises:
            UnitUnlistedError: a unit is not in the directory and `accept_unlisted` is not set.
            InvalidInputError: "item_content_missing", "item_content_long", "item_unit_missing",
                "item_person_unknown", "item_person_which", "item_supervisor_unknown",
                "assigned_to_come", "deadline_past", "item_deadline_missing".
            CalendarUnpublishedError: the rule counts into a year that is not published.
        """
        content, lead = self._checked(parts, accept_unlisted)
        unit = self.directory.unit(lead)
        today = now.astimezone(OFFICE_TIME).date()
        assigned = parts.assigned_day or today
        if assigned > today:
            raise InvalidInputError("assigned_to_come", day=assigned)
        deadline, citation = self._deadline(parts, assigned, today)
        return Item(
            id=UNNUMBERED,
            org=person.org,
            number="",
            content=content,
            source=parts.source or "",
            kind=parts.kind or ItemKind.ORDINARY,
            lead_unit=unit.name if unit else lead,
            registered_unit=unit is not None,
            assist_units=self._assisting(parts, unit.name if unit else lead),
            person=self.responsible(parts.person, unit),
            supervisor=self._supervisor(person, parts),
            leader=unit.leader if unit else None,
            urgent=bool(parts.urgent),
            assigned_day=assigned,
            deadline=deadline,
            deadline_rule=citation,
            state=ItemState.UNSIGNED,
            links=parts.links,
            cycle=parts.cycle if parts.kind is ItemKind.LONG else None,
        )

    def _checked(self, parts: ItemParts, accept_unlisted: bool) -> tuple[str, str]:
        """The content and the lead unit as spoken."""
        if not parts.lead_unit:
            raise InvalidInputError("item_unit_missing")
        if not parts.content:
            raise InvalidInputError("item_content_missing")
        if len(parts.content) > LONGEST_CONTENT:
            raise InvalidInputError("item_content_long", most=LONGEST_CONTENT)
        units = (parts.lead_unit, *parts.assist_units)
        unlisted = [unit for unit in units if self.directory.unit(unit) is None]
        if unlisted and not accept_unlisted:
            raise UnitUnlistedError(unit="、".join(unlisted))
        return parts.content, parts.lead_unit

    def _assisting(self, parts: ItemParts, lead: str) -> tuple[str, ...]:
        found = ((self.directory.unit(spoken), spoken) for spoken in parts.assist_units)
        names = (unit.name if unit else spoken for unit, spoken in found)
        return tuple(name for name in dict.fromkeys(names) if name != lead)

    def _deadline(
        self, parts: ItemParts, assigned: date, today: date
    ) -> tuple[date | None, Citation | None]:
        """The day that was said, or else the one that the office's table gives."""
        day, citation = parts.deadline, None
        if day is None:
            org = self.directory.office.id
            try:
                rule = self.deadlines.deadline(org, parts.kind, parts.source or "", assigned)
            except CalendarUnpublishedError as error:
                raise CalendarUnpublishedError("deadline_unpublished", **error.details) from error
            if rule is None and parts.kind is not ItemKind.LONG:
                raise InvalidInputError("item_deadline_missing")
            day, citation = (rule.day, rule.citation) if rule else (None, None)
        if day is not None and day < today:
            raise InvalidInputError("deadline_past", day=day)
        return day, citation

    def responsible(self, name: str | None, unit: Unit | None) -> PersonId | None:
        """Who answers for an item: the one named, else the head of its unit.

        Raises:
            InvalidInputError: "item_person_unknown", "item_person_which".
        """
        if name is None:
            return unit.head if unit else None
        named = self._named(name)
        inside = [p for p in named if unit is not None and p.unit == unit.name]
        if not named:
            raise InvalidInputError("item_person_unknown", name=name)
        if len(named) > 1 and len(inside) != 1:
            raise InvalidInputError("item_person_which", name=name)
        return (inside or named)[0].id

    def _named(self, spoken: str) -> list[Person]:
        return [p for p in self.directory.people if spoken in (p.name, p.post, p.name + p.post)]

    def _supervisor(self, person: Person, parts: ItemParts) -> PersonId:
        """Who watches over the item: of the supervision office, even if a leader registers it."""
        office = [p for p in self.directory.people if p.has(Role.SUPERVISOR)]
        if parts.supervisor is not None:
            named = [p for p in self._named(parts.supervisor) if p in office]
            if len(named) != 1:
                raise InvalidInputError("item_supervisor_unknown", name=parts.supervisor)
            return named[0].id
        if person.has(Role.SUPERVISOR):
            return person.id
        office.sort(key=lambda p: p.rank is not Rank.STAFF)  # its staff before its chief
        return office[0].id if office else person.id
