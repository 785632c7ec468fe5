"""Questions to the rule documents."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import Reply, WiredAction
from actions.leave_change import ActionChangeLeave, asks_for_change
from actions.leave_form import asks_for_leave, begin_leave, goes_on_with_draft
from bot.core.people import OrgId
from bot.core.talk import Place, Topic
from bot.services.turns import Turn

TOPIC_SLOTS = ("last_question", "last_office", "last_options", "last_text", "last_places")


class RuleAction(WiredAction):
    """Says what was said to the rule talk; its topic lives in slots."""

    def talk(self, turn: Turn, tracker: Tracker, may_lean: bool) -> Reply:
        """The answers, and what the next sentence may lean on."""
        topic = _topic_of(tracker, turn.person.org)
        messages, topic = self.wiring.rule_talk.say(
            turn.person.org, turn.incoming.text, topic, may_lean
        )
        return Reply(tuple(messages), tuple(_kept(topic)))


class ActionAnswerRule(RuleAction):
    """A question of its own, or one of the choices offered a moment ago."""

    action_name = "action_answer_rule"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        text = turn.incoming.text
        is_choice = text in (tracker.get_slot("last_options") or ())
        if not is_choice and (draft := goes_on_with_draft(self, turn, tracker)):
            return draft
        if not is_choice and asks_for_change(self.wiring, turn, tracker):
            return ActionChangeLeave(self.wiring).act(turn, tracker)
        if not is_choice and asks_for_leave(self.wiring, text, tracker):
            return begin_leave(self, turn)
        return self.talk(turn, tracker, may_lean=False)


class ActionFollowUpRule(RuleAction):
    """A question that leans on the one before (那副县长呢)."""

    action_name = "action_follow_up_rule"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        return self.talk(turn, tracker, may_lean=True)


class ActionCompareOffice(RuleAction):
    """The last question, or the one in the sentence, put to other offices' rules."""

    action_name = "action_compare_office"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        return self.talk(turn, tracker, may_lean=True)


def _topic_of(tracker: Tracker, own: OrgId) -> Topic:
    places: list[dict[str, Any]] = tracker.get_slot("last_places") or []
    return Topic(
        org=OrgId(tracker.get_slot("last_office") or own),
        question=tracker.get_slot("last_question") or "",
        options=tuple(tracker.get_slot("last_options") or ()),
        text=tracker.get_slot("last_text") or "",
        places=tuple(Place(**place) for place in places),
    )


def _kept(topic: Topic) -> list[EventType]:
    values = {
        "last_question": topic.question or None,
        "last_office": topic.org,
        "last_options": list(topic.options) or None,
        "last_text": topic.text or None,
        "last_places": [asdict(place) for place in topic.places] or None,
    }
    return [SlotSet(slot, value) for slot, value in values.items()]
