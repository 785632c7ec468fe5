"""The leave ledger in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.adapters.postgres.codec import load, to_json, to_row
from bot.adapters.postgres.ledger_tables import leave as leave_table
from bot.adapters.postgres.ledger_tables import leave_draft, leave_event, leave_ids
from bot.adapters.postgres.tables import effect
from bot.core.errors import NotFoundError
from bot.core.leave import Leave, LeaveDraft, LeaveId, LeaveState, Span
from bot.core.leave_links import WAITING
from bot.core.people import OrgId, PersonId
from bot.services.ledgers import LeaveEvent


class SqlLeaveRepository:
    """Leaves with their events, and the drafts being talked about."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_id(self) -> LeaveId:
        return LeaveId(self._connection.execute(select(leave_ids.next_value())).scalar_one())

    def add(self, leave: Leave, by: PersonId, at: datetime) -> None:
        self._connection.execute(insert(leave_table).values(_row(leave)))
        self._note(leave, by, at)

    def get(self, leave_id: LeaveId) -> Leave:
        found = select(leave_table).where(leave_table.c.id == leave_id).with_for_update()
        row = self._connection.execute(found).mappings().one_or_none()
        if row is None:
            raise NotFoundError("leave_unknown", leave=leave_id)
        return _leave(row)

    def update(self, leave: Leave, by: PersonId | None, at: datetime, note: str = "") -> None:
        changed = update(leave_table).where(leave_table.c.id == leave.id).values(_row(leave))
        if self._connection.execute(changed).rowcount == 0:
            raise NotFoundError("leave_unknown", leave=leave.id)
        self._note(leave, by, at, note)

    def events(self, leave_ids: Sequence[LeaveId]) -> dict[LeaveId, list[LeaveEvent]]:
        wanted = select(leave_event).where(leave_event.c.leave_id.in_(leave_ids))
        found: dict[LeaveId, list[LeaveEvent]] = {leave_id: [] for leave_id in leave_ids}
        for row in self._connection.execute(wanted.order_by(leave_event.c.id)).mappings():
            found[row["leave_id"]].append(load(LeaveEvent, row))
        return found

    def _note(self, leave: Leave, by: PersonId | None, at: datetime, note: str = "") -> None:
        event = {"leave_id": leave.id, "at": at, "by": by, "state": leave.state.value, "note": note}
        self._connection.execute(insert(leave_event).values(event))

    def read(self, leave_id: LeaveId) -> Leave:
        found = select(leave_table).where(leave_table.c.id == leave_id)
        row = self._connection.execute(found).mappings().one_or_none()
        if row is None:
            raise NotFoundError("leave_unknown", leave=leave_id)
        return _leave(row)

    def begun(self, day: date, states: Collection[LeaveState]) -> list[LeaveId]:
        table = leave_table
        wanted = select(table.c.id).where(table.c.state.in_(states), table.c.first_day <= day)
        return [LeaveId(n) for n in self._connection.execute(wanted.order_by(table.c.id)).scalars()]

    def waiting(self) -> list[Leave]:
        wanted = select(leave_table).where(leave_table.c.state.in_(WAITING))
        found = self._connection.execute(wanted.order_by(leave_table.c.id)).mappings()
        return [_leave(row) for row in found]

    def running_though_withdrawn(self) -> list[Leave]:
        table = leave_table
        key = func.concat("leave:", table.c.id, ":cancelled")
        wanted = select(table).where(
            table.c.state == LeaveState.WITHDRAWN,
            table.c.approval.is_not(None),
            ~exists().where(effect.c.key == key),
        )
        found = self._connection.execute(wanted.order_by(table.c.id)).mappings()
        return [_leave(row) for row in found]

    def listing(
        self,
        org: OrgId,
        user: PersonId | None = None,
        since: date | None = None,
        *,
        until: date | None = None,
        states: Collection[LeaveState] | None = None,
    ) -> list[Leave]:
        table = leave_table
        wanted = select(table).where(table.c.org == org)
        if user is not None:
            wanted = wanted.where(table.c.user == user)
        if since is not None:
            wanted = wanted.where(table.c.last_day >= since)
        if until is not None:
            wanted = wanted.where(table.c.first_day <= until)
        if states is not None:
            wanted = wanted.where(table.c.state.in_(states))
        latest = wanted.order_by(leave_table.c.first_day.desc(), leave_table.c.id.desc())
        return [_leave(row) for row in self._connection.execute(latest).mappings()]

    def draft(self, thread: str) -> LeaveDraft | None:
        found = select(leave_draft.c.draft).where(leave_draft.c.thread == thread).with_for_update()
        stored = self._connection.execute(found).scalar_one_or_none()
        return None if stored is None else load(LeaveDraft, stored)

    def put_draft(self, draft: LeaveDraft) -> None:
        content = {"updated_at": draft.updated_at, "draft": to_json(draft)}
        new = upsert(leave_draft).values({"thread": draft.thread} | content)
        self._connection.execute(new.on_conflict_do_update(index_elements=["thread"], set_=content))

    def drop_draft(self, thread: str) -> None:
        self._connection.execute(delete(leave_draft).where(leave_draft.c.thread == thread))


def _row(leave: Leave) -> dict[str, Any]:
    row = to_row(leave) | to_row(leave.span)
    del row["span"]
    return row


def _leave(row: RowMapping) -> Leave:
    return load(Leave, row, span=load(Span, row))
