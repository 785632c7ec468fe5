"""The embedded platform: nothing leaves the machine."""

from __future__ import annotations

from bot.adapters.local.platform import LocalPlatform
from bot.platforms.opening import Ground, OpenPlatform
from bot.services.approvals import ApprovalDesk


def open_local(ground: Ground) -> OpenPlatform:
    """Messages and approvals in our own database."""
    platform = LocalPlatform(ground.unit_of_work, ground.clock, ground.texts)
    desk = ApprovalDesk(ground.unit_of_work, ground.clock, ground.leave_desk, ground.texts)
    return OpenPlatform(platform, desk)
