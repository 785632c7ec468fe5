"""Approvers who answer in chat."""

from __future__ import annotations

import re

from rasa_sdk import Tracker

from actions.base import Reply, WiredAction
from actions.instead import asked_instead
from actions.leave_sentences import asks_rules
from actions.questions import ask_rules
from actions.refusing import ask_why
from bot.core.errors import NotFoundError, RefusedError
from bot.core.messages import Message
from bot.services.turns import Turn

_OF_APPROVALS = re.compile(r"审批|批准|待批|要批|等我|我批|申请|请假|假条|谁.{0,3}请|有没有人")


class ApprovalAction(WiredAction):
    """What is asked of approvers, answered in private; a real platform keeps its own approvals."""

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        return self._in_private(turn, self._answer(turn))

    def refused(self, error: RefusedError, turn: Turn, tracker: Tracker) -> Reply:
        """Ask for the reason that is missing, or say why not: in a group to the person alone."""
        asked = ask_why(error, turn, tracker) or asked_instead(self, turn, tracker)
        return asked or self._in_private(turn, self.sorry(error))

    def _answer(self, turn: Turn) -> Message:
        talk = self.wiring.approval_talk
        return talk.listing(turn.person) if talk else self._elsewhere()

    def _elsewhere(self) -> Message:
        return Message(self.wiring.texts.say("approvals.elsewhere"))

    def _in_private(self, turn: Turn, message: Message) -> Reply:
        if not turn.incoming.is_group:
            return Reply((message,))
        group_words = Message(self.wiring.texts.say("approvals.in_group"))
        return self.tell_in_private(turn, message, group_words)


class ActionListApprovals(ApprovalAction):
    """What waits for the person's answer; 请假找谁批 asks the rules."""

    action_name = "action_list_approvals"

    def act(self, turn: Turn, tracker: Tracker) -> Reply:
        if asks_rules(turn.incoming.text):
            return ask_rules(self, turn, tracker, may_lean=False)
        talk, text = self.wiring.approval_talk, turn.incoming.text
        if talk and not (_OF_APPROVALS.search(text) or talk.pending(turn.person)):
            return asked_instead(self, turn, tracker) or super().act(turn, tracker)
        return super().act(turn, tracker)


class ActionAnswerApproval(ApprovalAction):
    """同意, 不同意 and why. In a group it may answer anything, unless it names a request."""

    action_name = "action_answer_approval"

    def _answer(self, turn: Turn) -> Message:
        talk, text = self.wiring.approval_talk, turn.incoming.text
        if talk is None:
            return self._elsewhere()
        if turn.incoming.is_group and not talk.names_one(text):
            return talk.listing(turn.person)
        return talk.answer(turn.person, text, turn.key)


def answer_if_waiting(action: WiredAction, turn: Turn) -> Message | None:
    """Take a yes or no as an approver's, if a request waits for one; never in a group."""
    talk = action.wiring.approval_talk
    if talk is None or turn.incoming.is_group:
        return None
    try:
        return talk.answer(turn.person, turn.incoming.text, turn.key)
    except NotFoundError:
        return None


def approvals_waiting(action: WiredAction, turn: Turn) -> Message | None:
    """What waits for the person's answer; None if nothing does, and in a group."""
    talk = action.wiring.approval_talk
    if talk is None or turn.incoming.is_group or not talk.pending(turn.person):
        return None
    return talk.listing(turn.person)
