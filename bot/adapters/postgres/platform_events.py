"""The events of platforms in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    RowMapping,
    Table,
    UniqueConstraint,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.postgres.codec import load, to_row
from bot.adapters.postgres.columns import json_column, number_column, text_column, time_column
from bot.adapters.postgres.tables import metadata
from bot.core.people import OrgId
from bot.core.platform_events import PlatformEvent
from bot.services.platform_event_store import EventEntry, EventState
from bot.services.storage import EntryId

platform_event = Table(
    "platform_event",
    metadata,
    number_column(),
    *map(text_column, ("channel", "event_id", "org", "kind", "name")),
    json_column("subjects"),
    time_column("received_at"),
    text_column("state"),
    Column("attempts", Integer, nullable=False),
    time_column("due_at", nullable=True),  # null: at once
    time_column("leased_until", nullable=True),
    UniqueConstraint("channel", "event_id"),
)
Index(
    "ix_platform_event_pending",
    platform_event.c.id,
    postgresql_where=text("state = 'pending'"),
)


class SqlPlatformEventRepository:
    """Events; several processes work them side by side."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, event: PlatformEvent) -> bool:
        row = to_row(event) | {"state": EventState.PENDING.value, "attempts": 0}
        added = insert(platform_event).values(row)
        added = added.on_conflict_do_nothing(index_elements=["channel", "event_id"])
        return self._connection.execute(added.returning(platform_event.c.id)).first() is not None

    def claim(self, now: datetime, lease_s: float) -> EventEntry | None:
        free = select(platform_event.c.id).where(
            platform_event.c.state == EventState.PENDING.value,
            or_(platform_event.c.due_at.is_(None), platform_event.c.due_at <= now),
            or_(platform_event.c.leased_until.is_(None), platform_event.c.leased_until <= now),
        )
        first = free.order_by(platform_event.c.id).limit(1).with_for_update(skip_locked=True)
        entry_id = self._connection.execute(first).scalar_one_or_none()
        if entry_id is None:
            return None
        lease = (
            update(platform_event)
            .where(platform_event.c.id == entry_id)
            .values(
                leased_until=now + timedelta(seconds=lease_s),
                attempts=platform_event.c.attempts + 1,
            )
        )
        return _entry(self._connection.execute(lease.returning(platform_event)).mappings().one())

    def settle(self, entry_id: EntryId, state: EventState) -> None:
        self._change(entry_id, state=state.value, due_at=None)

    def postpone(self, entry_id: EntryId, until: datetime) -> None:
        self._change(entry_id, due_at=until)

    def defer(self, entry_id: EntryId, until: datetime) -> None:
        self._change(entry_id, due_at=until, attempts=platform_event.c.attempts - 1)

    def _change(self, entry_id: EntryId, **values: object) -> None:
        change = update(platform_event).where(
            platform_event.c.id == entry_id,
            platform_event.c.state == EventState.PENDING.value,  # who comes late changes nothing
        )
        self._connection.execute(change.values(values | {"leased_until": None}))

    def listing(self, org: OrgId | None, states: Sequence[EventState]) -> list[EventEntry]:
        wanted = select(platform_event).where(
            platform_event.c.state.in_([state.value for state in states])
        )
        if org is not None:
            wanted = wanted.where(platform_event.c.org == org)
        rows = self._connection.execute(wanted.order_by(platform_event.c.id)).mappings()
        return [_entry(row) for row in rows]


def _entry(row: RowMapping) -> EventEntry:
    event = load(PlatformEvent, row)
    return EventEntry(EntryId(row["id"]), event, EventState(row["state"]), row["attempts"])
