"""Port of the duties: deadlines beside the supervision ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.duties import Duty, DutyId, DutyReminder, DutyState, SentDuty
from bot.core.people import OrgId


class DutyRepository(Protocol):
    """What is owed, and what was told of it."""

    def next_id(self) -> DutyId:
        """Return an id that no stored duty has."""
        ...

    def add(self, duty: Duty) -> None:
        """Store a new duty."""
        ...

    def get(self, org: OrgId, duty_id: DutyId) -> Duty:
        """Return a duty, locked until the unit of work ends.

        Raises:
            NotFoundError: the office has no such duty (code "duty_unknown").
        """
        ...

    def update(self, duty: Duty) -> None:
        """Store a changed duty."""
        ...

    def listing(self, org: OrgId | None, state: DutyState | None = None) -> list[Duty]:
        """Duties of an office (None: of all), the first due first."""
        ...

    def open_duties(self) -> list[Duty]:
        """Every open duty, by id, locked until the unit of work ends."""
        ...

    def add_reminders(self, reminders: Sequence[DutyReminder], push_key: str, at: datetime) -> None:
        """Note reminders that go out in one push; one noted before stays as it is."""
        ...

    def sent(self, duty_ids: Sequence[DutyId]) -> dict[DutyId, list[SentDuty]]:
        """What was told of duties."""
        ...
