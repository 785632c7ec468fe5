"""The effects of turns in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.postgres.tables import effect
from bot.services.storage import EffectRepeatedError


class SqlEffectLog:
    """What turns have done; of two that run side by side, the second waits and is refused."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def subject(self, key: str) -> str | None:
        found = select(effect.c.subject).where(effect.c.key == key)
        return self._connection.execute(found).scalar_one_or_none()

    def has_any(self, turn_key: str) -> bool:
        found = select(effect.c.key).where(effect.c.key.startswith(f"{turn_key}:", autoescape=True))
        return self._connection.execute(found.limit(1)).first() is not None

    def record(self, key: str, subject: str) -> None:
        new = insert(effect).values(key=key, subject=subject).on_conflict_do_nothing()
        if self._connection.execute(new.returning(effect.c.key)).first() is None:
            raise EffectRepeatedError(key=key)
