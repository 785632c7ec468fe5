"""Deadlines beside 督办: 会签, 请示, minutes."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker

from actions.base import Reply, WiredAction
from actions.instead import asked_instead
from bot.core.errors import RefusedError
from bot.core.messages import Message
from bot.services import duty_words as words
from bot.services.turns import Turn


class DutyAction(WiredAction):
    """A step on a duty."""

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Say why not, unless the rules were asked."""
        return asked_instead(self, turn, tracker) or super().refused(error, turn, tracker)


class ActionRegisterDuty(DutyAction):
    """会签 发改局 关于…的通知,3号前."""

    action_name = "action_register_duty"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        desk = self.wiring.duty_desk
        duties = desk.register(turn.person, turn.incoming.text, turn.key)
        return Reply((words.registered_message(duties, self.wiring.texts),))


class ActionFinishDuty(DutyAction):
    """待办3号已办."""

    action_name = "action_finish_duty"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        duty = self.wiring.duty_desk.finish(turn.person, turn.incoming.text, turn.key)
        return Reply((words.done_message(duty, self.wiring.texts),))


class ActionListDuties(WiredAction):
    """我的待办: what is owed beside supervision items."""

    action_name = "action_list_duties"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        message = with_duties(self, turn, Message(""))
        if not message.text:
            if asked := asked_instead(self, turn, tracker):
                return asked
            return Reply((Message(self.wiring.texts.say("duties.none")),))
        if turn.incoming.is_group:
            return self.tell_in_private(turn, message, self.say("in_private"))
        return Reply((message,))


def with_duties(action: WiredAction, turn: Turn, message: Message) -> Message:
    """A message with the person's own duties after it, where there are any."""
    desk = action.wiring.duty_desk
    now = action.wiring.clock.now()
    told = [message.text] if message.text else []
    lines = words.duties_lines(desk.own(turn.person), now, action.wiring.texts, alone=not told)
    return replace(message, text="\n".join([*told, *lines]))
