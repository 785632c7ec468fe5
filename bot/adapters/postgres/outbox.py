"""The outbox in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Update,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.postgres.codec import load, to_json
from bot.adapters.postgres.columns import OfficeTime
from bot.adapters.postgres.locks import Lock, hold
from bot.adapters.postgres.tables import outbox
from bot.core.approvals import ApprovalRequest
from bot.core.messages import Push
from bot.core.people import OrgId
from bot.services.storage import EntryId, OutboxEntry, OutboxState

LONGEST_WAIT = timedelta(days=14)  # of a push for the office to open: a holiday lasts no longer

_OPEN = (OutboxState.PENDING.value, OutboxState.UNCERTAIN.value)
_KINDS: dict[str, type[Push] | type[ApprovalRequest]] = {"push": Push, "approval": ApprovalRequest}


class SqlOutboxRepository:
    """What is to be sent; several processes deliver side by side."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, payload: Push | ApprovalRequest, now: datetime) -> bool:
        is_push = isinstance(payload, Push)
        row = {
            "key": payload.key,
            "org": payload.org,
            "kind": "push" if is_push else "approval",
            "payload": to_json(payload),
            "state": OutboxState.PENDING.value,
            "attempts": 0,
            "created_at": now,
            "due_at": payload.not_before if isinstance(payload, Push) else None,
        }
        added = insert(outbox).values(row).on_conflict_do_nothing(index_elements=["key"])
        return self._connection.execute(added.returning(outbox.c.id)).first() is not None

    def claim(self, now: datetime, lease_s: float) -> OutboxEntry | None:
        return self._claim(None, now, lease_s)

    def claim_key(self, key: str, now: datetime, lease_s: float) -> OutboxEntry | None:
        return self._claim(key, now, lease_s)

    def _claim(self, key: str | None, now: datetime, lease_s: float) -> OutboxEntry | None:
        hold(self._connection, Lock.OUTBOX)  # or two would lease one recipient's side by side
        free = select(outbox.c.id).where(
            outbox.c.state.in_(_OPEN),
            or_(outbox.c.due_at.is_(None), outbox.c.due_at <= now),
            or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now),
            ~_earlier_on_its_way(now),
        )
        if key is not None:
            free = free.where(outbox.c.key == key)
        first = free.order_by(outbox.c.id).limit(1).with_for_update(skip_locked=True)
        entry_id = self._connection.execute(first).scalar_one_or_none()
        if entry_id is None:
            return None
        lease = _change(entry_id).values(
            leased_until=now + timedelta(seconds=lease_s),
            attempts=outbox.c.attempts + 1,
            state=case(
                (outbox.c.leased_until.is_not(None), OutboxState.UNCERTAIN.value),
                else_=outbox.c.state,
            ),
        )
        return _entry(self._connection.execute(lease.returning(outbox)).mappings().one())

    def settle(self, entry_id: EntryId, state: OutboxState, error: str | None = None) -> None:
        self._connection.execute(
            _change(entry_id).values(state=state.value, error=error, due_at=None, leased_until=None)
        )

    def postpone(self, entry_id: EntryId, state: OutboxState, until: datetime, error: str) -> None:
        self._connection.execute(
            _change(entry_id).values(
                state=state.value, error=error, due_at=until, leased_until=None
            )
        )

    def defer(self, entry_id: EntryId, until: datetime, error: str) -> None:
        self._connection.execute(
            _change(entry_id).values(
                attempts=outbox.c.attempts - 1, error=error, due_at=until, leased_until=None
            )
        )

    def note_read(self, key: str, at: datetime) -> None:
        unread = update(outbox).where(outbox.c.key == key, outbox.c.read_at.is_(None))
        self._connection.execute(unread.values(read_at=at))

    def arrived(self, to: str, since: datetime, until: datetime) -> list[str]:
        wanted = (
            select(outbox.c.key)
            .where(
                outbox.c.created_at > since - LONGEST_WAIT,
                outbox.c.payload["to"].astext == to,
                outbox.c.state.in_([OutboxState.SENT.value, OutboxState.UNCERTAIN.value]),
                _leaves_at() > since,
                _leaves_at() <= until,
            )
            .order_by(outbox.c.id)
        )
        return list(self._connection.execute(wanted).scalars())

    def unsent(self) -> dict[OutboxState, int]:
        states = [state for state in OutboxState if state is not OutboxState.SENT]
        counted = (
            select(outbox.c.state, func.count())
            .where(outbox.c.state.in_([state.value for state in states]))
            .group_by(outbox.c.state)
        )
        found = {row.state: row[1] for row in self._connection.execute(counted)}
        return {state: found.get(state.value, 0) for state in states}

    def listing(self, org: OrgId | None, states: Sequence[OutboxState]) -> list[OutboxEntry]:
        wanted = select(outbox).where(outbox.c.state.in_([state.value for state in states]))
        if org is not None:
            wanted = wanted.where(outbox.c.org == org)
        rows = self._connection.execute(wanted.order_by(outbox.c.id)).mappings()
        return [_entry(row) for row in rows]


def _leaves_at() -> ColumnElement[datetime]:
    """When a push is to be sent: at once, or in office hours."""
    not_before = cast(outbox.c.payload["not_before"].astext, OfficeTime)
    return func.greatest(outbox.c.created_at, not_before)


def _earlier_on_its_way(now: datetime) -> ColumnElement[bool]:
    earlier = outbox.alias("earlier")
    return exists().where(
        earlier.c.state.in_(_OPEN),
        earlier.c.leased_until > now,
        earlier.c.payload["to"].astext == outbox.c.payload["to"].astext,
        earlier.c.id < outbox.c.id,
    )


def _change(entry_id: EntryId | int) -> Update:
    return update(outbox).where(outbox.c.id == entry_id)


def _entry(row: RowMapping) -> OutboxEntry:
    return OutboxEntry(
        id=EntryId(row["id"]),
        key=row["key"],
        org=OrgId(row["org"]),
        payload=load(_KINDS[row["kind"]], row["payload"]),
        state=OutboxState(row["state"]),
        attempts=row["attempts"],
        error=row["error"],
    )
