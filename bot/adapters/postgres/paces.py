"""What has a limit, in PostgreSQL: one row each time, for as long as it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Boolean, Column, Connection, Index, Table, delete, func, insert, select

from bot.adapters.postgres.columns import number_column, text_column, time_column
from bot.adapters.postgres.locks import Lock, hold
from bot.adapters.postgres.tables import metadata
from bot.services.platform_records import Limit

pace = Table(
    "pace",
    metadata,
    number_column(),
    text_column("name"),
    time_column("at"),
    Column("rests", Boolean, nullable=False),  # `at` is when it ends, and nothing was done
)
Index("ix_pace_name_at", pace.c.name, pace.c.at)


class SqlPaceRepository:
    """Windows that several processes share."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, name: str, limits: Sequence[Limit], now: datetime, count: int = 1) -> float:
        hold(self._connection, Lock.PACE, name)
        waits = [self._until(name, limit, count) for limit in limits] + [self._rests_until(name)]
        until = max(filter(None, waits), default=now)
        if until > now:
            return (until - now).total_seconds()
        self._forget(name, limits, now)
        rows = [{"name": name, "at": now, "rests": False}] * count
        self._connection.execute(insert(pace), rows)
        return 0.0

    def rest(self, name: str, until: datetime) -> None:
        self._connection.execute(insert(pace).values(name=name, at=until, rests=True))

    def _until(self, name: str, limit: Limit, count: int) -> datetime | None:
        """When the limit lets `count` more through; None: it has not been reached at all."""
        nth = (
            select(pace.c.at)
            .where(pace.c.name == name, ~pace.c.rests)
            .order_by(pace.c.at.desc())
            .offset(max(0, limit.most - count))
            .limit(1)
        )
        taken = self._connection.execute(nth).scalar_one_or_none()
        return None if taken is None else taken + timedelta(seconds=limit.span_s)

    def _rests_until(self, name: str) -> datetime | None:
        latest = select(func.max(pace.c.at)).where(pace.c.name == name, pace.c.rests)
        return self._connection.execute(latest).scalar_one_or_none()

    def _forget(self, name: str, limits: Sequence[Limit], now: datetime) -> None:
        longest = max((limit.span_s for limit in limits), default=0.0)
        past = delete(pace).where(pace.c.name == name, pace.c.at < now - timedelta(seconds=longest))
        self._connection.execute(past)
