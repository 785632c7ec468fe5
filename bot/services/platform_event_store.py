"""Port of the events that platforms tell, worked by many processes at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.core.people import OrgId
from bot.core.platform_events import PlatformEvent
from bot.services.queues import EntryId


class EventState(StrEnum):
    """What became of an event."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"  # attempts exhausted; what it told is found by looking regularly


@dataclass(frozen=True)
class EventEntry:
    """One stored event. `attempts` counts the tries begun, the present one included."""

    id: EntryId
    event: PlatformEvent
    state: EventState
    attempts: int = 0


class PlatformEventRepository(Protocol):
    """Events of platforms, unique by (channel, event id)."""

    def add(self, event: PlatformEvent) -> bool:
        """Store an event; False: it is stored already."""
        ...

    def claim(self, now: datetime, lease_s: float) -> EventEntry | None:
        """Lease the oldest pending event that is due; None if none is (SKIP LOCKED)."""
        ...

    def settle(self, entry_id: EntryId, state: EventState) -> None:
        """Record the outcome and end the lease."""
        ...

    def postpone(self, entry_id: EntryId, until: datetime) -> None:
        """End the lease; the event is due again at `until`."""
        ...

    def defer(self, entry_id: EntryId, until: datetime) -> None:
        """End the lease of a try that did not count, such as at a limit; due again at `until`."""
        ...

    def listing(self, org: OrgId | None, states: Sequence[EventState]) -> list[EventEntry]:
        """The events in these states, oldest first."""
        ...
