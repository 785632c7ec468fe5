"""The tables of the storage in memory; every value in them is immutable."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from bot.core.approvals import Approval
from bot.core.duties import Duty, DutyId, DutyOccasion
from bot.core.leave import Leave, LeaveDraft, LeaveId
from bot.core.people import Directory, OrgId, PersonId
from bot.core.rules import Edition
from bot.core.staff_table import Account, Department
from bot.core.supervision import Item, ItemId, Occasion
from bot.core.supervision_history import ItemEvent
from bot.core.unanswered import GroupId, QuestionGroup, UnansweredQuestion
from bot.services.card_store import Card, Judgement
from bot.services.ledgers import LeaveEvent
from bot.services.platform_event_store import EventEntry
from bot.services.platform_records import Filing, TodoRow
from bot.services.storage import (
    AuditRecord,
    EntryId,
    InboxEntry,
    LocalMessage,
    OutboxEntry,
)

Entry = TypeVar("Entry", InboxEntry, OutboxEntry, EventEntry)


@dataclass(frozen=True)
class Queued(Generic[Entry]):
    """An entry with its times. `due_at` None: at once; `leased_until` None: nobody holds it."""

    entry: Entry
    due_at: datetime | None = None
    leased_until: datetime | None = None

    def is_free(self, now: datetime) -> bool:
        """Whether the entry is due and nobody holds it."""
        due = self.due_at is None or self.due_at <= now
        return due and (self.leased_until is None or self.leased_until <= now)


DutyKey = tuple[DutyId, DutyOccasion, date, str]
ReminderKey = tuple[ItemId, Occasion, date, str]


@dataclass(frozen=True)
class Tables:
    """Rows by key, in the order in which they were stored."""

    inbox: dict[EntryId, Queued[InboxEntry]] = field(default_factory=dict)
    outbox: dict[EntryId, Queued[OutboxEntry]] = field(default_factory=dict)
    leaves_at: dict[str, datetime] = field(default_factory=dict)  # by the key of the push
    platform_events: dict[EntryId, Queued[EventEntry]] = field(default_factory=dict)
    leaves: dict[LeaveId, Leave] = field(default_factory=dict)
    leave_events: dict[int, tuple[LeaveId, LeaveEvent]] = field(default_factory=dict)
    drafts: dict[str, LeaveDraft] = field(default_factory=dict)
    items: dict[ItemId, Item] = field(default_factory=dict)
    item_events: dict[int, tuple[ItemId, ItemEvent]] = field(default_factory=dict)
    reminders: dict[ReminderKey, tuple[datetime, str]] = field(default_factory=dict)
    quiet: dict[ItemId, tuple[datetime, datetime]] = field(default_factory=dict)
    duties: dict[DutyId, Duty] = field(default_factory=dict)
    duty_reminders: dict[DutyKey, str] = field(default_factory=dict)  # with the key of the push
    unreached: dict[ReminderKey, datetime] = field(default_factory=dict)
    read: dict[str, datetime] = field(default_factory=dict)  # by the key of the push
    directories: dict[OrgId, Directory] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    unanswered: dict[int, UnansweredQuestion] = field(default_factory=dict)
    unanswered_groups: dict[GroupId, QuestionGroup] = field(default_factory=dict)
    audit: dict[int, AuditRecord] = field(default_factory=dict)
    effects: dict[str, str] = field(default_factory=dict)
    approvals: dict[str, Approval] = field(default_factory=dict)
    local_messages: dict[str, LocalMessage] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    judgements: dict[tuple[str, PersonId], Judgement] = field(default_factory=dict)
    calls: dict[tuple[date, OrgId, str, str], int] = field(default_factory=dict)
    paces: dict[str, tuple[datetime, ...]] = field(default_factory=dict)
    rests: dict[str, datetime] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)  # JSON, as the real one keeps it
    accounts: dict[PersonId, Account] = field(default_factory=dict)
    departments: dict[OrgId, tuple[Department, ...]] = field(default_factory=dict)
    filings: dict[str, Filing] = field(default_factory=dict)
    todos: dict[str, TodoRow] = field(default_factory=dict)

    def copy(self) -> Tables:
        """Tables of their own with the same rows."""
        return Tables(**{f.name: dict(getattr(self, f.name)) for f in fields(self)})

    def take_over(self, before: Tables, after: Tables) -> None:
        """Make the changes that lead from `before` to `after`, and no others."""
        for table in fields(self):
            old: dict[Any, Any] = getattr(before, table.name)
            new: dict[Any, Any] = getattr(after, table.name)
            kept: dict[Any, Any] = getattr(self, table.name)
            for key in old.keys() - new.keys():
                kept.pop(key, None)
            kept.update({key: row for key, row in new.items() if old.get(key) is not row})


class Session(Protocol):
    """What a fake repository needs of its unit of work."""

    @property
    def tables(self) -> Tables: ...

    def next_number(self, sequence: str) -> int: ...
