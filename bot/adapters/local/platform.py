"""The embedded platform: messages and approvals kept in our own database."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.approvals import ApprovalRequest, ApprovalState
from bot.core.clock import Clock
from bot.core.messages import Push
from bot.services.approvals import begin_approval
from bot.services.outside import Texts
from bot.services.storage import UnitOfWorkFactory


@dataclass(frozen=True)
class LocalPlatform:
    """Delivers into tables; a repeated key has no second effect."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    texts: Texts

    def send(self, push: Push, *, again: bool = False) -> None:
        """Put a message where `GET /api/local/messages` finds it."""
        with self.unit_of_work() as uow:
            uow.local_messages.add(push, self.clock.now())
            uow.commit()

    def file_approval(self, request: ApprovalRequest) -> str:
        """Start an approval, ask its first approver and return its id."""
        with self.unit_of_work() as uow:
            known = uow.approvals.by_key(request.key)
            if known is not None:
                return known.id
            number = f"local-{request.key.replace(':', '-')}"
            approval = begin_approval(request, number, uow, self.clock, self.texts)
            uow.commit()
        return approval.id

    def find_approval(self, key: str) -> str | None:
        """The id of the approval filed under a key; None if there is none."""
        with self.unit_of_work() as uow:
            found = uow.approvals.by_key(key)
        return found.id if found else None

    def cancel_approval(self, approval: str) -> None:
        """Withdraw a running approval; a settled one is left alone."""
        with self.unit_of_work() as uow:
            found = uow.approvals.get(approval)
            if found.state is ApprovalState.RUNNING:
                uow.approvals.update(replace(found, state=ApprovalState.CANCELLED))
                uow.commit()
