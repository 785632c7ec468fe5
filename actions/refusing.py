"""Asking an approver why a leave is refused; until that is said nothing is."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from actions.base import Reply, WiredAction, intent_of, was_interrupted
from actions.leave_sentences import BARE_YES, SURE
from bot.core.errors import RefusedError
from bot.core.messages import Message
from bot.services.approval_talk import ReasonMissingError
from bot.services.turns import Turn

FORM = "refusal_form"
NUMBER, REASON = "refused_leave", "refusal_reason"  # slots
_STOPS = re.compile(r"算了|先不|暂不|再(?:想|看|等|议)|等等|稍后|回头|取消|不用了|没想好")
_ASKS = re.compile(r"[?？吗]|谁|多少|(?<=[了过有])几[天个次条]|什么|哪些|有没有|能不能|是不是")
# What is asked for meanwhile; everything else that is said is a reason, whatever it resembles.
_ASKED_MEANWHILE = frozenset(
    {"list_approvals", "query_leave", "list_absent", "list_items", "list_duties", "help"}
)
_ENDED: tuple[EventType, ...] = (SlotSet(REASON, None), SlotSet("requested_slot", None))


def ask_why(error: RefusedError, turn: Turn, tracker: Tracker) -> Reply | None:
    """Open the form that asks for the reason; None where it cannot open, or another error."""
    if not isinstance(error, ReasonMissingError) or turn.incoming.is_group or tracker.active_loop:
        return None
    return Reply((), (ActiveLoop(FORM), SlotSet(NUMBER, error.details["id"]), *_waiting()))


class ValidateRefusalForm(WiredAction):
    """Runs on every message while a reason is awaited; no slots in return let Rasa answer it."""

    action_name = f"validate_{FORM}"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        talk, number = self.wiring.approval_talk, tracker.get_slot(NUMBER)
        if talk is None or number is None or turn.incoming.is_group:
            return Reply((), _ENDED)
        text, intent = turn.incoming.text, intent_of(tracker)
        if was_interrupted(tracker, FORM):
            return Reply((talk.ask_reason(turn.person, number),), _waiting())
        if intent[0] == "stop" or _STOPS.search(text):
            return Reply((Message(self.wiring.texts.say("approvals.not_refused")),), _ENDED)
        if talk.answers_another(text, number) or _asks(text, *intent):
            return Reply()
        reason = "" if BARE_YES.fullmatch(text) else talk.reason_in(text)
        if not reason:
            return Reply((talk.ask_reason(turn.person, number),), _waiting())
        return Reply((), (SlotSet(REASON, reason), SlotSet("requested_slot", None)))

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """End the form: the request is settled meanwhile, by a later word or by somebody else."""
        words = () if was_interrupted(tracker, FORM) else (self.sorry(error),)
        return Reply(words, _ENDED)


class ActionRefuseLeave(WiredAction):
    """Refuses once the reason is known; does nothing when the form ended without one."""

    action_name = "action_refuse_leave"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        talk = self.wiring.approval_talk
        number, reason = tracker.get_slot(NUMBER), tracker.get_slot(REASON)
        if talk is None or number is None or not reason:
            return Reply((), _emptied())
        return Reply((talk.refuse(turn.person, number, reason, turn.key),), _emptied())

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Say why not, and empty the form."""
        return Reply((self.sorry(error),), _emptied())


def _asks(text: str, intent: str, confidence: float) -> bool:
    return _ASKS.search(text) is not None or (intent in _ASKED_MEANWHILE and confidence >= SURE)


def _waiting() -> tuple[EventType, ...]:
    return SlotSet(REASON, None), SlotSet("requested_slot", REASON)


def _emptied() -> tuple[EventType, ...]:
    return ActiveLoop(None), SlotSet(NUMBER, None), *_ENDED
