"""The side of the port `Platform` that is the same on every real platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from bot.adapters.channels.loop import LoopThread
from bot.core.approvals import ApprovalRequest
from bot.core.errors import UnreachableError
from bot.core.people import OrgId
from bot.services.approval_filer import ApprovalFiler
from bot.services.cards import CardLog

Sender = TypeVar("Sender")


@dataclass(frozen=True)
class CarryingPlatform(Generic[Sender]):
    """Every office with a sender of its own; approvals go by the filer."""

    channel: ClassVar[str]

    loop: LoopThread
    senders: Mapping[OrgId, Sender]
    approvals: ApprovalFiler
    log: CardLog

    def file_approval(self, request: ApprovalRequest) -> str:
        """Start an approval and return its id."""
        return self.approvals.file(request)

    def find_approval(self, key: str) -> str | None:
        """The id of the approval filed under our key; None if there is none."""
        return self.approvals.find(key)

    def cancel_approval(self, approval: str) -> None:
        """Withdraw a running approval; a settled one is left alone."""
        self.approvals.cancel(approval)

    def sender(self, org: OrgId) -> Sender:
        """The sender of an office.

        Raises:
            UnreachableError: it has not set this platform up.
        """
        sender = self.senders.get(org)
        if sender is None:
            raise UnreachableError(f"{self.channel}_office_unset", org=org)
        return sender
