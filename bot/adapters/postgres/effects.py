"""The effects of turns in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping

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

    def subjects(self, keys: Collection[str]) -> dict[str, str]:
        found = select(effect.c.key, effect.c.subject).where(effect.c.key.in_(keys))
        return {row.key: row.subject for row in self._connection.execute(found)}

    def has_any(self, turn_key: str) -> bool:
        found = select(effect.c.key).where(effect.c.key.startswith(f"{turn_key}:", autoescape=True))
        return self._connection.execute(found.limit(1)).first() is not None

    def record(self, key: str, subject: str) -> None:
        self.record_all({key: subject})

    def record_all(self, effects: Mapping[str, str]) -> None:
        if not effects:
            return
        rows = [{"key": key, "subject": subject} for key, subject in sorted(effects.items())]
        new = insert(effect).values(rows).on_conflict_do_nothing().returning(effect.c.key)
        noted = set(self._connection.execute(new).scalars())
        if repeated := sorted(effects.keys() - noted):
            raise EffectRepeatedError(key=repeated[0])
