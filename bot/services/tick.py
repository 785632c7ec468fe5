"""One beat of the clock: whatever has become due is written down and sent."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.core.errors import OutsideServiceError
from bot.services.approvals import ApprovalDesk
from bot.services.bulletins import BulletinDesk
from bot.services.deliver import Delivery
from bot.services.duties import DutyDesk
from bot.services.leave import LeaveDesk
from bot.services.supervision import SupervisionDesk
from bot.services.unanswered import UnansweredDesk

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ticker:
    """Asks each desk what is due; safe to run twice or at once, because every push has a key."""

    leave_desk: LeaveDesk
    supervision_desk: SupervisionDesk
    unanswered_desk: UnansweredDesk
    bulletin_desk: BulletinDesk
    delivery: Delivery
    approval_desk: ApprovalDesk | None
    duty_desk: DutyDesk | None = None
    platform_beats: tuple[Callable[[], object], ...] = ()  # what a real platform needs looked at

    def tick(self) -> None:
        """Write what is due now into the outbox."""
        for beat in self.platform_beats:
            self._look(beat)
        if self.approval_desk is not None:
            self.approval_desk.hand_on_results()
        self.delivery.cancel_unwanted()
        self.leave_desk.tick()
        self.supervision_desk.tick()
        self.unanswered_desk.tick()
        self.bulletin_desk.tick()
        if self.duty_desk is not None:
            self.duty_desk.tick()

    def _look(self, beat: Callable[[], object]) -> None:
        """A platform that is away must not keep reminders from being written."""
        try:
            beat()
        except OutsideServiceError as error:
            logger.warning(
                "a look at the platform failed: %s",
                error.code,
                extra={"event": "platform.not_looked_at", "code": error.code},
            )
