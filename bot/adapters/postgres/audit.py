"""The audit log in PostgreSQL; a trigger refuses changes, the chain shows those made past it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.adapters.postgres.chain import chained, first_break
from bot.adapters.postgres.codec import load, to_json, to_row
from bot.adapters.postgres.locks import Lock, hold
from bot.adapters.postgres.tables import audit
from bot.core.people import OrgId
from bot.services.storage import AuditRecord

_PAGE = 1_000  # rows held in memory while the chain is followed


class SqlAuditLog:
    """Who did what; rows follow one another in the order of their commits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(
        self,
        org: OrgId,
        actor: str,
        action: str,
        subject: str,
        at: datetime,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        hold(self._connection, Lock.AUDIT)
        last = select(audit.c.id, audit.c.chain).order_by(audit.c.id.desc()).limit(1)
        row = self._connection.execute(last).first()
        number, previous = (row.id + 1, row.chain) if row else (1, "")
        plain = to_json(dict(details or {}))
        record = AuditRecord(number, at, org, actor, action, subject, plain)
        record = replace(record, chain=chained(previous, record))
        self._connection.execute(insert(audit).values(to_row(record)))

    def listing(self, org: OrgId, limit: int = 200) -> list[AuditRecord]:
        latest = select(audit).where(audit.c.org == org).order_by(audit.c.id.desc())
        rows = self._connection.execute(latest.limit(limit)).mappings()
        return [load(AuditRecord, row) for row in rows]

    def about(self, org: OrgId, subject: str) -> list[AuditRecord]:
        of_it = select(audit).where(audit.c.org == org, audit.c.subject == subject)
        rows = self._connection.execute(of_it.order_by(audit.c.id)).mappings()
        return [load(AuditRecord, row) for row in rows]

    def first_break(self) -> int | None:
        chain = select(audit).order_by(audit.c.id)
        paged = {"yield_per": _PAGE}
        with self._connection.execute(chain, execution_options=paged) as rows:
            return first_break(load(AuditRecord, row) for row in rows.mappings())
