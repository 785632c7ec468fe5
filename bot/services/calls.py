"""Calls made on platforms, counted: a month has only so many."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from bot.core.clock import OFFICE_TIME, Clock
from bot.core.people import OrgId
from bot.services.storage import UnitOfWorkFactory


@dataclass(frozen=True)
class CallCounter:
    """Adds up in memory and writes at each beat; a process that dies loses half a minute's."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    _counts: Counter[tuple[OrgId, str, str]] = field(default_factory=Counter, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, org: OrgId, channel: str, api: str) -> None:
        """Count one call; quick, and from any thread."""
        with self._lock:
            self._counts[org, channel, api] += 1

    def tick(self) -> None:
        """Write down what was counted since the last beat."""
        with self._lock:
            counts = dict(self._counts)
            self._counts.clear()
        if not counts:
            return
        try:
            with self.unit_of_work() as uow:
                uow.calls.add(self._month(), counts)
                uow.commit()
        except BaseException:
            with self._lock:
                self._counts.update(counts)
            raise

    def _month(self) -> date:
        return self.clock.now().astimezone(OFFICE_TIME).date().replace(day=1)
