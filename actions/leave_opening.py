"""Opening the leave form from anywhere; what a group reads along goes on in the direct chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop

from actions.base import Reply, WiredAction, intent_of
from actions.leave_asking import FORM, LeaveForm
from actions.leave_sentences import ASKS, FOR_ANOTHER, UNSURE, is_leave_request
from bot.core.errors import NotAllowedError, RefusedError
from bot.core.messages import DIRECT, Message
from bot.services.leave import DraftView
from bot.services.turns import Turn
from bot.wiring import Wiring


def asks_for_leave(wiring: Wiring, turn: Turn, tracker: Tracker) -> bool:
    """Whether a sentence that Rasa took for a question to the rules asks for leave."""
    text = turn.incoming.text
    if (tracker.active_loop or {}).get("name") == FORM:
        return False
    parts = wiring.leave_desk.read(text, turn.person.org)
    return is_leave_request(text, parts, intent_of(tracker)[0])


def begin_leave(action: WiredAction, turn: Turn) -> Reply:
    """Take what was said into the draft and open the form, which then asks or shows it."""
    if turn.incoming.is_group:
        return in_private(action, turn, lambda alone: begin_leave(action, alone))
    view, shown = _taken_into_draft(action, turn)
    return opened(view, shown)


def opened(view: DraftView, shown: Reply) -> Reply:
    """Open the form, which then says itself what is missing, or shows everything."""
    problem = shown.messages if view.problem else ()
    return Reply(problem, (ActiveLoop(FORM), *shown.events))


def _taken_into_draft(
    action: WiredAction, turn: Turn, asked: str | None = None
) -> tuple[DraftView, Reply]:
    """What was said, kept in the draft, and what the form makes of it."""
    incoming = turn.incoming
    if FOR_ANOTHER.search(incoming.text):
        raise NotAllowedError("leave_not_yours")
    view = action.wiring.leave_desk.draft(turn.person, incoming.thread, incoming.text, asked)
    return view, LeaveForm(action.wiring).go_on(turn, view)


def goes_on_with_draft(action: WiredAction, turn: Turn, tracker: Tracker) -> Reply | None:
    """Go on with a draft whose form is not open, as one that was begun in a group.

    None: there is none, or something else was said.
    """
    is_open = (tracker.active_loop or {}).get("name") == FORM
    if is_open or turn.incoming.is_group or ASKS.search(turn.incoming.text):
        return None
    view = action.wiring.leave_desk.current(turn.incoming.thread)
    if view is None or intent_of(tracker)[0] not in UNSURE | {"change", "change_leave"}:
        return None
    return opened(*_taken_into_draft(action, turn, next(iter(view.missing), None)))


def in_private(action: WiredAction, turn: Turn, act: Callable[[Turn], Reply]) -> Reply:
    """Act as if it had been said in the direct chat, and answer there; the group hears only that.

    What the form asks is kept in the direct chat's draft, which its next message goes on with.
    """
    alone = replace(turn, incoming=replace(turn.incoming, conversation=DIRECT))
    try:
        messages = act(alone).messages or _asked(action.wiring, alone)
    except RefusedError as error:
        messages = (action.wiring.leave_words.problem(error),)
    return action.tell_all_in_private(turn, messages, action.wiring.leave_words.in_group())


def _asked(wiring: Wiring, turn: Turn) -> tuple[Message, ...]:
    """What the form would ask of the draft, once open."""
    view = wiring.leave_desk.current(turn.incoming.thread)
    return LeaveForm(wiring).go_on(turn, view).messages if view else ()
