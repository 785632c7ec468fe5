"""Clocks: the machine's, and one that the embedded platform may set."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.clock import OFFICE_TIME
from bot.core.errors import InvalidInputError
from bot.services.storage import UnitOfWorkFactory

_SETTING = "clock_offset_s"


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """The present in OFFICE_TIME."""
        return datetime.now(OFFICE_TIME)


class SettableClock:
    """A clock that can be set and goes on from there; the offset outlives the process."""

    def __init__(self, machine: SystemClock, unit_of_work: UnitOfWorkFactory) -> None:
        self._machine = machine
        self._unit_of_work = unit_of_work
        with unit_of_work() as uow:
            self._offset = timedelta(seconds=float(uow.settings.get(_SETTING) or 0))

    def now(self) -> datetime:
        """The office's present: the machine's plus the offset."""
        return self._machine.now() + self._offset

    def set(self, now: datetime) -> datetime:
        """Set the clock and return what it says.

        Raises:
            InvalidInputError: the time has no zone ("time_without_zone").
        """
        if now.tzinfo is None:
            raise InvalidInputError("time_without_zone")
        self._offset = now.astimezone(OFFICE_TIME) - self._machine.now()
        with self._unit_of_work() as uow:
            uow.settings.put(_SETTING, self._offset.total_seconds())
            uow.commit()
        return self.now()
