"""Questions to the rules, wherever in the dialogue they are asked."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import Reply, WiredAction
from bot.core.own_case import own_case
from bot.core.people import OrgId
from bot.core.talk import Place, Topic
from bot.services.turns import Turn

TOPIC_SLOTS = ("last_question", "last_office", "last_options", "last_text", "last_places")


def ask_rules(
    action: WiredAction, turn: Turn, tracker: Tracker, *, may_lean: bool, on_leave: bool = False
) -> Reply:
    """Say what was said to the rule talk, whose topic lives in slots.

    `on_leave`: asked while filling in one's own leave, so that of several cases one's own is
    meant.
    """
    talk, org = action.wiring.rule_talk, turn.person.org
    messages, topic = talk.say(org, turn.incoming.text, _topic_of(tracker, org), may_lean)
    own = own_case(topic.options, turn.person) if on_leave else None
    if own is not None:
        messages, topic = talk.say(org, own, topic)
    return Reply(tuple(messages), tuple(_kept(topic)))


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
