"""Questions to the rules that were taken for something to do."""

from __future__ import annotations

import re

from rasa_sdk import Tracker

from actions.base import Reply, WiredAction
from actions.leave_sentences import is_question
from actions.questions import ask_rules
from bot.core.rules import AnswerStatus
from bot.services.turns import Turn

_ORDERS = re.compile(
    r"督办?\s*(?:\d|〔)|编号|\d+号|^(?:@\S+ )?(?:会签|请示)[\s:,，：]"
    r"|^(?:@\S+ )?(?:立项|督办|签收|登记|同意|不同意|批准|撤回|销号|待办)"
)


def asked_instead(action: WiredAction, turn: Turn, tracker: Tracker) -> Reply | None:
    """What the rules say to a question that nothing was done about; None: it asks them nothing.

    Officialese asks in the words of orders: 请示要报给谁 is no 请示, and whoever is told that a
    unit is missing believes that the rules do not say (docs/decisions/0266).
    """
    text = turn.incoming.text
    if not is_question(text) or _ORDERS.search(text):
        return None
    answer = action.wiring.rules.answer(turn.person.org, text)
    if answer.status is AnswerStatus.NOT_FOUND:
        return None
    return ask_rules(action, turn, tracker, may_lean=False)
