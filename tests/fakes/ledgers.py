"""The ledgers, the directory and the rule documents in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from bot.core.clock import OFFICE_TIME
from bot.core.errors import NotFoundError
from bot.core.leave import Leave, LeaveDraft, LeaveId, LeaveState
from bot.core.leave_links import WAITING
from bot.core.people import Directory, OrgId, Person, PersonId
from bot.core.reminders import Reminder
from bot.core.rules import Edition
from bot.core.supervision import OPEN_STATES, Item, ItemId, Occasion, SentReminder
from bot.core.supervision_history import ItemEvent
from bot.services.ledgers import (
    LeaveEvent,
    UnreachedReminder,
    year_and_serial,
)
from bot.services.storage import READ, OutboxState
from tests.fakes.tables import Session


class FakeLeaveRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next_id(self) -> LeaveId:
        return LeaveId(self._session.next_number("leave"))

    def add(self, leave: Leave, by: PersonId, at: datetime) -> None:
        self._put(leave, by, at)

    def get(self, leave_id: LeaveId) -> Leave:
        leave = self._session.tables.leaves.get(leave_id)
        if leave is None:
            raise NotFoundError("leave_unknown", leave=leave_id)
        return leave

    def update(self, leave: Leave, by: PersonId | None, at: datetime, note: str = "") -> None:
        self.get(leave.id)
        self._put(leave, by, at, note)

    def events(self, leave_ids: Sequence[LeaveId]) -> dict[LeaveId, list[LeaveEvent]]:
        found: dict[LeaveId, list[LeaveEvent]] = {leave_id: [] for leave_id in leave_ids}
        for leave_id, event in self._session.tables.leave_events.values():
            if leave_id in found:
                found[leave_id].append(event)
        return found

    def _put(self, leave: Leave, by: PersonId | None, at: datetime, note: str = "") -> None:
        tables = self._session.tables
        tables.leaves[leave.id] = leave
        number = self._session.next_number("leave_event")
        tables.leave_events[number] = (leave.id, LeaveEvent(leave.state, at, by, note))

    def read(self, leave_id: LeaveId) -> Leave:
        return self.get(leave_id)

    def begun(self, day: date, states: Collection[LeaveState]) -> list[LeaveId]:
        return [le.id for le in self._in(states) if le.span.first_day <= day]

    def waiting(self) -> list[Leave]:
        return self._in(WAITING)

    def running_though_withdrawn(self) -> list[Leave]:
        effects = self._session.tables.effects
        withdrawn = self._in({LeaveState.WITHDRAWN})
        return [le for le in withdrawn if le.approval and f"leave:{le.id}:cancelled" not in effects]

    def _in(self, states: Collection[LeaveState]) -> list[Leave]:
        leaves = sorted(self._session.tables.leaves.items())
        return [leave for _, leave in leaves if leave.state in states]

    def listing(
        self,
        org: OrgId,
        user: PersonId | None = None,
        since: date | None = None,
        *,
        until: date | None = None,
        states: Collection[LeaveState] | None = None,
    ) -> list[Leave]:
        found = [
            leave
            for leave in self._session.tables.leaves.values()
            if leave.org == org
            and user in (None, leave.user)
            and (since is None or since <= leave.span.last_day)
            and (until is None or leave.span.first_day <= until)
            and (states is None or leave.state in states)
        ]
        return sorted(found, key=lambda leave: (leave.span.first_day, leave.id), reverse=True)

    def draft(self, thread: str) -> LeaveDraft | None:
        return self._session.tables.drafts.get(thread)

    def put_draft(self, draft: LeaveDraft) -> None:
        self._session.tables.drafts[draft.thread] = draft

    def drop_draft(self, thread: str) -> None:
        self._session.tables.drafts.pop(thread, None)


class FakeSupervisionRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next_ids(self, count: int) -> list[ItemId]:
        return [ItemId(self._session.next_number("item")) for _ in range(count)]

    def next_serial(self, org: OrgId, year: int) -> int:
        items = self._session.tables.items.values()
        taken = [year_and_serial(item.number) for item in items if item.org == org]
        return max((serial for y, serial in taken if y == year), default=0) + 1

    def add(self, item: Item, by: PersonId, at: datetime) -> None:
        self._put(item, "registered", by, at)

    def add_all(self, items: Sequence[Item], by: PersonId, at: datetime) -> None:
        for item in items:
            self.add(item, by, at)

    def get(self, org: OrgId, serial: int, year: int) -> Item:
        for item in self._session.tables.items.values():
            if item.org == org and year_and_serial(item.number) == (year, serial):
                return item
        raise NotFoundError("item_unknown", org=org, year=year, serial=serial)

    def update(self, item: Item, event: str, by: PersonId | None, at: datetime) -> None:
        if item.id not in self._session.tables.items:
            raise NotFoundError("item_unknown", item=item.id)
        self._put(item, event, by, at)

    def _put(self, item: Item, event: str, by: PersonId | None, at: datetime) -> None:
        tables = self._session.tables
        tables.items[item.id] = item
        tables.quiet.pop(item.id, None)
        number = self._session.next_number("item_event")
        happened = ItemEvent(event, at, by, item.state, item.deadline)
        tables.item_events[number] = (item.id, happened)

    def events(self, item_ids: Sequence[ItemId]) -> dict[ItemId, list[ItemEvent]]:
        kept = sorted(self._session.tables.item_events.items(), key=lambda kept: kept[1][1].at)
        return {
            item_id: [event for _, (of, event) in kept if of == item_id] for item_id in item_ids
        }

    def listing(self, org: OrgId | None = None, state: str | None = None) -> list[Item]:
        items = [item for _, item in sorted(self._session.tables.items.items())]
        return [i for i in items if org in (None, i.org) and state in (None, i.state)]

    def still_open(self, org: OrgId) -> list[Item]:
        return [item for item in self.listing(org) if item.state in OPEN_STATES]

    def counted_since(self, org: OrgId, day: date) -> list[Item]:
        return [
            item
            for item in self.listing(org)
            if item.state in OPEN_STATES
            or (item.closed_at and item.closed_at.astimezone(OFFICE_TIME).date() >= day)
            or (item.deadline and item.deadline >= day)
        ]

    def awake(self, now: datetime, after: ItemId, limit: int) -> list[Item]:
        quiet = self._session.tables.quiet
        found = [
            item
            for item in self.listing()
            if item.state in OPEN_STATES
            and item.id > after
            and not (item.id in quiet and quiet[item.id][0] <= now < quiet[item.id][1])
        ]
        return found[:limit]

    def locked(self, item_ids: Sequence[ItemId]) -> list[Item]:
        return [item for item in self.listing() if item.id in set(item_ids)]

    def hush(self, untils: Mapping[ItemId, datetime], now: datetime) -> None:
        for item_id, until in untils.items():
            self._session.tables.quiet[item_id] = (now, until)

    def wake(self) -> None:
        self._session.tables.quiet.clear()

    def add_reminder(
        self, item_id: ItemId, occasion: Occasion, day: date, to: str, push_key: str, at: datetime
    ) -> bool:
        reminders = self._session.tables.reminders
        key = (item_id, occasion, day, to)
        if key in reminders:
            return False
        reminders[key] = (at, push_key)
        return True

    def add_reminders(self, reminders: Sequence[Reminder], push_key: str, at: datetime) -> None:
        for each in reminders:
            self.add_reminder(each.item_id, each.occasion, each.day, each.to, push_key, at)

    def reminders(
        self, item_ids: Sequence[ItemId], since: date = date.min
    ) -> dict[ItemId, list[SentReminder]]:
        tables = self._session.tables
        states = {row.entry.key: row.entry.state for row in tables.outbox.values()}
        found: dict[ItemId, list[SentReminder]] = {item_id: [] for item_id in item_ids}
        for (item_id, occasion, day, to), (at, push_key) in tables.reminders.items():
            if item_id in found and (occasion is not Occasion.OVERDUE or day >= since):
                status = READ if push_key in tables.read else str(states.get(push_key, "pending"))
                found[item_id].append(SentReminder(at, occasion, to, status, day))
        return {item_id: sorted(sent, key=lambda r: r.at) for item_id, sent in found.items()}

    def reminded_by(self, push_keys: Sequence[str]) -> dict[str, list[Item]]:
        tables = self._session.tables
        told = {(key, item_id) for (item_id, *_), (_, key) in tables.reminders.items()}
        return {
            wanted: [tables.items[item_id] for key, item_id in sorted(told) if key == wanted]
            for wanted in push_keys
        }

    def unreached(self, limit: int) -> list[UnreachedReminder]:
        tables = self._session.tables
        states = {row.entry.key: row.entry.state for row in tables.outbox.values()}
        told = {(item_id, to) for item_id, _, _, to in tables.unreached}
        failed = [
            UnreachedReminder(number, key[0], key[3], (key[0], key[3]) in told)
            for number, (key, (_, push_key)) in enumerate(tables.reminders.items())
            if states.get(push_key) is OutboxState.FAILED and key not in tables.unreached
        ]
        return failed[:limit]

    def note_unreached(self, reminder_ids: Sequence[int], at: datetime) -> None:
        keys = list(self._session.tables.reminders)
        self._session.tables.unreached.update({keys[number]: at for number in reminder_ids})


class FakePeopleRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, directory: Directory) -> None:
        self._session.tables.directories[directory.office.id] = directory

    def directory(self, org: OrgId) -> Directory:
        directory = self._session.tables.directories.get(org)
        if directory is None:
            raise NotFoundError("org_unknown", org=org)
        return directory

    def person(self, person_id: PersonId) -> Person:
        for directory in self._session.tables.directories.values():
            for person in directory.people:
                if person.id == person_id:
                    return person
        raise NotFoundError("person_unknown", person=person_id)

    def orgs(self) -> list[OrgId]:
        return sorted(self._session.tables.directories)


class FakeRuleRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, edition: Edition) -> bool:
        editions = self._session.tables.editions
        known = editions.get(edition.id)
        if known is not None and known.content_hash == edition.content_hash:
            return False
        editions[edition.id] = edition
        return True

    def editions(self, org: OrgId | None = None) -> list[Edition]:
        found = [e for e in self._session.tables.editions.values() if org in (None, e.org)]
        return sorted(found, key=lambda e: (e.org, e.effective_day or date.min, e.id))
