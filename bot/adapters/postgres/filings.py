"""The intents behind approvals on a real platform, in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.postgres.codec import load, to_row
from bot.adapters.postgres.platform_tables import filing as filing_table
from bot.core.people import OrgId
from bot.services.platform_records import Filing


class SqlFilingRepository:
    """Filings, one a request."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, filing: Filing) -> Filing:
        request = filing.request
        row = to_row(filing) | {"key": request.key, "org": request.org}
        new = insert(filing_table).values(row).on_conflict_do_nothing(index_elements=["key"])
        self._connection.execute(new)
        return self.get(request.key) or filing

    def get(self, key: str) -> Filing | None:
        wanted = select(filing_table).where(filing_table.c.key == key).with_for_update()
        row = self._connection.execute(wanted).mappings().one_or_none()
        return None if row is None else load(Filing, row)

    def put(self, filing: Filing) -> None:
        changed = update(filing_table).where(filing_table.c.key == filing.request.key)
        self._connection.execute(changed.values(to_row(filing)))

    def unanswered(self, org: OrgId) -> list[Filing]:
        table = filing_table
        wanted = select(table).where(table.c.org == org, table.c.approval.is_(None))
        rows = self._connection.execute(wanted.order_by(table.c.opened_at, table.c.key)).mappings()
        return [load(Filing, row) for row in rows]
