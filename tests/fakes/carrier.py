"""A platform that carries approvals: tests say how they stand."""

from __future__ import annotations

from dataclasses import replace

from bot.core.approvals import Approval, ApprovalReport, ApprovalState
from bot.core.errors import OutcomeUnknownError, OutsideServiceError
from bot.core.people import OrgId, PersonId


class FakeCarrier:
    """Tells what it was told to; `silent` is raised instead, `doubt` after an answer's effect."""

    def __init__(self, *, acts: bool = True) -> None:
        self.acts = acts
        self.reports: dict[str, ApprovalReport] = {}
        self.ours: set[str] = set()
        self.silent: OutsideServiceError | None = None
        self.doubt: OutcomeUnknownError | None = None
        self.asked: list[str] = []

    def report(self, approval: Approval) -> ApprovalReport:
        self.asked.append(approval.id)
        if self.silent is not None:
            raise self.silent
        return self.reports.get(approval.id, ApprovalReport(ApprovalState.RUNNING, 0))

    def adopt(self, org: OrgId, approval_id: str) -> bool:
        return approval_id in self.ours

    def answer(self, approval: Approval, by: PersonId, agree: bool, reason: str) -> None:
        if self.silent is not None:
            raise self.silent
        step = approval.step + agree
        is_last = step == len(approval.request.approvers)
        state = ApprovalState.RUNNING if agree and not is_last else ApprovalState.AGREED
        report = ApprovalReport(state if agree else ApprovalState.REFUSED, step, by, reason)
        self.reports[approval.id] = report
        if self.doubt is not None:
            raise self.doubt

    def move(self, approval_id: str, **changes: object) -> None:
        """Let an approval stand otherwise than before."""
        known = self.reports.get(approval_id, ApprovalReport(ApprovalState.RUNNING, 0))
        self.reports[approval_id] = replace(known, **changes)  # type: ignore[arg-type]
