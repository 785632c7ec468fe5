"""What was taken for small talk or for other work, and speaks of the last answer from the rules."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import Reply, WiredAction, buttons
from actions.questions import ask_rules, topic_of
from bot.core.messages import Button, Message
from bot.services.turns import Turn


def goes_on_about_rules(action: WiredAction, turn: Turn, tracker: Tracker) -> Reply | None:
    """The answer to a sentence about the last answer (没看懂, 不是这个); None if it is not."""
    topic = topic_of(tracker, turn.person.org)
    if tracker.active_loop or not action.wiring.rule_talk.goes_on(turn.incoming.text, topic):
        return None
    return ask_rules(action, turn, tracker, may_lean=True)


class ActionExplainAnswer(WiredAction):
    """Says the last answer in brief, or asks what is meant."""

    action_name = "action_explain_answer"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        said = self.say("unclear").text
        return goes_on_about_rules(self, turn, tracker) or Reply((Message(said, _offers(self)),))


class ActionTakeComplaint(WiredAction):
    """Puts a misunderstanding right, or is sorry."""

    action_name = "action_take_complaint"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        said = self.say("complaint").text
        offers = buttons(self.say("say_help").text)
        return goes_on_about_rules(self, turn, tracker) or Reply((Message(said, offers),))


def _offers(action: WiredAction) -> tuple[Button, ...]:
    keys = ("say_question", "say_leave", "say_items", "say_help")
    return buttons(*(action.say(key).text for key in keys))
