"""立项: from one sentence, or from a pasted minute whose points are confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.base import Reply, WiredAction
from actions.instead import asked_instead
from bot.core.errors import RefusedError
from bot.core.messages import Button, Message
from bot.core.supervision import ItemParts
from bot.services import supervision_words as words
from bot.services.supervision import UnitUnlistedError
from bot.services.supervision_proposal_words import (
    accepted_message,
    deadline_choices,
    proposals_message,
)
from bot.services.turns import Turn


class RegisteringAction(WiredAction):
    """立项, shared with the yes that accepts an unlisted unit or the points of a minute."""

    def proposed(self, turn: Turn, text: str) -> Reply:
        """Show the items that a pasted minute asks for; nothing is stored."""
        desk, texts = self.wiring.supervision_desk, self.wiring.texts
        proposals, skipped = desk.intake.propose(turn.person, text)
        left = [proposal.place for proposal in proposals]
        shown = proposals_message(proposals, skipped, left, desk.today(), texts)
        ready = [proposal.place for proposal in proposals if proposal.item is not None]
        pending = {"text": text, "left": ready} if ready else None
        return self._in_private(turn, shown, pending)

    def accepted(self, turn: Turn, pending: Mapping[str, Any], places: Sequence[int]) -> Reply:
        """Register points of the minute that waits, and offer those that are left."""
        desk, texts = self.wiring.supervision_desk, self.wiring.texts
        text, left = str(pending["text"]), [int(place) for place in pending["left"]]
        for place in places:
            if place not in left:
                words_before = texts.say("supervision.accepted_before", place=place)
                kept = SlotSet("pending_minute", dict(pending))
                return Reply((Message(words_before),), (kept,))
        items = desk.intake.accept(turn.person, text, places, turn.key)
        messages = [accepted_message(items, desk.today(), texts)]
        left = [place for place in left if place not in places]
        if left:
            proposals, _ = desk.intake.propose(turn.person, text)
            messages.append(proposals_message(proposals, (), left, desk.today(), texts))
        shown = Message(
            "\n".join(message.text for message in messages),
            messages[-1].buttons,
            messages[-1].citations,
        )
        return self._in_private(turn, shown, {"text": text, "left": left} if left else None)

    def chosen(self, turn: Turn, pending: Mapping[str, Any]) -> list[int] | None:
        """The points of the minute that a sentence confirms; None: it confirms none."""
        left = [int(place) for place in pending["left"]]
        intake = self.wiring.supervision_desk.intake
        return intake.choice(turn.person, turn.incoming.text, left)

    def _in_private(self, turn: Turn, shown: Message, pending: Mapping[str, Any] | None) -> Reply:
        events = (SlotSet("pending_minute", pending), SlotSet("pending_item_text", None))
        if not turn.incoming.is_group:
            return Reply((shown,), events)
        return replace(self.tell_in_private(turn, shown, self.say("in_private")), events=events)

    def registered(self, turn: Turn, text: str, accept_unlisted: bool) -> Reply:
        """Register and show the item."""
        desk = self.wiring.supervision_desk
        item = desk.register(turn.person, text, turn.key, accept_unlisted)
        message = words.registered_message(
            item, desk.exceeded_rule(item), desk.today(), self.wiring.texts
        )
        return Reply((message,), (SlotSet("pending_item_text", None),))


class ActionRegisterItem(RegisteringAction):
    """立项; a unit that is not listed has to be confirmed."""

    action_name = "action_register_item"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        text, pending = turn.incoming.text, tracker.get_slot("pending_item_text")
        minute = tracker.get_slot("pending_minute")
        if minute and (places := self.chosen(turn, minute)) is not None:
            return self.accepted(turn, minute, places)
        if pending and self.wiring.supervision_desk.read(turn.person, text) == ItemParts():
            return self.registered(turn, pending, accept_unlisted=True)  # 立项, and nothing more
        return self.registered(turn, text, accept_unlisted=False)

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Keep the sentence until the person says yes or no to the unit; take a minute apart."""
        if error.code == "item_several":
            return self.proposed(turn, turn.incoming.text)
        if error.code == "item_deadline_which":
            days = cast("Sequence[date]", error.details["days"])
            choices = deadline_choices(turn.incoming.text, days, self.wiring.texts)
            return Reply((Message(self.sorry(error).text, choices),))
        if not isinstance(error, UnitUnlistedError):
            return asked_instead(self, turn, tracker) or super().refused(error, turn, tracker)
        say = self.wiring.texts.say
        choices = tuple(
            Button(say(f"chat.unlisted_{answer}"), say(f"chat.unlisted_{answer}"))
            for answer in ("yes", "no")
        )
        message = Message(self.sorry(error).text, choices)
        return Reply((message,), (SlotSet("pending_item_text", turn.incoming.text),))
