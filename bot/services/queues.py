"""Ports of what comes in and what goes out, worked by many processes at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from bot.core.approvals import ApprovalRequest
from bot.core.messages import Incoming, Message, Push
from bot.core.people import OrgId

EntryId = NewType("EntryId", int)
REPLY = "reply:"  # begins the key of a push that answers what was said
READ = "read"  # the status of a push that its recipient has read; its state stays "sent"


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

    @property
    def turn_key(self) -> str:
        """What names the turn that works the message, however often it is begun."""
        return f"inbox:{self.id}"


class InboxRepository(Protocol):
    """Received messages, unique by (channel, message id), worked in order within a thread."""

    def add(self, incoming: Incoming) -> InboxEntry:
        """Store a message; one that is already stored is returned as it stands."""
        ...

    def before(self, incoming: Incoming) -> InboxEntry | None:
        """What was last said in the message's thread before it; None: nothing was."""
        ...

    def get(self, entry_id: EntryId) -> InboxEntry:
        """Return an entry.

        Raises:
            NotFoundError: there is none (code "entry_unknown").
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

    def waiting(self) -> int:
        """How many messages are not settled yet."""
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

        Nothing is leased while something earlier for the same recipient is, so that all arrives
        in its order. Whose lease ended by itself is uncertain: nobody told what became of it.
        `now` is the office's time, against which `not_before` and retries are measured.
        """
        ...

    def claim_key(self, key: str, now: datetime, lease_s: float) -> OutboxEntry | None:
        """Lease one entry by key, if it is due and nobody holds it."""
        ...

    def claim_alike(
        self, entry: OutboxEntry, now: datetime, lease_s: float, most: int
    ) -> list[OutboxEntry]:
        """Lease what says the same as a leased push to other people of its office, and is due.

        Only what was never tried: what is known of one call must be true of all of it.
        """
        ...

    def settle(self, entry_id: EntryId, state: OutboxState, error: str | None = None) -> None:
        """Record the outcome and end the lease."""
        ...

    def postpone(self, entry_id: EntryId, state: OutboxState, until: datetime, error: str) -> None:
        """End the lease after a failure; the entry is due again at `until`."""
        ...

    def defer(self, entry_id: EntryId, until: datetime, error: str) -> None:
        """End the lease of a try that did not count, such as at a limit; due again at `until`."""
        ...

    def note_read(self, key: str, at: datetime) -> None:
        """Note that the recipient has read a push, the first time that the platform says so."""
        ...

    def arrived(self, to: str, since: datetime, until: datetime) -> list[str]:
        """The keys of the pushes that a person or a group got, or may have, oldest first.

        Those that were to be sent after `since` and not after `until`.
        """
        ...

    def unsent(self) -> dict[OutboxState, int]:
        """How many entries are in each state but SENT; none is left out."""
        ...

    def listing(self, org: OrgId | None, states: Sequence[OutboxState]) -> list[OutboxEntry]:
        """The entries in these states, oldest first."""
        ...
