"""Questions to the rules, wherever in the dialogue they are asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import Reply, WiredAction
from bot.core.own_case import own_case
from bot.core.people import OrgId
from bot.core.talk import Place, Topic
from bot.services.turns import Turn

LEANING = 10  # characters: a question that long names what it is about
_LEANS = re.compile(r"证明|材料|手续|提前|谁批|找谁|主持|几天批|多久批|能批|销假|报备|报告")
_STANDS_ALONE = re.compile(r"假|出差|外出|会|文|章|督办|经费|报销|钱")
TOPIC_SLOTS = (
    "last_question",
    "last_office",
    "last_options",
    "last_text",
    "last_places",
    "last_parts",
    "last_earlier",
)


def ask_rules(
    action: WiredAction, turn: Turn, tracker: Tracker, *, may_lean: bool, on_leave: bool = False
) -> Reply:
    """Say what was said to the rule talk, whose topic lives in slots.

    `on_leave`: asked while filling in one's own leave, so that of several cases one's own is
    meant.
    """
    talk, org = action.wiring.rule_talk, turn.person.org
    text = _with_kind(action, turn) if on_leave else turn.incoming.text
    messages, topic = talk.say(org, text, topic_of(tracker, org), may_lean)
    own = own_case(topic.options, turn.person) if on_leave else None
    if own is not None:
        messages, topic = talk.say(org, own, topic)
    return Reply(tuple(messages), tuple(_kept(topic)))


def _with_kind(action: WiredAction, turn: Turn) -> str:
    """The question; one that leans on the leave being filled in (要交证明吗), with its kind."""
    text, view = turn.incoming.text, action.wiring.leave_desk.current(turn.incoming.thread)
    kind = view.draft.parts.kind if view else None
    leans = len(text) <= LEANING and _LEANS.search(text) and not _STANDS_ALONE.search(text)
    return f"{kind}{text}" if kind is not None and leans else text


def topic_of(tracker: Tracker, own: OrgId) -> Topic:
    """What was talked about last, as the slots keep it."""
    topic = _told(
        {
            "org": tracker.get_slot("last_office") or own,
            "question": tracker.get_slot("last_question") or "",
            "options": tracker.get_slot("last_options") or (),
            "text": tracker.get_slot("last_text") or "",
            "places": tracker.get_slot("last_places") or (),
        }
    )
    parts = tuple(map(_told, tracker.get_slot("last_parts") or ()))
    return replace(
        topic, parts=parts, earlier=tuple(map(_told, tracker.get_slot("last_earlier") or ()))
    )


def _told(kept: Mapping[str, Any]) -> Topic:
    """A topic from what is kept of it."""
    return Topic(
        org=OrgId(kept["org"]),
        question=kept["question"],
        options=tuple(kept["options"]),
        text=kept["text"],
        places=tuple(Place(**place) for place in kept["places"]),
    )


def _kept(topic: Topic) -> list[EventType]:
    values = {
        "last_question": topic.question or None,
        "last_office": topic.org,
        "last_options": list(topic.options) or None,
        "last_text": topic.text or None,
        "last_places": [asdict(place) for place in topic.places] or None,
        "last_parts": [asdict(part) for part in topic.parts] or None,
        "last_earlier": [asdict(other) for other in topic.earlier] or None,
    }
    return [SlotSet(slot, value) for slot, value in values.items()]
