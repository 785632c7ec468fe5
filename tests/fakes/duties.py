"""The duties in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.duties import Duty, DutyId, DutyReminder, DutyState, SentDuty
from bot.core.errors import NotFoundError
from bot.core.people import OrgId
from tests.fakes.tables import Session


class FakeDutyRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def next_id(self) -> DutyId:
        return DutyId(self._session.next_number("duty"))

    def add(self, new: Duty) -> None:
        self._session.tables.duties[new.id] = new

    def get(self, org: OrgId, duty_id: DutyId) -> Duty:
        found = self._session.tables.duties.get(duty_id)
        if found is None or found.org != org:
            raise NotFoundError("duty_unknown", org=org, number=duty_id)
        return found

    def update(self, changed: Duty) -> None:
        self.get(changed.org, changed.id)
        self._session.tables.duties[changed.id] = changed

    def listing(self, org: OrgId | None, state: DutyState | None = None) -> list[Duty]:
        found = [
            duty
            for duty in self._session.tables.duties.values()
            if org in (None, duty.org) and state in (None, duty.state)
        ]
        return sorted(found, key=lambda duty: (duty.due_at, duty.id))

    def open_duties(self) -> list[Duty]:
        return sorted(self.listing(None, DutyState.OPEN), key=lambda duty: duty.id)

    def add_reminders(self, reminders: Sequence[DutyReminder], push_key: str, at: datetime) -> None:
        for each in reminders:
            self._session.tables.duty_reminders.setdefault(each.key, push_key)

    def sent(self, duty_ids: Sequence[DutyId]) -> dict[DutyId, list[SentDuty]]:
        found: dict[DutyId, list[SentDuty]] = {duty_id: [] for duty_id in duty_ids}
        for duty_id, occasion, day, to in self._session.tables.duty_reminders:
            if duty_id in found:
                found[duty_id].append((occasion, day, to))
        return found
