"""Shared values in PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.postgres.tables import setting


class SqlSettingStore:
    """A few values by key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> Any | None:
        found = select(setting.c.value).where(setting.c.key == key)
        return self._connection.execute(found).scalar_one_or_none()

    def put(self, key: str, value: Any) -> None:
        new = insert(setting).values(key=key, value=value)
        stored = new.on_conflict_do_update(index_elements=["key"], set_={"value": value})
        self._connection.execute(stored)

    def keep(self, key: str, value: Any) -> Any:
        new = insert(setting).values(key=key, value=value)
        # Waits for another process that stores the same key at this moment.
        self._connection.execute(new.on_conflict_do_nothing(index_elements=["key"]))
        return self.get(key)
