"""The duties in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.adapters.postgres.codec import load, to_row
from bot.adapters.postgres.ledger_tables import duty, duty_ids, duty_reminder
from bot.core.duties import Duty, DutyId, DutyOccasion, DutyReminder, DutyState, SentDuty
from bot.core.errors import NotFoundError
from bot.core.people import OrgId


class SqlDutyRepository:
    """Duties with their reminders."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_id(self) -> DutyId:
        return DutyId(self._connection.execute(select(duty_ids.next_value())).scalar_one())

    def add(self, new: Duty) -> None:
        self._connection.execute(insert(duty).values(to_row(new)))

    def get(self, org: OrgId, duty_id: DutyId) -> Duty:
        found = select(duty).where(duty.c.org == org, duty.c.id == duty_id)
        row = self._connection.execute(found.with_for_update()).mappings().one_or_none()
        if row is None:
            raise NotFoundError("duty_unknown", org=org, number=duty_id)
        return load(Duty, row)

    def update(self, changed: Duty) -> None:
        row = update(duty).where(duty.c.id == changed.id).values(to_row(changed))
        if self._connection.execute(row).rowcount == 0:
            raise NotFoundError("duty_unknown", org=changed.org, number=changed.id)

    def listing(self, org: OrgId | None, state: DutyState | None = None) -> list[Duty]:
        wanted = select(duty).order_by(duty.c.due_at, duty.c.id)
        if org is not None:
            wanted = wanted.where(duty.c.org == org)
        if state is not None:
            wanted = wanted.where(duty.c.state == state.value)
        return [load(Duty, row) for row in self._connection.execute(wanted).mappings()]

    def open_duties(self) -> list[Duty]:
        wanted = select(duty).where(duty.c.state == DutyState.OPEN.value).order_by(duty.c.id)
        rows = self._connection.execute(wanted.with_for_update()).mappings()
        return [load(Duty, row) for row in rows]

    def add_reminders(self, reminders: Sequence[DutyReminder], push_key: str, at: datetime) -> None:
        rows = [
            {
                "duty_id": each.duty_id,
                "occasion": each.occasion.value,
                "day": each.day,
                "recipient": each.to,
                "push_key": push_key,
                "at": at,
            }
            for each in reminders
        ]
        if rows:
            self._connection.execute(upsert(duty_reminder).on_conflict_do_nothing(), rows)

    def sent(self, duty_ids: Sequence[DutyId]) -> dict[DutyId, list[SentDuty]]:
        told = select(duty_reminder).where(duty_reminder.c.duty_id.in_(duty_ids))
        found: dict[DutyId, list[SentDuty]] = {duty_id: [] for duty_id in duty_ids}
        for row in self._connection.execute(told.order_by(duty_reminder.c.id)):
            found[row.duty_id].append((DutyOccasion(row.occasion), row.day, row.recipient))
        return found
