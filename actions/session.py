"""The beginning of a session, and the yes and no that answer whatever waits for them."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, SessionStarted, SlotSet

from actions.amending import AmendingAction
from actions.approvals import answer_if_waiting, approvals_waiting
from actions.base import WAITS_FOR_YES, Reply, WiredAction, intent_of
from actions.items import what_waits
from actions.last_answer import goes_on_about_rules
from actions.leave import FORM_EMPTIED, file_draft
from actions.leave_asking import restored
from actions.questions import TOPIC_SLOTS
from actions.refusing import ask_why
from actions.registering import RegisteringAction
from bot.core.errors import RefusedError
from bot.core.messages import Message
from bot.core.people import Role
from bot.services.turns import Turn

# What answers a notice; any other yes is a courtesy that wants no list of work.
_ANSWERS_NOTICE = re.compile(r"同意|批准|准予|通过|准假|驳回|不批|不准")

_SUBMITS = re.compile(r"确认|提交")


class ActionSessionStart(WiredAction):
    """Puts back what the dialogue was about: Rasa forgets, the database does not.

    It may run outside a turn (the readiness probe), and only reads.
    """

    action_name = "action_session_start"

    def reply_to(self, tracker: Tracker) -> Reply:
        """Begin with the last question and with the form of an open draft."""
        carried = (SlotSet(slot, tracker.get_slot(slot)) for slot in TOPIC_SLOTS)
        view = self.wiring.leave_desk.current(tracker.sender_id)
        form = restored(view) if view else []
        listen = ActionExecuted("action_listen")
        return Reply((), (SessionStarted(), *carried, *form, listen))

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        return self.reply_to(tracker)


class ActionTakeYes(RegisteringAction, AmendingAction):
    """A yes outside the form: to an unlisted unit, to a change, or said again after a crash."""

    action_name = "action_take_yes"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        talk, pending = self.wiring.approval_talk, tracker.get_slot("pending_item_text")
        if talk and not turn.incoming.is_group and talk.is_meant(turn.person, turn.incoming.text):
            return Reply((talk.answer(turn.person, turn.incoming.text, turn.key),))
        if pending:
            return self.registered(turn, pending, accept_unlisted=True)
        if change := tracker.get_slot("pending_change"):
            return self.amended(turn, change)
        minute = tracker.get_slot("pending_minute")
        if minute and (places := self.chosen(turn, minute)) is not None:
            return self.accepted(turn, minute, places)
        view = self.wiring.leave_desk.current(turn.incoming.thread)
        if view is not None and view.complete and _SUBMITS.search(turn.incoming.text):
            return Reply((file_draft(self, turn),), FORM_EMPTIED)  # it was shown to be confirmed
        if view is not None and not turn.incoming.is_group:
            return Reply((), tuple(restored(view)))  # the form, once open, shows it
        filed = self._filed_before(turn)
        if filed is None and _ANSWERS_NOTICE.search(turn.incoming.text):
            return Reply(self._to_notices(turn) or (self.say("yes_to_nothing"),))
        return Reply((filed or self.say("yes_to_nothing"),))

    def _to_notices(self, turn: Turn) -> tuple[Message, ...]:
        """A yes to what was sent: a leave is granted if nothing else can be meant.

        Nothing is done to a matter under supervision that is not named.
        """
        waits = what_waits(self, turn) if turn.person.has(Role.SUPERVISOR) else None
        asked = approvals_waiting(self, turn)
        if waits and asked:
            return waits, asked
        answered = answer_if_waiting(self, turn)
        found = answered or waits or what_waits(self, turn)
        return (found,) if found else ()

    def _filed_before(self, turn: Turn) -> Message | None:
        """What this very turn has filed, if it ran before and its answer got lost."""
        try:
            return file_draft(self, turn)
        except RefusedError:
            return None


class ActionTakeNo(WiredAction):
    """A no, or a stop, outside the form."""

    action_name = "action_take_no"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        waiting = [slot for slot in WAITS_FOR_YES if tracker.get_slot(slot)]
        if waiting:
            kept = "supervision.amend_dropped" if "pending_change" in waiting else ""
            dropped = Message(self.wiring.texts.say(kept or "chat.not_registered"))
            return Reply((dropped,), tuple(SlotSet(slot, None) for slot in waiting))
        view = self.wiring.leave_desk.current(turn.incoming.thread)
        if view is not None and intent_of(tracker)[0] != "stop":
            return Reply((), tuple(restored(view)))  # the form, once open, asks again
        if view is not None:
            self.wiring.leave_desk.drop(turn.incoming.thread)
            return Reply((self.wiring.leave_words.dropped(),))
        if about := goes_on_about_rules(self, turn, tracker):
            return about
        answers = _ANSWERS_NOTICE.search(turn.incoming.text)
        answered = answer_if_waiting(self, turn) if answers else None
        return Reply((answered or self.say("no_to_nothing"),))

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Ask for the reason that is missing, or say why not."""
        return ask_why(error, turn, tracker) or super().refused(error, turn, tracker)
