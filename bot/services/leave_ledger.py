"""The register of leaves (准假条登记) of a month, as a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.clock import OFFICE_TIME, Clock, today
from bot.core.errors import InvalidInputError, NotAllowedError
from bot.core.leave import Leave, LeaveState
from bot.core.leave_rights import keeps_register
from bot.core.messages import Message
from bot.core.people import Directory, OrgId, Person
from bot.services.leave_words import LeaveWords
from bot.services.ledgers import LeaveEvent
from bot.services.sheets import Cell, Sheet, SheetWriter
from bot.services.storage import UnitOfWorkFactory

_REGISTER = re.compile(
    r"(?:准假|请假|外出)[^,，。]{0,4}(?:登记|台账|报表|汇总|统计|清单|明细)(?!了)|(?:登记|汇总|统计)[^,，。]{0,4}(?:准假|请假)"
)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
COLUMNS = (
    "id",
    "person",
    "unit",
    "post",
    "kind",
    "span",
    "days",
    "working_days",
    "place",
    "reason",
    "stand_in",
    "approvers",
    "approved_at",
    "returned_at",
    "state",
    "basis",
    "note",
)
GRANTED = frozenset({LeaveState.APPROVED, LeaveState.AWAY, LeaveState.RETURNED, LeaveState.OVERDUE})


@dataclass(frozen=True)
class LeaveLedger:
    """Draws up the register; who may read it is asked here too."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    writer: SheetWriter
    words: LeaveWords

    def check_reader(self, person: Person, org: OrgId) -> None:
        """Whether a person may read the register: clerks, leaders and heads of that office.

        Raises:
            NotAllowedError: others may not ("leave_ledger_not_allowed").
        """
        if not keeps_register(person, org):
            raise NotAllowedError("leave_ledger_not_allowed")

    def month(self, named: str | None) -> date:
        """The first day of a month written as 2026-11 (None: the running one).

        Raises:
            InvalidInputError: it is no month ("leave_month_unreadable").
        """
        if named is None:
            return today(self.clock).replace(day=1)
        found = _MONTH.fullmatch(named)
        try:
            return date(int(found[1]), int(found[2]), 1) if found else _unreadable(named)
        except ValueError:
            return _unreadable(named)

    def told(self, person: Person, text: str) -> Message:
        """Say how the register of the month that a sentence names stands, and where it is.

        Raises:
            See `check_reader`.
        """
        self.check_reader(person, person.org)
        first = _named_month(text, today(self.clock))
        with self.unit_of_work() as uow:
            leaves = uow.leaves.listing(person.org, since=first, until=last_of(first))
        counts = {"count": len(leaves), "granted": sum(leave.state in GRANTED for leave in leaves)}
        link = f"/leaves/{person.org}?month={first:%Y-%m}"
        return Message(
            self._say("ledger_told", year=first.year, month=first.month, link=link, **counts)
        )

    def workbook(self, org: OrgId, first: date) -> bytes:
        """The register of the month that begins on `first`, as a workbook (xlsx)."""
        return self.writer.write(self.sheets(org, first))

    def sheets(self, org: OrgId, first: date) -> list[Sheet]:
        """Leaves granted that touch the month, by their first day; then all that were not."""
        with self.unit_of_work() as uow:
            directory = uow.people.directory(org)
            leaves = uow.leaves.listing(org, since=first, until=last_of(first))
            events = uow.leaves.events([leave.id for leave in leaves])
        leaves.sort(key=lambda leave: (leave.span.first_day, leave.id))
        rows = {leave.id: self._row(leave, events[leave.id], directory) for leave in leaves}
        granted = [rows[leave.id] for leave in leaves if leave.state in GRANTED]
        others = [rows[leave.id] for leave in leaves if leave.state not in GRANTED]
        return [self._sheet("granted", granted), self._sheet("others", others)]

    def _sheet(self, name: str, rows: Iterable[tuple[Cell, ...]]) -> Sheet:
        header = tuple(self._say(f"ledger_{column}") for column in COLUMNS)
        return Sheet(self._say(f"ledger_{name}"), header, tuple(rows))

    def _row(
        self, leave: Leave, events: Sequence[LeaveEvent], directory: Directory
    ) -> tuple[Cell, ...]:
        person = directory.person(leave.user)
        return (
            leave.id,
            person.name if person else leave.user,
            person.unit if person else "",
            person.post if person else "",
            leave.kind.value,
            self.words.span(leave.span, leave.created_at.year),
            leave.span.days,
            leave.working_days,
            leave.place,
            leave.reason,
            leave.stand_in_name,
            self._approvers(leave, events, directory),
            _at(events, LeaveState.APPROVED),
            _at(events, LeaveState.RETURNED),
            self.words.state(leave.state),
            self._say("comma").join(dict.fromkeys(c.label for c in leave.citations)),
            self._note(leave, events),
        )

    def _approvers(self, leave: Leave, events: Sequence[LeaveEvent], directory: Directory) -> str:
        """Who has approved: everybody on the route, the last answer by whoever gave it."""
        settled = [e for e in events if e.state is LeaveState.APPROVED and e.by is not None]
        if not settled:
            return ""
        names = [step.name for step in leave.route if step.name]
        last = directory.person(settled[-1].by) if settled[-1].by else None
        names += [last.name] if last and last.name not in names else []
        return self._say("comma").join(names)

    def _note(self, leave: Leave, events: Sequence[LeaveEvent]) -> str:
        notes = [event.note for event in events if event.note]
        if leave.extends is not None:
            notes.append(self._say("ledger_extends", id=leave.extends))
        if leave.replaces is not None:
            notes.append(self._say("ledger_replaces", id=leave.replaces))
        return self._say("ledger_and").join(notes)

    def _say(self, key: str, **fields: object) -> str:
        return self.words.texts.say(f"leave.{key}", **fields)


def asks_for_register(text: str) -> bool:
    """Whether a sentence asks for the register itself: 本月准假登记, 请假台账."""
    return _REGISTER.search(text) is not None


def _named_month(text: str, day: date) -> date:
    """The month that is looked at: this one, unless the last or another is named."""
    first = day.replace(day=1)
    if re.search(r"上个?月", text):
        return (first - timedelta(days=1)).replace(day=1)
    found = re.search(r"(?:(\d{4})年)?(1[0-2]|0?[1-9])月", text)
    if found is None:
        return first
    named = date(int(found[1] or day.year), int(found[2]), 1)
    is_past = found[1] is None and named > last_of(first) + timedelta(days=31)
    return named.replace(year=day.year - 1) if is_past else named


def _unreadable(named: str) -> date:
    raise InvalidInputError("leave_month_unreadable", month=named)


def last_of(first: date) -> date:
    """The last day of the month that begins on `first`."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _at(events: Sequence[LeaveEvent], state: LeaveState) -> str:
    moment: datetime | None = next((e.at for e in events if e.state is state), None)
    return f"{moment.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}" if moment else ""
