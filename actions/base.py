"""What every action does: know the turn, call a desk off the loop, put the answer into words."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.core.errors import RefusedError
from bot.core.messages import Button, Message, Push
from bot.services.error_words import error_words
from bot.services.turns import Turn
from bot.wiring import Wiring

WAITS_FOR_YES = ("pending_item_text", "pending_minute", "pending_change")  # slots


@dataclass(frozen=True)
class Reply:
    """What an action says, and the events that Rasa is to keep."""

    messages: tuple[Message, ...] = ()
    events: tuple[EventType, ...] = ()


class WiredAction(Action, ABC):
    """An action with the desks at hand. Rasa trusts anybody; an action trusts only open turns."""

    action_name: ClassVar[str]

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring

    def name(self) -> str:
        """The name in domain.yml."""
        return self.action_name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Act for the person of the turn, in a thread of its own."""
        reply = await asyncio.to_thread(self.reply_to, tracker)
        for message in reply.messages:
            dispatcher.utter_message(json_message=payload(message))
        return [*reply.events, *_upkeep(tracker, reply)]

    def reply_to(self, tracker: Tracker) -> Reply:
        """Act, or say why not."""
        try:
            turn = self.wiring.turns.get(turn_token(tracker))
        except RefusedError as error:
            return Reply((self.sorry(error),))
        try:
            return self.act(turn, tracker)
        except RefusedError as error:
            return self.refused(error, turn, tracker)

    @abstractmethod
    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        """Do what the person asked for.

        Raises:
            RefusedError: the rules or the data say no.
        """

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Answer a refusal."""
        return Reply((self.sorry(error),))

    def sorry(self, error: RefusedError) -> Message:
        """The words for a refusal."""
        return Message(error_words(error, self.wiring.texts))

    def say(self, key: str, **fields: object) -> Message:
        """A sentence of chat.yml."""
        return Message(self.wiring.texts.say(f"chat.{key}", **fields))

    def tell_in_private(self, turn: Turn, message: Message, group_words: Message) -> Reply:
        """Answer in a group with `group_words` alone, and the person with the message itself."""
        return self.tell_all_in_private(turn, (message,), group_words)

    def tell_all_in_private(
        self, turn: Turn, messages: Sequence[Message], group_words: Message
    ) -> Reply:
        """As `tell_in_private`, with several messages."""
        org, to = turn.person.org, turn.person.id
        with self.wiring.unit_of_work() as uow:
            for n, message in enumerate(messages):
                key = f"private:{turn.key}:{self.action_name}" + (f":{n}" if n else "")
                uow.outbox.add(Push(key, org, to, message), self.wiring.clock.now())
            uow.commit()
        return Reply((group_words,))


def payload(message: Message) -> dict[str, Any]:
    """A message as the custom payload that `bot.adapters.rasa` turns back into one."""
    return asdict(message)


def turn_token(tracker: Tracker) -> str | None:
    """The token of the turn that the latest message belongs to."""
    metadata = tracker.latest_message.get("metadata") or {}
    token = metadata.get("turn")
    return token if isinstance(token, str) else None


def intent_of(tracker: Tracker) -> tuple[str, float]:
    """The intent of the latest message and how sure the classifier is of it."""
    intent = tracker.latest_message.get("intent") or {}
    return intent.get("name") or "", float(intent.get("confidence") or 0.0)


def was_interrupted(tracker: Tracker, form: str) -> bool:
    """Whether another action has answered the latest message: the form does not read it again."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action" and event["name"] not in (form, "action_listen"):
            return True
    return False


def buttons(*says: str) -> tuple[Button, ...]:
    """Buttons that say what they show."""
    return tuple(Button(say, say) for say in says)


def _upkeep(tracker: Tracker, reply: Reply) -> list[EventType]:
    """Forget what waits for a yes once something else was said: a later yes means that."""
    named = {event["name"] for event in reply.events if event["event"] == "slot"}
    waiting = (slot for slot in WAITS_FOR_YES if slot not in named and tracker.get_slot(slot))
    return [SlotSet(slot, None) for slot in waiting]
