"""What the address books of all platforms tell."""

from __future__ import annotations

from bot.core.platform_events import PlatformEvent
from bot.services.people_sync import PeopleSync


def follow_people(sync: PeopleSync, event: PlatformEvent, *, left: str, departments: str) -> None:
    """Follow an event of the address book: of some people, or of the departments.

    Args:
        left: What the platform calls the event of somebody who leaves.
        departments: What the names of the events of departments contain.

    Raises:
        See `PeopleSync.refresh`.
    """
    if event.name == left:
        sync.leave(event.org, event.subjects)
    elif event.subjects:
        sync.refresh(event.org, event.subjects)
    elif departments in event.name:
        sync.sync_soon(event.org)
