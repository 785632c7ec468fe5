"""The unanswered desk in chat."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import Reply, WiredAction
from actions.instead import asked_instead
from bot.core.errors import RefusedError
from bot.core.messages import Message
from bot.services.turns import Turn
from bot.services.unanswered_words import list_message


class ActionListUnanswered(WiredAction):
    """What the rules left open and nobody has answered yet."""

    action_name = "action_list_unanswered"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        texts = self.wiring.texts
        message = list_message(self.wiring.unanswered_desk.to_do(turn.person), texts)
        if turn.incoming.is_group:
            return self.tell_in_private(turn, message, Message(texts.say("unanswered.in_private")))
        return Reply((message,))

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Say why not, unless the rules were asked."""
        return asked_instead(self, turn, tracker) or super().refused(error, turn, tracker)
