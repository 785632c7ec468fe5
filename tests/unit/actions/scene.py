"""One action, called as Rasa would call it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import WiredAction
from bot.core.messages import Incoming, Push
from bot.core.people import Person, PersonId
from bot.services.queues import OutboxState
from tests.fakes.desks import CHANGLE, Desks


@dataclass(frozen=True)
class Outcome:
    """What an action answered."""

    messages: list[dict[str, Any]]
    events: list[dict[str, Any]]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.messages)

    @property
    def says(self) -> list[str]:
        return [button["say"] for message in self.messages for button in message["buttons"]]

    @property
    def slots(self) -> dict[str, Any]:
        return {e["name"]: e["value"] for e in self.events if e["event"] == "slot"}

    @property
    def loops(self) -> list[str | None]:
        return [e["name"] for e in self.events if e["event"] == "active_loop"]


@dataclass
class Scene:
    """Desks, and what Rasa remembers between two calls."""

    desks: Desks = field(default_factory=Desks)
    slots: dict[str, Any] = field(default_factory=dict)
    who: str = "bureau_head"
    conversation: str = "direct"
    loop: str | None = None
    turns: int = 0

    @property
    def person(self) -> Person:
        with self.desks.database.unit_of_work() as uow:
            return uow.people.person(PersonId(f"changle/{self.who}"))

    @property
    def thread(self) -> str:
        return f"changle/{self.who}@{self.conversation}"

    def call(
        self,
        action: type[WiredAction],
        text: str,
        intent: str = "ask_rule",
        confidence: float = 0.9,
        done_before: tuple[str, ...] = (),
        again: bool = False,
    ) -> Outcome:
        """Say something that Rasa answers with this action; `again` repeats the same turn."""
        self.turns += not again
        incoming = Incoming(
            "web",
            f"m{self.turns}",
            CHANGLE,
            self.person.id,
            self.conversation,
            text,
            self.desks.clock.now(),
        )
        with self.desks.database.unit_of_work() as uow:
            key = uow.inbox.add(incoming).turn_key
            uow.commit()
        with self.desks.turns.opened(key, self.person, incoming) as turn:
            outcome = self._run(action, text, intent, confidence, turn.token, done_before)
        self.slots |= outcome.slots
        if outcome.loops:
            self.loop = outcome.loops[-1]
        return outcome

    def call_from_outside(self, action: type[WiredAction], token: str | None) -> Outcome:
        """Call an action without an open turn."""
        return self._run(action, "你好", "greet", 0.9, token, ())

    def pushes(self) -> list[Push]:
        """The messages to be sent."""
        entries = self.desks.database.unit_of_work().outbox.listing(None, list(OutboxState))
        return [entry.payload for entry in entries if isinstance(entry.payload, Push)]

    def _run(
        self,
        action: type[WiredAction],
        text: str,
        intent: str,
        confidence: float,
        token: str | None,
        done_before: tuple[str, ...],
    ) -> Outcome:
        tracker = Tracker(
            sender_id=self.thread,
            slots=dict(self.slots),
            latest_message={
                "text": text,
                "intent": {"name": intent, "confidence": confidence},
                "metadata": {"turn": token},
            },
            events=[
                {"event": "action", "name": "action_listen"},
                {"event": "user", "text": text},
                *({"event": "action", "name": name} for name in done_before),
                {"event": "action", "name": self.loop or "leave_form"},
            ],
            paused=False,
            followup_action=None,
            active_loop={"name": self.loop} if self.loop else {},
            latest_action_name="action_listen",
        )
        dispatcher = CollectingDispatcher()
        events = asyncio.run(action(self.desks.wiring()).run(dispatcher, tracker, {}))
        return Outcome([message["custom"] for message in dispatcher.messages], list(events))
