"""Connections to PostgreSQL."""

from __future__ import annotations

import time
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.core.errors import ConfigurationError

RESTED_S = 1.0  # a turn asks six times within a tenth of that
POOL_SIZE = 20  # a service's threads; a server takes 100 connections unless told otherwise
_DRIVERS = frozenset({"postgresql", "postgres", "postgresql+psycopg"})
_LIMITS = {
    "statement_timeout": "15s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",  # a unit of work never waits for people
}


class DatabaseUnreachableError(ConfigurationError):
    """No connection could be made; `reason` is one line and never holds the password."""

    code = "database_unreachable"


def read_url(database_url: str) -> URL:
    """The URL of a PostgreSQL database, for the driver that is installed.

    Raises:
        ConfigurationError: it is no such URL ("database_url_invalid"); it is never shown.
    """
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):
        # Without the cause: it may repeat a part of the URL.
        raise ConfigurationError("database_url_invalid", variable="DATABASE_URL") from None
    if url.drivername not in _DRIVERS:
        raise ConfigurationError("database_url_invalid", variable="DATABASE_URL")
    return url.set(drivername="postgresql+psycopg")


def make_engine(url: URL, rested_s: float = RESTED_S) -> Engine:
    """An engine with limits on every wait; nothing is opened yet.

    Args:
        rested_s: How long a connection lies idle before it is tried out ahead of its next use.
    """
    engine = create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_timeout=10,
        hide_parameters=True,  # errors are logged, what people write is not
        connect_args={
            "connect_timeout": 5,
            "application_name": "guiju",
            "options": " ".join(f"-c {name}={value}" for name, value in _LIMITS.items()),
        },
    )
    _try_what_has_rested(engine, rested_s)
    return engine


def _try_what_has_rested(engine: Engine, rested_s: float) -> None:
    """Ask a connection that lay idle whether it still lives, and open others if it does not.

    SQLAlchemy's own `pool_pre_ping` asks every time, which is a fourth of all trips of a turn.
    """

    def note(connection: Any, entry: ConnectionPoolEntry) -> None:
        entry.info["rests_since_s"] = time.monotonic()

    def try_out(connection: Any, entry: ConnectionPoolEntry, _: object) -> None:
        now = time.monotonic()
        if now - entry.info.get("rests_since_s", now) < rested_s:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError() from error  # the pool opens another and goes on

    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", try_out)


def check_reachable(engine: Engine) -> None:
    """Open one connection.

    Raises:
        DatabaseUnreachableError: that was not possible.
    """
    try:
        engine.connect().close()
    except DBAPIError as error:
        raise DatabaseUnreachableError(
            where=_where(engine.url), reason=_reason(error, engine.url)
        ) from error


def _where(url: URL) -> str:
    host = url.host or url.query.get("host") or "localhost"
    return f"{host}:{url.port or 5432}/{url.database or ''}"


def _reason(error: DBAPIError, url: URL) -> str:
    lines = [line.strip() for line in str(error.orig).splitlines() if line.strip()]
    line = lines[0] if lines else type(error.orig).__name__
    return line.replace(str(url.password), "***") if url.password else line
