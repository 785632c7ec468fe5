"""Approval requests as a platform carries them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.core.leave import Span
from bot.core.people import OrgId, PersonId


class ApprovalState(StrEnum):
    """Where an approval stands on the platform."""

    RUNNING = "running"
    AGREED = "agreed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class ApprovalRequest:
    """What is filed: `key` is ours and unique, `fields` are shown to the approvers in order.

    `span`: the days that it asks for, where a platform's form takes them as such.
    """

    key: str  # "leave:17"
    org: OrgId
    applicant: PersonId
    title: str
    fields: tuple[tuple[str, str], ...]
    approvers: tuple[PersonId, ...]  # one after the other
    span: Span | None = None


@dataclass(frozen=True)
class Approval:
    """An approval on the platform. `step` counts the approvers who have agreed.

    `reason` is what the last of them said with the answer, `decided_by` who said it, where the
    platform told.
    """

    id: str
    request: ApprovalRequest
    state: ApprovalState
    step: int = 0
    reason: str = ""
    decided_by: PersonId | None = None

    @property
    def waiting_for(self) -> PersonId | None:
        """Whose turn it is; None once the approval is settled."""
        if self.state is not ApprovalState.RUNNING:
            return None
        return self.request.approvers[self.step]


@dataclass(frozen=True)
class ApprovalReport:
    """How an approval stands on a platform, as the platform tells; fields as in `Approval`."""

    state: ApprovalState
    step: int
    decided_by: PersonId | None = None
    reason: str = ""

    def onto(self, approval: Approval) -> Approval:
        """The approval with what is new in the report; nothing goes back, what is settled stays."""
        if approval.state is not ApprovalState.RUNNING:
            return approval
        last = len(approval.request.approvers) - (self.state is not ApprovalState.AGREED)
        return replace(
            approval,
            state=self.state,
            step=min(max(self.step, approval.step), last),
            decided_by=self.decided_by or approval.decided_by,
            reason=self.reason or approval.reason,
        )


@dataclass(frozen=True)
class ApprovalAnswer:
    """What one sentence of an approver says; `agree` None: neither yes nor no.

    `number` names a leave for certain; `loose_number` may as well be a day (3号). `about` is the
    sentence without the reason, `named` what of it nothing but a name explains.
    """

    agree: bool | None
    number: int | None = None
    loose_number: int | None = None
    reason: str = ""
    means_all: bool = False
    about: str = ""
    named: str = ""
