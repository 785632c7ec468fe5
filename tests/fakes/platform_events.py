"""The events of platforms in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.people import OrgId
from bot.core.platform_events import PlatformEvent
from bot.services.platform_event_store import EventEntry, EventState
from bot.services.storage import EntryId
from tests.fakes.tables import Queued, Session


class FakePlatformEventRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, event: PlatformEvent) -> bool:
        table = self._session.tables.platform_events
        known = {(row.entry.event.channel, row.entry.event.event_id) for row in table.values()}
        if (event.channel, event.event_id) in known:
            return False
        number = EntryId(self._session.next_number("platform_event"))
        table[number] = Queued(EventEntry(number, event, EventState.PENDING))
        return True

    def claim(self, now: datetime, lease_s: float) -> EventEntry | None:
        table = self._session.tables.platform_events
        for number, row in sorted(table.items()):
            if row.entry.state is EventState.PENDING and row.is_free(now):
                entry = replace(row.entry, attempts=row.entry.attempts + 1)
                until = now + timedelta(seconds=lease_s)
                table[number] = replace(row, entry=entry, leased_until=until)
                return entry
        return None

    def settle(self, entry_id: EntryId, state: EventState) -> None:
        row = self._session.tables.platform_events[entry_id]
        if row.entry.state is EventState.PENDING:
            settled = Queued(replace(row.entry, state=state))
            self._session.tables.platform_events[entry_id] = settled

    def postpone(self, entry_id: EntryId, until: datetime) -> None:
        row = self._session.tables.platform_events[entry_id]
        if row.entry.state is EventState.PENDING:
            self._session.tables.platform_events[entry_id] = Queued(row.entry, due_at=until)

    def defer(self, entry_id: EntryId, until: datetime) -> None:
        row = self._session.tables.platform_events[entry_id]
        if row.entry.state is EventState.PENDING:
            entry = replace(row.entry, attempts=row.entry.attempts - 1)
            self._session.tables.platform_events[entry_id] = Queued(entry, due_at=until)

    def listing(self, org: OrgId | None, states: Sequence[EventState]) -> list[EventEntry]:
        rows = sorted(self._session.tables.platform_events.items())
        entries = [row.entry for _, row in rows]
        return [e for e in entries if e.state in states and org in (None, e.event.org)]
