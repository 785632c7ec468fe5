"""Every action by name, given to rasa-sdk's executor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa_sdk.executor import ActionExecutor

from actions import (
    amending,
    approvals,
    duties,
    last_answer,
    leave,
    leave_change,
    people,
    refusing,
    registering,
    rules,
    session,
    supervision,
    supervision_group,
    unanswered,
)
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
    leave_change.ActionChangeLeave,
    approvals.ActionAnswerApproval,
    approvals.ActionListApprovals,
    refusing.ValidateRefusalForm,
    refusing.ActionRefuseLeave,
    registering.ActionRegisterItem,
    supervision.ActionListItems,
    supervision.ActionReportProgress,
    supervision.ActionSignItem,
    supervision.ActionExtendItem,
    supervision.ActionCloseItem,
    supervision.ActionSendBackItem,
    supervision.ActionCancelItem,
    supervision.ActionMergeItem,
    amending.ActionAmendItem,
    supervision_group.ActionNameGroup,
    duties.ActionRegisterDuty,
    duties.ActionFinishDuty,
    duties.ActionListDuties,
    unanswered.ActionListUnanswered,
    people.ActionIntroducePerson,
    last_answer.ActionExplainAnswer,
    last_answer.ActionTakeComplaint,
)


def build_executor(wiring: Wiring) -> ActionExecutor:
    """An executor that runs our actions with these desks."""
    executor = ActionExecutor()
    for action in ACTIONS:
        executor.register_action(action(wiring))
    return executor


def create_runner(wiring: Wiring) -> Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]:
    """What the loopback route calls: Rasa's webhook call in, its answer out."""
    executor = build_executor(wiring)

    async def run(call: dict[str, Any]) -> dict[str, Any]:
        # Rasa's selective domain leaves it out, and the executor misses it; no action reads it.
        call.setdefault("domain", {})
        result = await executor.run(call)
        return result.model_dump() if result else {"events": [], "responses": []}

    return run
