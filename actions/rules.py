"""Questions to the rule documents."""

from __future__ import annotations

import re

from rasa_sdk import Tracker

from actions.base import Reply, WiredAction
from actions.leave_asking import FORM
from actions.leave_change import ActionChangeLeave, asks_for_change
from actions.leave_opening import asks_for_leave, begin_leave, goes_on_with_draft
from actions.questions import ask_rules
from actions.supervision import ActionListItems
from bot.services.turns import Turn

_NAMES_ITEM = re.compile(r"督办\s*\d+\s*号|\d+\s*号督办|督\s*[〔\[]\d{4}[〕\]]")


class ActionAnswerRule(WiredAction):
    """A question of its own, or one of the choices offered a moment ago."""

    action_name = "action_answer_rule"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        text = turn.incoming.text
        is_choice = text in (tracker.get_slot("last_options") or ())
        if not is_choice and (leave := self._about_leave(turn, tracker)):
            return leave
        if _NAMES_ITEM.search(text):  # 督办1号转给谁了
            return ActionListItems(self.wiring).act(turn, tracker)
        on_leave = (tracker.active_loop or {}).get("name") == FORM
        return ask_rules(self, turn, tracker, may_lean=False, on_leave=on_leave)

    def _about_leave(self, turn: Turn, tracker: Tracker) -> Reply | None:
        """What was no question at all, but a leave that was not recognised as one."""
        if draft := goes_on_with_draft(self, turn, tracker):
            return draft
        if asks_for_change(self.wiring, turn, tracker):
            return ActionChangeLeave(self.wiring).act(turn, tracker)
        if asks_for_leave(self.wiring, turn, tracker):
            return begin_leave(self, turn)
        return None


class ActionFollowUpRule(WiredAction):
    """A question that leans on the one before (那副县长呢)."""

    action_name = "action_follow_up_rule"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        return ask_rules(self, turn, tracker, may_lean=True)


class ActionCompareOffice(WiredAction):
    """The last question, or the one in the sentence, put to other offices' rules."""

    action_name = "action_compare_office"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        return ask_rules(self, turn, tracker, may_lean=True)
