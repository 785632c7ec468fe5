"""A platform that keeps what it is given, or fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.approvals import ApprovalRequest
from bot.core.errors import OutcomeUnknownError, OutsideServiceError
from bot.core.messages import Push


class FakePlatform:
    """Keeps what it was given; `troubles` are raised first, one a call."""

    def __init__(self) -> None:
        self.sent: list[Push] = []
        self.approvals: dict[str, str] = {}
        self.at_once = 1  # people whom one call may reach
        self.together: list[list[str]] = []  # keys that went out in one call
        self.not_for: dict[str, OutsideServiceError] = {}  # keys that do not arrive, and why
        self.again: list[str] = []  # keys that were said to be perhaps sent already
        self.filed = 0  # calls that had their effect
        self.troubles: list[OutsideServiceError] = []

    def send(self, push: Push, *, again: bool = False) -> None:
        if again:
            self.again.append(push.key)
        if self.troubles:
            raise self.troubles.pop(0)
        if push.key not in {known.key for known in self.sent}:
            self.sent.append(push)

    def room(self, push: Push) -> int:
        return self.at_once

    def send_alike(self, pushes: Sequence[Push]) -> Mapping[str, OutsideServiceError]:
        if self.troubles:
            raise self.troubles.pop(0)
        self.together.append([push.key for push in pushes])
        self.sent += [push for push in pushes if push.key not in self.not_for]
        return dict(self.not_for)

    def file_approval(self, request: ApprovalRequest) -> str:
        trouble = self.troubles.pop(0) if self.troubles else None
        if not trouble or isinstance(trouble, OutcomeUnknownError):
            self.approvals.setdefault(request.key, f"a{len(self.approvals) + 1}")
            self.filed += 1
        if trouble:
            raise trouble
        return self.approvals[request.key]

    def find_approval(self, key: str) -> str | None:
        return self.approvals.get(key)

    def cancel_approval(self, approval: str) -> None:
        self.approvals = {key: a for key, a in self.approvals.items() if a != approval}
