"""Storage ports; `tests/contract/` says what every implementation must do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import TracebackType
from typing import Any, NewType, Protocol, Self

from bot.core.approvals import ApprovalRequest
from bot.core.leave import Leave, LeaveDraft, LeaveId
from bot.core.messages import Incoming, Message, Push
from bot.core.people import Directory, OrgId, Person, PersonId
from bot.core.rules import AnswerStatus, Edition
from bot.core.supervision import Item, ItemId, Occasion, SentReminder

EntryId = NewType("EntryId", int)


class InboxState(StrEnum):
    """What became of a received message."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"  # attempts exhausted; seen by people, never dropped


@dataclass(frozen=True)
class InboxEntry:
    """One received message. `attempts` counts the tries begun, the present one included."""

    id: EntryId
    incoming: Incoming
    state: InboxState
    attempts: int = 0
    reply: tuple[Message, ...] = ()


class InboxRepository(Protocol):
    """Received messages, unique by (channel, message id), worked in order within a thread."""

    def add(self, incoming: Incoming) -> InboxEntry:
        """Store a message; one that is already stored is returned as it stands."""
        ...

    def get(self, entry_id: EntryId) -> InboxEntry:
        """Return an entry.

        Raises:
            NotFoundError: there is none.
        """
        ...

    def claim(self, now: datetime, lease_s: float) -> InboxEntry | None:
        """Lease the oldest pending entry that is first in its thread and due; None if none is.

        Concurrent claims never return the same entry (SKIP LOCKED); the lease ends by itself.
        """
        ...

    def finish(self, entry_id: EntryId, reply: Sequence[Message]) -> None:
        """Mark an entry done and keep what was answered."""
        ...

    def postpone(self, entry_id: EntryId, until: datetime) -> None:
        """End the lease; the entry is due again at `until`."""
        ...

    def fail(self, entry_id: EntryId, reply: Sequence[Message]) -> None:
        """Give up on an entry: it stays visible as failed and blocks nothing."""
        ...


class OutboxState(StrEnum):
    """What became of something to be sent."""

    PENDING = "pending"
    SENT = "sent"
    UNCERTAIN = "uncertain"  # looked up before it is repeated
    FAILED = "failed"


@dataclass(frozen=True)
class OutboxEntry:
    """One call to make on the platform: a push, or an approval to file."""

    id: EntryId
    key: str
    org: OrgId
    payload: Push | ApprovalRequest
    state: OutboxState
    attempts: int = 0
    error: str | None = None


class OutboxRepository(Protocol):
    """What is to be sent, unique by key."""

    def add(self, payload: Push | ApprovalRequest, now: datetime) -> bool:
        """Store something to send at once, or at a push's `not_before`; False: the key exists."""
        ...

    def claim(self, now: datetime, lease_s: float) -> OutboxEntry | None:
        """Lease the oldest due entry, pending or uncertain; None if none is (SKIP LOCKED).

        `now` is the office's time, against which `not_before` and retries are measured.
        """
        ...

    def claim_key(self, key: str, now: datetime, lease_s: float) -> OutboxEntry | None:
        """Lease one entry by key, if it is due and nobody holds it."""
        ...

    def settle(self, entry_id: EntryId, state: OutboxState, error: str | None = None) -> None:
        """Record the outcome and end the lease."""
        ...

    def postpone(self, entry_id: EntryId, state: OutboxState, until: datetime, error: str) -> None:
        """End the lease after a failure; the entry is due again at `until`."""
        ...

    def listing(self, org: OrgId | None, states: Sequence[OutboxState]) -> list[OutboxEntry]:
        """The entries in these states, oldest first."""
        ...


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
            NotFoundError: there is none.
        """
        ...

    def update(self, leave: Leave, by: PersonId | None, at: datetime) -> None:
        """Store a changed leave and append an event (`by` None: time itself changed it)."""
        ...

    def listing(
        self, org: OrgId, user: PersonId | None = None, since: date | None = None
    ) -> list[Leave]:
        """Leaves of an office or a person, latest first day first, ending on `since` or later."""
        ...

    def draft(self, thread: str) -> LeaveDraft | None:
        """The draft being talked about in a thread."""
        ...

    def put_draft(self, draft: LeaveDraft) -> None:
        """Store or replace the draft of its thread."""
        ...

    def drop_draft(self, thread: str) -> None:
        """Forget the draft of a thread, if there is one."""
        ...


class SupervisionRepository(Protocol):
    """The supervision ledger (督办台账)."""

    def next_id(self) -> ItemId:
        """Return an id that no stored item has."""
        ...

    def next_serial(self, org: OrgId, year: int) -> int:
        """The next number of an office's year, from 1, without gaps once committed."""
        ...

    def add(self, item: Item, by: PersonId, at: datetime) -> None:
        """Store a new item with its first event."""
        ...

    def get(self, org: OrgId, serial: int, year: int) -> Item:
        """Return an item by its number in an office's year, locked until the unit of work ends.

        Raises:
            NotFoundError: the office has no such item.
        """
        ...

    def update(self, item: Item, event: str, by: PersonId | None, at: datetime) -> None:
        """Store a changed item, new progress included, and append an event."""
        ...

    def listing(self, org: OrgId | None = None, state: str | None = None) -> list[Item]:
        """Items of an office (None: of all), by id; `state` as in the contract."""
        ...

    def add_reminder(
        self, item_id: ItemId, occasion: Occasion, day: date, to: str, push_key: str, at: datetime
    ) -> bool:
        """Note a reminder; False if this (item, occasion, day, to) was noted before."""
        ...

    def reminders(self, item_ids: Sequence[ItemId]) -> dict[ItemId, list[SentReminder]]:
        """The reminders of items, oldest first; `status` is that of the outbox entry."""
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
        """Return one person.

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


@dataclass(frozen=True)
class UnansweredQuestion:
    """A question the rules did not answer; who asked is not kept."""

    id: int
    org: OrgId
    question: str
    status: AnswerStatus
    nearest_article: int | None
    asked_at: datetime


class UnansweredRepository(Protocol):
    """The unanswered desk."""

    def add(
        self, org: OrgId, question: str, status: AnswerStatus, nearest: int | None, at: datetime
    ) -> None:
        """Store a question."""
        ...

    def listing(self, org: OrgId) -> list[UnansweredQuestion]:
        """Questions of an office, latest first."""
        ...


@dataclass(frozen=True)
class AuditRecord:
    """One audit row; `chain` is the SM3 of the previous row's chain and this row's content, hex."""

    id: int
    at: datetime
    org: OrgId
    actor: str
    action: str
    subject: str
    details: Mapping[str, Any] = field(default_factory=dict)
    chain: str = ""


class AuditLog(Protocol):
    """Append-only record of who did what; never message text."""

    def append(
        self,
        org: OrgId,
        actor: str,
        action: str,
        subject: str,
        at: datetime,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a row to the chain."""
        ...

    def listing(self, org: OrgId, limit: int = 200) -> list[AuditRecord]:
        """Rows of an office, latest first."""
        ...

    def first_break(self) -> int | None:
        """The id of the first row that does not follow from the one before; None: all whole."""
        ...


class EffectLog(Protocol):
    """What a turn has already done, so that a turn that is repeated does nothing twice."""

    def subject(self, key: str) -> str | None:
        """What the effect `key` ("<turn>:<action>") made; None if it has not happened."""
        ...

    def record(self, key: str, subject: str) -> None:
        """Note an effect in the transaction that has it."""
        ...


class UnitOfWork(Protocol):
    """One transaction; leaving the block without `commit` undoes everything."""

    inbox: InboxRepository
    outbox: OutboxRepository
    leaves: LeaveRepository
    items: SupervisionRepository
    people: PeopleRepository
    rules: RuleRepository
    unanswered: UnansweredRepository
    audit: AuditLog
    effects: EffectLog

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Make everything done in the block permanent."""
        ...


UnitOfWorkFactory = Callable[[], UnitOfWork]
