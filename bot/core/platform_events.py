"""What a platform tells that nobody said: an approval moved, somebody left, a card was judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.people import OrgId


class EventKind(StrEnum):
    """Who is concerned by an event."""

    APPROVAL = "approval"  # its subjects: the platform's ids of approvals
    PEOPLE = "people"  # of people who came, changed or left; none for a change of departments
    FEEDBACK = "feedback"  # of the message that was judged, and the person who did


@dataclass(frozen=True)
class PlatformEvent:
    """One thing that happened on a platform; what it led to is asked for, not believed."""

    channel: str  # with event_id the unique key
    event_id: str
    org: OrgId
    kind: EventKind
    name: str  # in the platform's words: "bpms_instance_change", "user_leave_org"
    subjects: tuple[str, ...]
    received_at: datetime
