"""The inbox and the outbox in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.approvals import ApprovalRequest
from bot.core.errors import NotFoundError
from bot.core.messages import Incoming, Message, Push
from bot.core.people import OrgId
from bot.services.storage import (
    EntryId,
    InboxEntry,
    InboxState,
    OutboxEntry,
    OutboxState,
)
from tests.fakes.tables import Queued, Session

CLAIMABLE = frozenset({OutboxState.PENDING, OutboxState.UNCERTAIN})


class FakeInboxRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, incoming: Incoming) -> InboxEntry:
        table = self._session.tables.inbox
        for row in table.values():
            known = row.entry.incoming
            if (known.channel, known.message_id) == (incoming.channel, incoming.message_id):
                return row.entry
        entry = InboxEntry(
            EntryId(self._session.next_number("inbox")), incoming, InboxState.PENDING
        )
        table[entry.id] = Queued(entry)
        return entry

    def before(self, incoming: Incoming) -> InboxEntry | None:
        said = [row.entry for _, row in sorted(self._session.tables.inbox.items())]
        own = next((n for n, entry in enumerate(said) if entry.incoming == incoming), 0)
        earlier = [entry for entry in said[:own] if entry.incoming.thread == incoming.thread]
        return earlier[-1] if earlier else None

    def get(self, entry_id: EntryId) -> InboxEntry:
        row = self._session.tables.inbox.get(entry_id)
        if row is None:
            raise NotFoundError("entry_unknown", entry=entry_id)
        return row.entry

    def claim(self, now: datetime, lease_s: float) -> InboxEntry | None:
        table = self._session.tables.inbox
        threads: set[str] = set()
        for key, row in sorted(table.items()):
            thread = row.entry.incoming.thread
            if row.entry.state is not InboxState.PENDING or thread in threads:
                continue
            threads.add(thread)
            if row.is_free(now):
                entry = replace(row.entry, attempts=row.entry.attempts + 1)
                table[key] = replace(
                    row, entry=entry, leased_until=now + timedelta(seconds=lease_s)
                )
                return entry
        return None

    def finish(self, entry_id: EntryId, reply: Sequence[Message]) -> None:
        self._close(entry_id, InboxState.DONE, reply)

    def postpone(self, entry_id: EntryId, until: datetime) -> None:
        row = self._session.tables.inbox[entry_id]
        if row.entry.state is InboxState.PENDING:
            self._session.tables.inbox[entry_id] = Queued(row.entry, due_at=until)

    def waiting(self) -> int:
        rows = self._session.tables.inbox.values()
        return sum(row.entry.state is InboxState.PENDING for row in rows)

    def fail(self, entry_id: EntryId, reply: Sequence[Message]) -> None:
        self._close(entry_id, InboxState.FAILED, reply)

    def _close(self, entry_id: EntryId, state: InboxState, reply: Sequence[Message]) -> None:
        row = self._session.tables.inbox[entry_id]
        if row.entry.state is InboxState.PENDING:
            closed = replace(row.entry, state=state, reply=tuple(reply))
            self._session.tables.inbox[entry_id] = Queued(closed)


def _recipient(row: Queued[OutboxEntry]) -> str | None:
    payload = row.entry.payload
    return payload.to if isinstance(payload, Push) else None


class FakeOutboxRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, payload: Push | ApprovalRequest, now: datetime) -> bool:
        table = self._session.tables.outbox
        if any(row.entry.key == payload.key for row in table.values()):
            return False
        number = EntryId(self._session.next_number("outbox"))
        entry = OutboxEntry(number, payload.key, payload.org, payload, OutboxState.PENDING)
        not_before = payload.not_before if isinstance(payload, Push) else None
        table[number] = Queued(entry, not_before)
        self._session.tables.leaves_at[payload.key] = max(now, not_before or now)
        return True

    def claim(self, now: datetime, lease_s: float) -> OutboxEntry | None:
        return self._claim(sorted(self._session.tables.outbox), now, lease_s)

    def claim_key(self, key: str, now: datetime, lease_s: float) -> OutboxEntry | None:
        rows = self._session.tables.outbox.items()
        return self._claim([n for n, row in rows if row.entry.key == key], now, lease_s)

    def _claim(
        self, numbers: Sequence[EntryId], now: datetime, lease_s: float
    ) -> OutboxEntry | None:
        table = self._session.tables.outbox
        for number in numbers:
            row = table[number]
            if row.entry.state in CLAIMABLE and row.is_free(now) and not self._waits(number, now):
                # A lease that ended by itself: nobody told what became of the call.
                state = OutboxState.UNCERTAIN if row.leased_until else row.entry.state
                entry = replace(row.entry, attempts=row.entry.attempts + 1, state=state)
                table[number] = replace(
                    row, entry=entry, leased_until=now + timedelta(seconds=lease_s)
                )
                return entry
        return None

    def claim_alike(
        self, entry: OutboxEntry, now: datetime, lease_s: float, most: int
    ) -> list[OutboxEntry]:
        table, alike = self._session.tables.outbox, dict[str, EntryId]()
        for number, row in sorted(table.items()):
            said, other = entry.payload, row.entry.payload
            if (
                isinstance(said, Push)
                and isinstance(other, Push)
                and (other.org, other.message, other.reply_to) == (said.org, said.message, None)
                and other.to.startswith(f"{said.org}/")
                and (row.entry.state, row.entry.attempts) == (OutboxState.PENDING, 0)
                and row.leased_until is None
                and row.is_free(now)
                and not self._waits(number, now)
            ):
                alike.setdefault(other.to, number)
        numbers = sorted(sorted(alike.values())[:most])
        return [found for n in numbers if (found := self._claim([n], now, lease_s)) is not None]

    def _waits(self, number: EntryId, now: datetime) -> bool:
        rows, to = self._session.tables.outbox, _recipient(self._session.tables.outbox[number])
        return to is not None and any(
            earlier < number
            and _recipient(row) == to
            and row.entry.state in CLAIMABLE
            and row.leased_until is not None
            and row.leased_until > now
            for earlier, row in rows.items()
        )

    def defer(self, entry_id: EntryId, until: datetime, error: str) -> None:
        row = self._session.tables.outbox[entry_id]
        entry = replace(row.entry, attempts=row.entry.attempts - 1, error=error)
        self._session.tables.outbox[entry_id] = Queued(entry, due_at=until)

    def settle(self, entry_id: EntryId, state: OutboxState, error: str | None = None) -> None:
        row = self._session.tables.outbox[entry_id]
        entry = replace(row.entry, state=state, error=error)
        self._session.tables.outbox[entry_id] = Queued(entry)

    def postpone(self, entry_id: EntryId, state: OutboxState, until: datetime, error: str) -> None:
        row = self._session.tables.outbox[entry_id]
        entry = replace(row.entry, state=state, error=error)
        self._session.tables.outbox[entry_id] = Queued(entry, due_at=until)

    def unsent(self) -> dict[OutboxState, int]:
        found = [row.entry.state for row in self._session.tables.outbox.values()]
        return {state: found.count(state) for state in OutboxState if state is not OutboxState.SENT}

    def note_read(self, key: str, at: datetime) -> None:
        self._session.tables.read.setdefault(key, at)

    def arrived(self, to: str, since: datetime, until: datetime) -> list[str]:
        leaves_at = self._session.tables.leaves_at
        entries = [row.entry for _, row in sorted(self._session.tables.outbox.items())]
        return [
            entry.key
            for entry in entries
            if isinstance(entry.payload, Push)
            and entry.payload.to == to
            and entry.state in (OutboxState.SENT, OutboxState.UNCERTAIN)
            and since < leaves_at[entry.key] <= until
        ]

    def listing(self, org: OrgId | None, states: Sequence[OutboxState]) -> list[OutboxEntry]:
        entries = [row.entry for _, row in sorted(self._session.tables.outbox.items())]
        return [e for e in entries if e.state in states and org in (None, e.org)]
