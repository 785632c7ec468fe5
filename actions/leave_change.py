"""Changing a filed leave (改到下周四) and extending one (续假两天)."""

from __future__ import annotations

import re

from rasa_sdk import Tracker

from actions.base import Reply, intent_of
from actions.last_answer import goes_on_about_rules
from actions.leave import LEAVE_NUMBER, OneLeaveAction
from actions.leave_asking import FORM, LeaveForm
from actions.leave_opening import goes_on_with_draft, opened
from actions.leave_sentences import ASKS, PUTS_RIGHT, UNSURE
from bot.core.errors import RefusedError
from bot.core.leave import LeaveId
from bot.core.leave_links import is_open
from bot.services.leave import DraftView
from bot.services.turns import Turn
from bot.wiring import Wiring

_EXTENDS = re.compile(r"续|序假")  # 序假: a slip of the keys
_LENGTHENS = re.compile(r"延长|多[请休待呆住]|再[请休]|再多|延[到至后]?|[晚迟].{0,6}回|加")
_CHANGES = re.compile(
    r"改[到成为在期]|换[到成]|推[迟后]|往[前后]|提前|顺延|挪|晚[\d一两二三四五]|延|多请|少请|续"
)
_NEW_DAYS = re.compile(r"改|换|推|提前|延|续|往|顺|挪|调|晚|早|多[请休]|少[请休]|再[请休]")


class ActionChangeLeave(OneLeaveAction):
    """Opens the form for a new request, tied to the old one."""

    action_name = "action_change_leave"

    def act_alone(self, turn: Turn, tracker: Tracker) -> Reply:
        goes_on = goes_on_with_draft(self, turn, tracker) or goes_on_about_rules(
            self, turn, tracker
        )
        return goes_on or super().act_alone(turn, tracker)

    def act_on(self, leave: LeaveId | None, turn: Turn) -> Reply:
        view, form = self._begun(leave, turn), LeaveForm(self.wiring)
        if view.problem is not None and view.problem.code == "change_unclear":
            return Reply((), opened(view, form.ask_what_to_change(view)).events)
        return opened(view, form.go_on(turn, view))

    def again(self, leave: LeaveId, text: str) -> str:
        """编号3的请假改到下周四."""
        return self.wiring.texts.say("chat.say_change_leave", id=leave, text=text)

    def telling(self, text: str) -> str:
        """What comes before the new days."""
        return _NEW_DAYS.split(text)[0]

    def _begun(self, leave: LeaveId | None, turn: Turn) -> DraftView:
        desk, thread = self.wiring.leave_desk, turn.incoming.thread
        text = LEAVE_NUMBER.sub("", turn.incoming.text)
        if _EXTENDS.search(text):
            return desk.begin_extension(turn.person, leave, thread, text)
        try:
            return desk.begin_change(turn.person, leave, thread, text)
        except RefusedError as error:
            if error.code != "change_begun" or not _LENGTHENS.search(text):
                raise
        return desk.begin_extension(turn.person, leave, thread, text)


def asks_for_change(wiring: Wiring, turn: Turn, tracker: Tracker) -> bool:
    """Whether a sentence that was taken for a stray answer changes a leave that is open."""
    if (tracker.active_loop or {}).get("name") == FORM or intent_of(tracker)[0] not in UNSURE:
        return False
    text = turn.incoming.text
    if ASKS.search(text) or not (_CHANGES.search(text) or PUTS_RIGHT.search(text)):
        return False
    return _has_open(wiring, turn)


def puts_right(wiring: Wiring, turn: Turn) -> bool:
    """Whether a sentence that was taken for a request puts right one that is open already."""
    return PUTS_RIGHT.search(turn.incoming.text) is not None and _has_open(wiring, turn)


def _has_open(wiring: Wiring, turn: Turn) -> bool:
    return any(map(is_open, wiring.leave_desk.listing(turn.person.org, turn.person.id)))
