"""The outbox in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Update,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningUpdate

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
_FREE = outbox.alias("free")
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
        return self._claim(_LEASE_NEXT, now, lease_s)

    def claim_key(self, key: str, now: datetime, lease_s: float) -> OutboxEntry | None:
        return self._claim(_LEASE_KEY, now, lease_s, wanted_key=key)

    def _claim(
        self, lease: ReturningUpdate[Any], now: datetime, lease_s: float, **more: str
    ) -> OutboxEntry | None:
        hold(self._connection, Lock.OUTBOX)  # or two would lease one recipient's side by side
        times = {"now": now, "until": now + timedelta(seconds=lease_s)}
        row = self._connection.execute(lease, times | more).mappings().one_or_none()
        return _entry(row) if row is not None else None

    def claim_alike(
        self, entry: OutboxEntry, now: datetime, lease_s: float, most: int
    ) -> list[OutboxEntry]:
        hold(self._connection, Lock.OUTBOX)
        to = outbox.c.payload["to"].astext
        wanted = (
            select(func.min(outbox.c.id))
            .where(
                outbox.c.org == entry.org,
                outbox.c.kind == "push",
                outbox.c.state == OutboxState.PENDING.value,
                outbox.c.attempts == 0,
                outbox.c.leased_until.is_(None),
                or_(outbox.c.due_at.is_(None), outbox.c.due_at <= now),
                outbox.c.payload["message"] == to_json(entry.payload)["message"],
                outbox.c.payload["reply_to"].astext.is_(None),
                to.startswith(f"{entry.org}/", autoescape=True),
                ~_on_its_way(outbox, literal(now, OfficeTime)),
            )
            .group_by(to)
            .order_by(to)
            .limit(most)
        )
        ids = list(self._connection.execute(wanted).scalars())
        lease = {"leased_until": now + timedelta(seconds=lease_s), "attempts": 1}
        leased = update(outbox).where(outbox.c.id.in_(ids)).values(lease).returning(outbox)
        rows = self._connection.execute(leased).mappings().all()
        return sorted(map(_entry, rows), key=lambda each: each.id)

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


def _on_its_way(free: FromClause, now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether something earlier is being sent to the same recipient."""
    earlier = outbox.alias("earlier")
    return exists().where(
        earlier.c.state.in_(_OPEN),
        earlier.c.leased_until > now,
        earlier.c.payload["to"].astext == free.c.payload["to"].astext,
        earlier.c.id < free.c.id,
    )


def _lease(*wanted: ColumnElement[bool]) -> ReturningUpdate[Any]:
    """The statement that leases the first free entry; built once, for it runs for every entry."""
    now = bindparam("now", type_=OfficeTime)
    free = _FREE
    first = (
        select(free.c.id)
        .where(
            free.c.state.in_(_OPEN),
            or_(free.c.due_at.is_(None), free.c.due_at <= now),
            or_(free.c.leased_until.is_(None), free.c.leased_until <= now),
            ~_on_its_way(free, now),
            *wanted,
        )
        .order_by(free.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    was_leased = (outbox.c.leased_until.is_not(None), OutboxState.UNCERTAIN.value)
    return (
        update(outbox)
        .where(outbox.c.id == first.scalar_subquery())
        .values(
            leased_until=bindparam("until", type_=OfficeTime),
            attempts=outbox.c.attempts + 1,
            state=case(was_leased, else_=outbox.c.state),
        )
        .returning(outbox)
    )


_LEASE_NEXT = _lease()
_LEASE_KEY = _lease(_FREE.c.key == bindparam("wanted_key"))


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
