"""Every action by name, given to rasa-sdk's executor."""

from __future__ import annotations

from rasa_sdk.executor import ActionExecutor

from actions import leave, people, rules, session, supervision
from actions.base import WiredAction
from actions.leave_form import ValidateLeaveForm
from bot.wiring import Wiring

ACTIONS: tuple[type[WiredAction], ...] = (
    session.ActionSessionStart,
    session.ActionTakeYes,
    session.ActionTakeNo,
    rules.ActionAnswerRule,
    rules.ActionFollowUpRule,
    rules.ActionCompareOffice,
    ValidateLeaveForm,
    leave.ActionFileLeave,
    leave.ActionDropLeave,
    leave.ActionListLeaves,
    leave.ActionListAbsent,
    leave.ActionWithdrawLeave,
    leave.ActionReturnFromLeave,
    supervision.ActionRegisterItem,
    supervision.ActionListItems,
    supervision.ActionReportProgress,
    supervision.ActionSignItem,
    supervision.ActionExtendItem,
    supervision.ActionCloseItem,
    supervision.ActionSendBackItem,
    supervision.ActionCancelItem,
    people.ActionIntroducePerson,
)


def build_executor(wiring: Wiring) -> ActionExecutor:
    """An executor that runs our actions with these desks.

    `executor.run(call)` gives a result whose `model_dump()` is the answer to Rasa's webhook call.
    """
    executor = ActionExecutor()
    for action in ACTIONS:
        executor.register_action(action(wiring))
    return executor
