"""The embedded platform's approvals in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.postgres.codec import load, to_row
from bot.adapters.postgres.tables import approval as approval_table
from bot.core.approvals import Approval, ApprovalState
from bot.core.errors import NotFoundError


class SqlApprovalRepository:
    """Approvals, one a request."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, approval: Approval) -> bool:
        row = to_row(approval) | {"key": approval.request.key}
        new = insert(approval_table).values(row).on_conflict_do_nothing(index_elements=["key"])
        return self._connection.execute(new.returning(approval_table.c.id)).first() is not None

    def get(self, approval: str) -> Approval:
        found = select(approval_table).where(approval_table.c.id == approval).with_for_update()
        row = self._connection.execute(found).mappings().one_or_none()
        if row is None:
            raise NotFoundError("approval_unknown", approval=approval)
        return _approval(row)

    def by_key(self, key: str) -> Approval | None:
        found = select(approval_table).where(approval_table.c.key == key)
        row = self._connection.execute(found).mappings().one_or_none()
        return None if row is None else _approval(row)

    def update(self, approval: Approval) -> None:
        table = approval_table
        changed = update(table).where(table.c.id == approval.id).values(to_row(approval))
        if self._connection.execute(changed).rowcount == 0:
            raise NotFoundError("approval_unknown", approval=approval.id)

    def listing(self, state: ApprovalState | None = None) -> list[Approval]:
        latest = select(approval_table).order_by(approval_table.c.position.desc())
        if state is not None:
            latest = latest.where(approval_table.c.state == state.value)
        return [_approval(row) for row in self._connection.execute(latest).mappings()]


def _approval(row: RowMapping) -> Approval:
    return load(Approval, row)
