"""Events of platforms: stored before they are acknowledged, then handed to whom they concern."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.core.clock import Clock
from bot.core.errors import NotYetError, OutsideServiceError
from bot.core.platform_events import EventKind, PlatformEvent
from bot.services.platform_event_store import EventEntry, EventState
from bot.services.storage import UnitOfWorkFactory

logger = logging.getLogger(__name__)

LEASE_S = 60.0  # longer than any look at the platform
MAX_ATTEMPTS = 6  # over some five minutes; later the regular look finds what was told
FIRST_RETRY_S = 5.0  # doubled each time

Handler = Callable[[PlatformEvent], None]


@dataclass(frozen=True)
class PlatformEventDesk:
    """Keeps events and works them off; safe in many processes.

    Handlers look at the platform instead of believing the event, so they may be called twice and
    in any order. `machine_clock` times leases and retries; a killed process's lease ends by itself
    after `lease_s`.
    """

    unit_of_work: UnitOfWorkFactory
    machine_clock: Clock
    handlers: Mapping[EventKind, Handler]
    lease_s: float = LEASE_S

    def take(self, event: PlatformEvent) -> bool:
        """Store an event; once this returns it is never lost. False: it was stored before."""
        with self.unit_of_work() as uow:
            added = uow.platform_events.add(event)
            uow.commit()
        return added

    def work_next(self) -> bool:
        """Work the oldest due event; False if there is none.

        Where the platform does not tell what became of a matter, the event is postponed.

        Raises:
            Exception: whatever else the handler raised; the event is postponed or given up before.
        """
        with self.unit_of_work() as uow:
            entry = uow.platform_events.claim(self.machine_clock.now(), self.lease_s)
            uow.commit()
        if entry is None:
            return False
        handler = self.handlers.get(entry.event.kind)
        try:
            if handler is not None and entry.attempts <= MAX_ATTEMPTS:
                handler(entry.event)
        except NotYetError as error:
            self._defer(entry, error)
            return True
        except OutsideServiceError as error:
            _log_failed(entry, error)
            self._retry_or_give_up(entry)
            return True
        except Exception:
            self._retry_or_give_up(entry)
            raise
        given_up = entry.attempts > MAX_ATTEMPTS  # each try so far took the process down
        self._settle(entry, EventState.FAILED if given_up else EventState.DONE)
        return True

    def work_all(self) -> int:
        """Work everything that is due now and return how many events were."""
        count = 0
        while self.work_next():
            count += 1
        return count

    def _defer(self, entry: EventEntry, error: NotYetError) -> None:
        until = self.machine_clock.now() + timedelta(seconds=error.after_s)
        with self.unit_of_work() as uow:
            uow.platform_events.defer(entry.id, until)
            uow.commit()

    def _retry_or_give_up(self, entry: EventEntry) -> None:
        if entry.attempts >= MAX_ATTEMPTS:
            self._settle(entry, EventState.FAILED)
            return
        wait = timedelta(seconds=FIRST_RETRY_S * 2 ** (entry.attempts - 1))
        with self.unit_of_work() as uow:
            uow.platform_events.postpone(entry.id, self.machine_clock.now() + wait)
            uow.commit()

    def _settle(self, entry: EventEntry, state: EventState) -> None:
        if state is EventState.FAILED:
            logger.error(
                "platform event %s was given up",
                entry.id,
                extra={"event": "platform_event.failed", "kind": str(entry.event.kind)},
            )
        with self.unit_of_work() as uow:
            uow.platform_events.settle(entry.id, state)
            uow.commit()


def _log_failed(entry: EventEntry, error: OutsideServiceError) -> None:
    logger.warning(
        "platform event %s was not worked: %s",
        entry.id,
        error.code,
        extra={
            "event": "platform_event.postponed",
            "kind": str(entry.event.kind),
            "code": error.code,
        },
    )
