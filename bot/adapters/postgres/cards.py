"""Cards, judgements and calls in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Table,
    Text,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.postgres.codec import load, to_row
from bot.adapters.postgres.columns import text_column, time_column
from bot.adapters.postgres.tables import metadata
from bot.core.people import OrgId
from bot.services.card_store import CallCount, Card, Judgement

card = Table(
    "card",
    metadata,
    Column("key", Text, primary_key=True),
    *map(text_column, ("org", "topic", "state")),
    time_column("sent_at"),
    Column("settled", Boolean, nullable=False),
    Column("handle", Text, nullable=False, server_default=""),
)
Index("ix_card_open", card.c.sent_at, postgresql_where=text("NOT settled"))
judgement = Table(
    "judgement",
    metadata,
    Column("key", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    text_column("org"),
    Column("useful", Boolean, nullable=False),
    time_column("at"),
)
platform_call = Table(
    "platform_call",
    metadata,
    Column("month", Date, primary_key=True),
    *(Column(name, Text, primary_key=True) for name in ("org", "channel", "api")),
    Column("calls", BigInteger, nullable=False),
)


class SqlCardRepository:
    """Cards with a topic."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, shown: Card) -> None:
        new = insert(card).values(to_row(shown)).on_conflict_do_nothing()
        self._connection.execute(new)

    def open(self, limit: int) -> list[Card]:
        unsettled = select(card).where(~card.c.settled)
        rows = self._connection.execute(unsettled.order_by(card.c.sent_at.desc()).limit(limit))
        return [load(Card, row) for row in rows.mappings()]

    def update(self, shown: Card) -> None:
        changed = update(card).where(card.c.key == shown.key)
        self._connection.execute(changed.values(to_row(shown)))


class SqlFeedbackRepository:
    """What people think of answers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, given: Judgement) -> None:
        row = to_row(given)
        new = insert(judgement).values(row)
        self._connection.execute(
            new.on_conflict_do_update(index_elements=["key", "person"], set_=row)
        )

    def listing(self, since: datetime) -> list[Judgement]:
        late = select(judgement).where(judgement.c.at >= since)
        rows = self._connection.execute(late.order_by(judgement.c.at.desc())).mappings()
        return [load(Judgement, row) for row in rows]


class SqlCallRepository:
    """Calls made, one row an office, API and month."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, month: date, counts: Mapping[tuple[OrgId, str, str], int]) -> None:
        for (org, channel, api), calls in sorted(counts.items()):  # in order: no deadlock
            row = {"month": month, "org": org, "channel": channel, "api": api, "calls": calls}
            new = insert(platform_call).values(row)
            added = {"calls": platform_call.c.calls + new.excluded.calls}
            key = platform_call.primary_key
            self._connection.execute(new.on_conflict_do_update(constraint=key, set_=added))

    def of_month(self, month: date) -> list[CallCount]:
        table = platform_call
        wanted = select(table).where(table.c.month == month)
        rows = self._connection.execute(wanted.order_by(table.c.org, table.c.channel, table.c.api))
        return [load(CallCount, row) for row in rows.mappings()]
