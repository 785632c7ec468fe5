"""The questions of the leave form, and the events that make Rasa wait for their answers."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet

from actions.base import Reply
from bot.core.errors import RefusedError
from bot.core.messages import Button, Message
from bot.services.leave import DraftView
from bot.services.turns import Turn
from bot.wiring import Wiring

FORM = "leave_form"
PARTS = ("kind", "span", "place", "reason", "stand_in")
CONFIRMED, CHANGE = "confirmed", "change"

# Which part a problem with what was said is asked for again.
_PROBLEM_PARTS = {
    "stand_in": "stand_in",
    **dict.fromkeys(("date", "leave_ends", "leave_too", "leave_days", "leave_hours"), "span"),
}


def slot(part: str) -> str:
    """The slot that mirrors a part."""
    return f"leave_{part}"


def asked_part(tracker: Tracker) -> str | None:
    """The part that the form waits for, if it does."""
    requested = tracker.get_slot("requested_slot") or ""
    return requested.removeprefix("leave_") or None


class LeaveForm:
    """The form's questions, and the events that make Rasa wait for their answers."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def go_on(self, turn: Turn, view: DraftView) -> Reply:
        """Tell a problem, ask for what is missing, or show everything for confirmation."""
        if view.problem is not None:
            part = problem_part(view.problem) or next(iter(view.missing), CHANGE)
            return Reply((self._problem(view.problem),), tuple(waiting_for(part, view)))
        if view.missing:
            return self.ask(turn, view.missing[0], view)
        leave = self._wiring.leave_desk.preview(turn.person, turn.incoming.thread)
        summary = self._wiring.leave_words.summary(leave)
        return Reply((summary,), tuple(waiting_for(CONFIRMED, view)))

    def remind(self, turn: Turn, view: DraftView) -> Reply:
        """After something else was talked about: in short what still waits to be confirmed."""
        if not view.complete:
            return self.go_on(turn, view)
        leave = self._wiring.leave_desk.preview(turn.person, turn.incoming.thread)
        reminder = self._wiring.leave_words.still_to_confirm(leave)
        return Reply((reminder,), tuple(waiting_for(CONFIRMED, view)))

    def ask(self, turn: Turn, part: str, view: DraftView) -> Reply:
        """Ask for one part."""
        with self._wiring.unit_of_work() as uow:
            directory = uow.people.directory(turn.person.org)
        question = self._wiring.leave_words.question(part, view, turn.person, directory)
        return Reply((question,), tuple(waiting_for(part, view)))

    def ask_what_to_change(self, view: DraftView) -> Reply:
        """Ask which part is wrong."""
        say = self._wiring.texts.say
        choices = tuple(
            Button(say(f"chat.part_{part}"), say("chat.say_change", part=say(f"chat.part_{part}")))
            for part in PARTS
        )
        return Reply((Message(say("chat.change_what"), choices),), tuple(waiting_for(CHANGE, view)))

    def _problem(self, error: RefusedError) -> Message:
        return self._wiring.leave_words.problem(error)


def waiting_for(part: str, view: DraftView) -> list[EventType]:
    """The slots that make Rasa's form wait for a part."""
    known: dict[str, Any] = {slot(p): None if p in (part, *view.missing) else True for p in PARTS}
    events = [SlotSet(name, value) for name, value in known.items()]
    return [*events, SlotSet(slot(CONFIRMED), None), SlotSet("requested_slot", slot(part))]


def problem_part(problem: RefusedError) -> str | None:
    """The part that has to be said again."""
    starts = _PROBLEM_PARTS.items()
    return next((part for start, part in starts if problem.code.startswith(start)), None)


def restored(view: DraftView) -> list[EventType]:
    """The events that put a form back to where its draft stands."""
    part = next(iter(view.missing), CONFIRMED)
    return [ActiveLoop(FORM), *waiting_for(part, view)]
