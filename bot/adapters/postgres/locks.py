"""Advisory locks; those that `hold` takes last to the end of the transaction."""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import Connection, Integer, func, literal, select


class Lock(IntEnum):
    """What is locked; the name given with it says which one."""

    MIGRATION = 1
    THREAD = 2  # messages of one thread get their ids in the order of their commits
    SERIAL = 3  # an office's numbers of one year
    AUDIT = 4
    SORTING = 5  # the unanswered questions of an office
    OUTBOX = 6  # leasing what is to be sent
    LEADER = 7  # what one process does for all; held by a connection (`leader.py`)
    PACE = 8  # counting what has a limit


def hold(connection: Connection, lock: Lock, name: str = "") -> None:
    """Wait for a lock and keep it until the transaction ends."""
    kind = literal(int(lock), Integer)
    connection.execute(select(func.pg_advisory_xact_lock(kind, func.hashtext(name))))
