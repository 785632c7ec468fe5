"""What the embedded platform delivered, in PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.postgres.codec import load, to_json
from bot.adapters.postgres.tables import local_message
from bot.core.messages import Push
from bot.services.storage import LocalMessage


class SqlLocalMessageRepository:
    """Delivered pushes, one a key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, push: Push, at: datetime) -> bool:
        row = {"key": push.key, "recipient": push.to, "at": at, "push": to_json(push)}
        new = insert(local_message).values(row).on_conflict_do_nothing(index_elements=["key"])
        return self._connection.execute(new.returning(local_message.c.id)).first() is not None

    def listing(self, to: str) -> list[LocalMessage]:
        delivered = select(local_message).where(local_message.c.recipient == to)
        rows = self._connection.execute(delivered.order_by(local_message.c.id)).mappings()
        return [load(LocalMessage, row) for row in rows]
