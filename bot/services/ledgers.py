"""Ports of the ledgers, the directory and the rule documents."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.leave import Leave, LeaveDraft, LeaveId, LeaveState
from bot.core.people import Directory, OrgId, Person, PersonId
from bot.core.reminders import Reminder
from bot.core.rules import Edition
from bot.core.supervision import Item, ItemId, Occasion, SentReminder
from bot.core.supervision_history import ItemEvent

_NUMBER = re.compile(r"(\d{4})\D+(\d+)")


def year_and_serial(number: str) -> tuple[int, int]:
    """The year and the serial in an item's number, by which the ledger finds it.

    Raises:
        ValueError: the number has no four-digit year with a serial after it.
    """
    found = _NUMBER.search(number)
    if found is None:
        raise ValueError(f"an item's number without year and serial: {number}")
    return int(found[1]), int(found[2])


@dataclass(frozen=True)
class LeaveEvent:
    """One change of a leave; `note` is what an approver said with it."""

    state: LeaveState
    at: datetime
    by: PersonId | None = None  # None: time itself
    note: str = ""


@dataclass(frozen=True)
class UnreachedReminder:
    """A reminder that the platform would not deliver; `again`: one of the item to `to` is told."""

    id: int
    item_id: ItemId
    to: str
    again: bool


class LeaveRepository(Protocol):
    """Leaves and the drafts being talked about."""

    def next_id(self) -> LeaveId:
        """Return an id that no stored leave has."""
        ...

    def add(self, leave: Leave, by: PersonId, at: datetime) -> None:
        """Store a new leave with its first event; gone again unless the unit of work commits."""
        ...

    def get(self, leave_id: LeaveId) -> Leave:
        """Return a leave, locked until the unit of work ends.

        Raises:
            NotFoundError: there is none (code "leave_unknown").
        """
        ...

    def update(self, leave: Leave, by: PersonId | None, at: datetime, note: str = "") -> None:
        """Store a changed leave and append an event (`by` None: time itself changed it)."""
        ...

    def events(self, leave_ids: Sequence[LeaveId]) -> dict[LeaveId, list[LeaveEvent]]:
        """What happened to each of these leaves, oldest first."""
        ...

    def read(self, leave_id: LeaveId) -> Leave:
        """Return a leave as it is committed, without waiting for others.

        Raises:
            NotFoundError: there is none (code "leave_unknown").
        """
        ...

    def listing(
        self,
        org: OrgId,
        user: PersonId | None = None,
        since: date | None = None,
        *,
        until: date | None = None,
        states: Collection[LeaveState] | None = None,
    ) -> list[Leave]:
        """Leaves of an office or a person, latest first day first.

        Those that end on `since` or later, begin on `until` or earlier, are in one of `states`.
        """
        ...

    def begun(self, day: date, states: Collection[LeaveState]) -> list[LeaveId]:
        """The leaves of all offices in one of the states that begin on the day or earlier."""
        ...

    def waiting(self) -> list[Leave]:
        """The leaves of all offices that nobody has decided on yet."""
        ...

    def running_though_withdrawn(self) -> list[Leave]:
        """The withdrawn leaves that the platform has an approval of, not cancelled yet."""
        ...

    def draft(self, thread: str) -> LeaveDraft | None:
        """The draft being talked about in a thread, locked until the unit of work ends."""
        ...

    def put_draft(self, draft: LeaveDraft) -> None:
        """Store or replace the draft of its thread."""
        ...

    def drop_draft(self, thread: str) -> None:
        """Forget the draft of a thread, if there is one."""
        ...


class SupervisionRepository(Protocol):
    """The supervision ledger (督办台账)."""

    def next_ids(self, count: int) -> list[ItemId]:
        """Return ids that no stored item has, ascending."""
        ...

    def next_serial(self, org: OrgId, year: int) -> int:
        """The next number of an office's year, from 1, without gaps once committed."""
        ...

    def add(self, item: Item, by: PersonId, at: datetime) -> None:
        """Store a new item with its first event."""
        ...

    def add_all(self, items: Sequence[Item], by: PersonId, at: datetime) -> None:
        """Store many new items as `add` does."""
        ...

    def get(self, org: OrgId, serial: int, year: int) -> Item:
        """Return an item by its number in an office's year, locked until the unit of work ends.

        Raises:
            NotFoundError: the office has no such item (code "item_unknown").
        """
        ...

    def update(self, item: Item, event: str, by: PersonId | None, at: datetime) -> None:
        """Store a changed item, new progress included, and append an event."""
        ...

    def events(self, item_ids: Sequence[ItemId]) -> dict[ItemId, list[ItemEvent]]:
        """What happened to each of these items, oldest first."""
        ...

    def listing(self, org: OrgId | None = None, state: str | None = None) -> list[Item]:
        """Items of an office (None: of all), by id; `state` as in the contract."""
        ...

    def still_open(self, org: OrgId) -> list[Item]:
        """The open items of an office, by id."""
        ...

    def counted_since(self, org: OrgId, day: date) -> list[Item]:
        """What can count for a bulletin of a period that begins on `day` or later, by id.

        What is open, and what was closed or taken back, or due, on that day or later.
        """
        ...

    def awake(self, now: datetime, after: ItemId, limit: int) -> list[Item]:
        """Open items that are not quiet at `now`, by id from beyond `after`, locked."""
        ...

    def locked(self, item_ids: Sequence[ItemId]) -> list[Item]:
        """These items, by id, locked until the unit of work ends."""
        ...

    def hush(self, untils: Mapping[ItemId, datetime], now: datetime) -> None:
        """Note that items are quiet from `now` until these moments; a change undoes it."""
        ...

    def wake(self) -> None:
        """Forget that items are quiet: people, days off or an office's stages have changed."""
        ...

    def add_reminder(
        self, item_id: ItemId, occasion: Occasion, day: date, to: str, push_key: str, at: datetime
    ) -> bool:
        """Note a reminder; False if this (item, occasion, day, to) was noted before."""
        ...

    def add_reminders(self, reminders: Sequence[Reminder], push_key: str, at: datetime) -> None:
        """Note several that go out in one push; one that was noted before stays as it is."""
        ...

    def reminded_by(self, push_keys: Sequence[str]) -> dict[str, list[Item]]:
        """The items that each of these pushes reminds of, by id; none if it is no reminder."""
        ...

    def reminders(
        self, item_ids: Sequence[ItemId], since: date = date.min
    ) -> dict[ItemId, list[SentReminder]]:
        """The reminders of items, oldest first; `status` is that of the outbox entry.

        Of the overdue ones, which come every day, only those of `since` and later.
        """
        ...

    def unreached(self, limit: int) -> list[UnreachedReminder]:
        """Reminders whose push has failed and that nobody has been told of, oldest first."""
        ...

    def note_unreached(self, reminder_ids: Sequence[int], at: datetime) -> None:
        """Note that somebody has been told of reminders that reached nobody."""
        ...


class PeopleRepository(Protocol):
    """The directory (通讯录)."""

    def save(self, directory: Directory) -> None:
        """Store an office with everybody in it, replacing what was there."""
        ...

    def directory(self, org: OrgId) -> Directory:
        """Return an office's directory.

        Raises:
            NotFoundError: the office is unknown (code "org_unknown").
        """
        ...

    def person(self, person_id: PersonId) -> Person:
        """Return one person of whatever office.

        Raises:
            NotFoundError: nobody has this id (code "person_unknown").
        """
        ...

    def orgs(self) -> list[OrgId]:
        """Every office, in alphabetical order."""
        ...


class RuleRepository(Protocol):
    """Editions of the rule documents with their articles and clauses."""

    def save(self, edition: Edition) -> bool:
        """Store an edition; False if one with its id and content hash is stored already."""
        ...

    def editions(self, org: OrgId | None = None) -> list[Edition]:
        """All editions, by office and effective day."""
        ...
