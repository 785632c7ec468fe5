"""Trackers in memory, as short as Rasa can do with."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    ACTION_SESSION_START_NAME,
    SESSION_START_METADATA_SLOT,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

MOST_TRACKERS = 10_000  # some 40 MB; who was quiet longest begins a new session


class ShortTrackerStore(InMemoryTrackerStore):
    """Keeps of a conversation what the next turn depends on: slots, open form, latest message.

    Rasa reads the whole tracker with every message and sends it with every action, so that a
    conversation grows slower with each turn. Our rules look no turn back, and what matters is in
    our database (docs/decisions/0073).
    """

    def __init__(
        self,
        domain: Domain,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(domain, event_broker, **settings)
        self.store: OrderedDict[str, str] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a conversation, and forget the one that was quiet longest if there are too many."""
        short = DialogueStateTracker.from_events(
            tracker.sender_id, shortened(tracker), self.domain.slots
        )
        await super().save(short)
        self.store.move_to_end(tracker.sender_id)
        while len(self.store) > MOST_TRACKERS:
            self.store.popitem(last=False)


def shortened(tracker: DialogueStateTracker) -> list[Event]:
    """A beginning of a session that leads to where the conversation stands.

    The latest message stays: its time tells when the session expires.
    """
    begun_at = tracker.events[0].timestamp if tracker.events else None
    events: list[Event] = [
        ActionExecuted(ACTION_SESSION_START_NAME, timestamp=begun_at),
        SessionStarted(timestamp=begun_at),
    ]
    events += [
        SlotSet(name, slot.value)
        for name, slot in tracker.slots.items()
        if slot.value is not None and name != SESSION_START_METADATA_SLOT
    ]
    if tracker.active_loop_name:
        events.append(ActiveLoop(tracker.active_loop_name))
    events.append(ActionExecuted(ACTION_LISTEN_NAME))
    latest = tracker.get_last_event_for(UserUttered)
    return [*events, latest, ActionExecuted(ACTION_LISTEN_NAME)] if latest else events
