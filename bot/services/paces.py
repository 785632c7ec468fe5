"""How often something may be done, counted over all processes of the service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.core.clock import Clock
from bot.core.errors import NotYetError
from bot.services.platform_records import Limit
from bot.services.storage import UnitOfWorkFactory

CODE = "channel_busy"
MINUTE_S, HOUR_S = 61.0, 3601.0  # a second more, by which the clocks of two machines may differ


@dataclass(frozen=True)
class SharedPace:
    """Windows by name, all alike; `owner` tells them from those of other robots and apps."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    owner: str
    limits: tuple[Limit, ...]

    def enter(self, name: str, count: int = 1) -> None:
        """Count what is about to be done.

        Raises:
            NotYetError: it would be too much; nothing was counted.
        """
        with self.unit_of_work() as uow:
            wait_s = uow.paces.take(self._key(name), self.limits, self.clock.now(), count)
            uow.commit()
        if wait_s > 0:
            raise NotYetError(wait_s, CODE, limit=name)

    def rest(self, name: str, seconds: float) -> None:
        """Let nothing through for so long: the platform has said so."""
        with self.unit_of_work() as uow:
            uow.paces.rest(self._key(name), self.clock.now() + timedelta(seconds=seconds))
            uow.commit()

    def _key(self, name: str) -> str:
        return f"{self.owner}:{name}"
