"""Leadership: of all processes one does what only one may do, and another the moment it dies."""

from __future__ import annotations

import contextlib
import logging

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Integer,
    NullPool,
    create_engine,
    func,
    literal,
    select,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.adapters.postgres.locks import Lock

logger = logging.getLogger(__name__)

TIMEOUT_S = 3  # for the connection and for each word on it
# A peer that vanished without closing is found by both sides within some ten seconds.
_KEEPALIVE = {"tcp_keepalives_idle": 4, "tcp_keepalives_interval": 2, "tcp_keepalives_count": 3}


class Leader:
    """Holds advisory locks on a connection of its own, for as long as that lives.

    PostgreSQL gives the locks back when the process ends, however it ends. One thread only.
    """

    def __init__(self, url: URL) -> None:
        self._engine = _make_engine(url)
        self._connection: Connection | None = None
        self._held: set[str] = set()

    def leads(self, name: str) -> bool:
        """Whether this process leads now: it took the lock, or asked after it on the connection.

        Without the database nobody leads: what was held is given up until it answers again.
        """
        try:
            connection = self._opened()
            if name in self._held:
                connection.execute(select(1))
            elif _take(connection, name):
                self._held.add(name)
        except SQLAlchemyError as error:
            kind = type(error).__name__
            logger.warning(
                "leadership lost: %s", kind, extra={"event": "leader.lost", "held": len(self._held)}
            )
            self.close()
        return name in self._held

    def close(self) -> None:
        """Give everything up at once."""
        connection, self._connection, self._held = self._connection, None, set()
        if connection is not None:
            with contextlib.suppress(DBAPIError):
                connection.close()

    def _opened(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection


def _take(connection: Connection, name: str) -> bool:
    kind = literal(int(Lock.LEADER), Integer)
    asked = select(func.pg_try_advisory_lock(kind, func.hashtext(name)))
    return bool(connection.execute(asked).scalar_one())


def _make_engine(url: URL) -> Engine:
    options = {"statement_timeout": f"{TIMEOUT_S}s"} | _KEEPALIVE
    return create_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",  # no transaction stands open beside the locks
        connect_args={
            "connect_timeout": TIMEOUT_S,
            "keepalives_idle": 4,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": TIMEOUT_S * 1000,
            "application_name": "guiju leader",
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
        },
    )
