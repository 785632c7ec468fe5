"""What DingTalk's description of an approval says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.adapters.dingtalk.config import DingTalkConfig
from bot.core.approvals import ApprovalReport, ApprovalState
from bot.core.errors import OutsideServiceError

AGREED, REFUSED = "AGREE", "REFUSE"


def value_of(instance: Mapping[str, Any], component: str) -> str:
    """What stands in a component of an approval; empty if there is none."""
    for value in instance.get("formComponentValues") or ():
        if value.get("name") == component:
            return str(value.get("value") or "")
    return ""


def report_of(instance: Mapping[str, Any], config: DingTalkConfig) -> ApprovalReport:
    """How the approval stands, with the last answer's reason."""
    answers = [
        record
        for record in instance.get("operationRecords") or ()
        if str(record.get("type", "")).startswith("EXECUTE_TASK")
        and record.get("result") in (AGREED, REFUSED)
    ]
    step = sum(record["result"] == AGREED for record in answers)
    last = answers[-1] if answers else {}
    by = config.person(last["userId"]) if last.get("userId") else None
    return ApprovalReport(_state(instance), step, by, last.get("remark") or "")


def _state(instance: Mapping[str, Any]) -> ApprovalState:
    status, result = instance.get("status"), instance.get("result")
    if status == "COMPLETED" and result == "agree":
        return ApprovalState.AGREED
    if status == "COMPLETED" and result == "refuse":
        return ApprovalState.REFUSED
    if status in ("TERMINATED", "CANCELED"):
        return ApprovalState.CANCELLED
    if status in ("NEW", "RUNNING"):
        return ApprovalState.RUNNING
    raise OutsideServiceError("dingtalk_garbled", status=status, result=result)
