"""The unanswered desk in PostgreSQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.adapters.postgres.codec import load
from bot.adapters.postgres.tables import unanswered_question
from bot.core.people import OrgId
from bot.core.rules import AnswerStatus
from bot.services.storage import UnansweredQuestion


class SqlUnansweredRepository:
    """Questions that the rules did not answer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, org: OrgId, question: str, status: AnswerStatus, nearest: int | None, at: datetime
    ) -> None:
        row = {
            "org": org,
            "question": question,
            "status": status.value,
            "nearest_article": nearest,
            "asked_at": at,
        }
        self._connection.execute(insert(unanswered_question).values(row))

    def listing(self, org: OrgId) -> list[UnansweredQuestion]:
        table = unanswered_question
        latest = select(table).where(table.c.org == org).order_by(table.c.id.desc())
        rows = self._connection.execute(latest).mappings()
        return [load(UnansweredQuestion, row) for row in rows]
