"""The leave form: what was said goes to the desk's draft, what is missing is asked for.

The draft lives in our database. Rasa's slots only mirror which parts are known, so that its form
knows what it waits for; a Rasa that was restarted gets them back by action_session_start.
"""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import Reply, WiredAction, intent_of, was_interrupted
from actions.leave_asking import CHANGE, CONFIRMED, FORM, PARTS, LeaveForm, asked_part, slot
from actions.leave_change import ActionChangeLeave, puts_right
from actions.leave_opening import begin_leave
from actions.leave_sentences import (
    BARE_YES,
    FOR_ANOTHER,
    NEGATES,
    STOPS,
    asks_rules,
    has_days,
    is_answer,
    is_question,
    named_part,
    names_leave,
    speaks_of_another,
    wants_to_change,
)
from actions.questions import ask_rules
from bot.core.errors import NotAllowedError, RefusedError
from bot.core.leave import LeaveParts
from bot.services.turns import Turn


class ValidateLeaveForm(WiredAction):
    """Runs on every message while the form is open; no slots in return let Rasa answer it."""

    action_name = f"validate_{FORM}"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        form, desk = LeaveForm(self.wiring), self.wiring.leave_desk
        thread, text = turn.incoming.thread, turn.incoming.text
        if turn.incoming.is_group:
            if self._asks_rules(turn) or (is_question(text) and self._names_no_leave(turn)):
                return self._answered(form, turn, tracker, is_open=False)
            return Reply(begin_leave(self, turn).messages, _ended())
        if FOR_ANOTHER.search(text):
            raise NotAllowedError("leave_not_yours")
        asked = asked_part(tracker) if tracker.active_loop.get("name") == FORM else None
        if was_interrupted(tracker, FORM) and (view := desk.current(thread)):
            if asked == CHANGE:
                return form.ask_what_to_change(view)
            return form.go_on(turn, view) if _was_opened(tracker) else form.remind(turn, view)
        intent, confidence = self._intent(turn, tracker)
        if asked and not is_answer(intent, confidence, text):
            return Reply()
        if self._asks_rules(turn):
            return self._answered(form, turn, tracker, is_open=asked is not None)
        if asked is None and is_question(text) and self._names_no_leave(turn):
            return self._answered(form, turn, tracker, is_open=False)
        if asked == CONFIRMED and intent == "affirm" and not NEGATES.search(text):
            return Reply((), tuple(SlotSet(slot(part), True) for part in (*PARTS, CONFIRMED)))
        if asked == CONFIRMED and intent == "deny" and STOPS.search(text):
            desk.drop(thread)
            return Reply((self.wiring.leave_words.dropped(),), _ended())
        if asked != CONFIRMED and BARE_YES.fullmatch(text) and (view := desk.current(thread)):
            return form.go_on(turn, view)  # a yes is no place and no reason
        if asked is None and desk.current(thread) is None and puts_right(self.wiring, turn):
            return self._put_right(form, turn, tracker)
        if asked in (CONFIRMED, CHANGE):
            return self._change(form, turn, intent)
        if asked and wants_to_change(text) and (view := desk.current(thread)):
            part = named_part(text)
            return form.ask(turn, part, view) if part else form.ask_what_to_change(view)
        return form.go_on(turn, desk.draft(turn.person, thread, text, asked))

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """End the form: there is nothing that another answer could mend."""
        return Reply((self.wiring.leave_words.problem(error),), _ended())

    def _answered(self, form: LeaveForm, turn: Turn, tracker: Tracker, *, is_open: bool) -> Reply:
        """Answer a question to the rules that was taken for something else, and go on."""
        answer = ask_rules(self, turn, tracker, may_lean=False, on_leave=True)
        view = self.wiring.leave_desk.current(turn.incoming.thread) if is_open else None
        if view is None:
            return Reply(answer.messages, (*answer.events, *_ended()))
        again = form.remind(turn, view)
        return Reply((*answer.messages, *again.messages), (*answer.events, *again.events))

    def _asks_rules(self, turn: Turn) -> bool:
        """Whether the rules are asked, of no days of one's own: 局长下周出差跟谁请假."""
        desk, text = self.wiring.leave_desk, turn.incoming.text
        if not asks_rules(text):
            return False  # and is not read for days: a word of the form is none
        return speaks_of_another(text) or not has_days(desk.read(text, turn.person.org))

    def _names_no_leave(self, turn: Turn) -> bool:
        """Whether nothing of a leave is said, nor was before: 上班打牌管不管."""
        desk, text = self.wiring.leave_desk, turn.incoming.text
        if desk.current(turn.incoming.thread) is not None:
            return False
        return not names_leave(text, desk.read(text, turn.person.org))

    def _intent(self, turn: Turn, tracker: Tracker) -> tuple[str, float]:
        """What was meant; a yes or no belongs to the form unless it answers a request."""
        intent, confidence = intent_of(tracker)
        talk, text = self.wiring.approval_talk, turn.incoming.text
        if talk is None or intent not in ("affirm", "deny", "answer_approval"):
            return intent, confidence
        if talk.is_meant(turn.person, text):
            return "answer_approval", 1.0
        if intent == "answer_approval":
            return ("deny" if talk.refuses(text) else "affirm"), confidence
        return intent, confidence

    def _put_right(self, form: LeaveForm, turn: Turn, tracker: Tracker) -> Reply:
        """Begin the change of a filed leave, of which a sentence puts a part right."""
        desk, text = self.wiring.leave_desk, turn.incoming.text
        try:
            view = desk.begin_change(turn.person, None, turn.incoming.thread, text)
        except RefusedError as error:
            offered = ActionChangeLeave(self.wiring).refused(error, turn, tracker)
            return Reply(offered.messages, _ended())
        return form.go_on(turn, view)

    def _change(self, form: LeaveForm, turn: Turn, intent: str) -> Reply:
        desk, thread, text = self.wiring.leave_desk, turn.incoming.thread, turn.incoming.text
        before = desk.current(thread)
        view = desk.draft(turn.person, thread, text)
        if view.problem or before is None or before.draft.parts != view.draft.parts:
            return form.go_on(turn, view)
        if desk.read(text, turn.person.org) != LeaveParts():
            return form.go_on(turn, view)  # what is known already, said once more
        if part := named_part(text):
            return form.ask(turn, part, view)
        if intent in ("change", "change_leave", "deny") or NEGATES.search(text):
            return form.ask_what_to_change(view)
        return form.go_on(turn, view)  # 我想请假, with a request that still waits to be confirmed


def _ended() -> tuple[EventType, ...]:
    return (SlotSet(slot(CONFIRMED), False), SlotSet("requested_slot", None))


def _was_opened(tracker: Tracker) -> bool:
    """Whether that other action has opened the form just now: then everything is shown."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "active_loop" and event.get("name") == FORM:
            return True
    return False
