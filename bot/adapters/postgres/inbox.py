"""The inbox in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, Select, Update, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.postgres.codec import load, load_each, to_json, to_row
from bot.adapters.postgres.locks import Lock, hold
from bot.adapters.postgres.tables import inbox
from bot.core.errors import NotFoundError
from bot.core.messages import Incoming, Message
from bot.services.storage import EntryId, InboxEntry, InboxState

_PENDING = InboxState.PENDING.value


class SqlInboxRepository:
    """Received messages; several processes work them side by side."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, incoming: Incoming) -> InboxEntry:
        hold(self._connection, Lock.THREAD, incoming.thread)
        row = to_row(incoming) | {"thread": incoming.thread, "reply": []}
        added = insert(inbox).values(row | {"state": _PENDING, "attempts": 0})
        added = added.on_conflict_do_nothing(index_elements=["channel", "message_id"])
        new = self._connection.execute(added.returning(inbox)).mappings().one_or_none()
        if new is not None:
            return _entry(new)
        stored = select(inbox).where(
            inbox.c.channel == incoming.channel, inbox.c.message_id == incoming.message_id
        )
        return _entry(self._connection.execute(stored).mappings().one())

    def before(self, incoming: Incoming) -> InboxEntry | None:
        own = select(inbox.c.id).where(
            inbox.c.channel == incoming.channel, inbox.c.message_id == incoming.message_id
        )
        last = (
            select(inbox)
            .where(inbox.c.thread == incoming.thread, inbox.c.id < own.scalar_subquery())
            .order_by(inbox.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(last).mappings().one_or_none()
        return _entry(row) if row is not None else None

    def get(self, entry_id: EntryId) -> InboxEntry:
        found = self._connection.execute(select(inbox).where(inbox.c.id == entry_id))
        row = found.mappings().one_or_none()
        if row is None:
            raise NotFoundError("entry_unknown", entry=entry_id)
        return _entry(row)

    def claim(self, now: datetime, lease_s: float) -> InboxEntry | None:
        entry_id = self._connection.execute(_first_free(now)).scalar_one_or_none()
        if entry_id is None:
            return None
        lease = _change(entry_id).values(
            leased_until=now + timedelta(seconds=lease_s), attempts=inbox.c.attempts + 1
        )
        return _entry(self._connection.execute(lease.returning(inbox)).mappings().one())

    def finish(self, entry_id: EntryId, reply: Sequence[Message]) -> None:
        self._close(entry_id, InboxState.DONE, reply)

    def postpone(self, entry_id: EntryId, until: datetime) -> None:
        self._connection.execute(_change(entry_id).values(due_at=until, leased_until=None))

    def waiting(self) -> int:
        pending = select(func.count()).where(inbox.c.state == _PENDING)
        return self._connection.execute(pending).scalar_one()

    def fail(self, entry_id: EntryId, reply: Sequence[Message]) -> None:
        self._close(entry_id, InboxState.FAILED, reply)

    def _close(self, entry_id: EntryId, state: InboxState, reply: Sequence[Message]) -> None:
        closed = _change(entry_id).values(
            state=state.value, reply=to_json(reply), due_at=None, leased_until=None
        )
        self._connection.execute(closed)


def _first_free(now: datetime) -> Select[int]:
    earlier = inbox.alias("earlier")
    waits = exists().where(
        earlier.c.thread == inbox.c.thread,
        earlier.c.state == _PENDING,
        earlier.c.id < inbox.c.id,
    )
    return (
        select(inbox.c.id)
        .where(
            inbox.c.state == _PENDING,
            or_(inbox.c.due_at.is_(None), inbox.c.due_at <= now),
            or_(inbox.c.leased_until.is_(None), inbox.c.leased_until <= now),
            ~waits,
        )
        .order_by(inbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=inbox)
    )


def _change(entry_id: EntryId | int) -> Update:
    """A change of an entry that is not closed: a worker that comes too late changes nothing."""
    return update(inbox).where(inbox.c.id == entry_id, inbox.c.state == _PENDING)


def _entry(row: RowMapping) -> InboxEntry:
    reply = load_each(Message, row["reply"])
    incoming = load(Incoming, row)
    return InboxEntry(
        EntryId(row["id"]), incoming, InboxState(row["state"]), row["attempts"], reply
    )
