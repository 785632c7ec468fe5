"""A new duty made of what was said, the directory and the office's time limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.clock import OFFICE_TIME
from bot.core.duties import Duty, DutyId, DutyKind, Lapse
from bot.core.errors import InvalidInputError
from bot.core.office_hours import OfficeHours
from bot.core.people import Directory, OrgId, Person, PersonId
from bot.services.duty_rules import DutyRule, DutyRules, end_of
from bot.services.storage import UnitOfWork


@dataclass(frozen=True)
class DutyParts:
    """What one sentence says about a new duty; None means it does not say."""

    kinds: tuple[DutyKind, ...] = ()
    title: str | None = None
    unit: str | None = None
    due_day: date | None = None
    meeting: str = ""
    start: datetime | None = None  # of minutes: when the meeting ended


class DutyReader(Protocol):
    """Understands what people say about duties."""

    def read(self, text: str, now: datetime, directory: Directory) -> DutyParts:
        """The parts that a sentence states."""
        ...

    def read_number(self, text: str) -> DutyId | None:
        """The duty that a sentence names (待办3号)."""
        ...


@dataclass(frozen=True)
class DutyRegistry:
    """Makes duties of one office."""

    directory: Directory
    rules: DutyRules
    hours: OfficeHours

    def new_duties(
        self, uow: UnitOfWork, person: Person, parts: DutyParts, now: datetime
    ) -> list[Duty]:
        """The duties that a sentence asks for; not stored yet."""
        if not parts.kinds:
            raise InvalidInputError("duty_kind_missing")
        if not parts.title:
            raise InvalidInputError("duty_title_missing")
        owner, unit = self._owner(person, parts)
        found = []
        for kind in parts.kinds:
            rule = self._rule(person.org, kind, parts, now)
            if rule is None:
                continue
            found.append(
                Duty(
                    id=uow.duties.next_id(),
                    org=person.org,
                    kind=kind,
                    title=parts.title,
                    unit=unit,
                    person=owner,
                    by=person.id,
                    opened_at=now,
                    due_at=rule.due_at or now,
                    rule=rule.citation,
                    lapse=rule.lapse,
                    lapse_rule=rule.lapse_citation,
                )
            )
        if not found:
            raise InvalidInputError("duty_deadline_missing")
        return found

    def _rule(self, org: OrgId, kind: DutyKind, parts: DutyParts, now: datetime) -> DutyRule | None:
        """The moment that was said, or else the rule's; what a lapse means is the rule's."""
        rule = self.rules.rule(org, kind, parts.start or now, self.hours, parts.meeting)
        if parts.due_day is None:
            return rule if rule is not None and rule.due_at is not None else None
        if parts.due_day < now.astimezone(OFFICE_TIME).date():
            raise InvalidInputError("deadline_past", day=parts.due_day)
        due_at = end_of(parts.due_day, self.hours)
        if rule is None:
            return DutyRule(due_at, None, Lapse.NOTHING, None)
        return DutyRule(due_at, None, rule.lapse, rule.lapse_citation)

    def _owner(self, person: Person, parts: DutyParts) -> tuple[PersonId, str]:
        """Who owes it: the head of the unit, or of minutes whoever says so."""
        unit = self.directory.unit(parts.unit) if parts.unit else None
        if unit is None and DutyKind.MINUTES_REVIEW in parts.kinds:
            return person.id, person.unit
        if unit is None or unit.head is None:
            raise InvalidInputError("duty_unit_missing", unit=parts.unit or "")
        return unit.head, unit.name
