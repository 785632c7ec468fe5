"""The outbox worked off: pushes sent, approvals filed, nothing done twice."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.core.approvals import ApprovalRequest
from bot.core.clock import Clock
from bot.core.errors import (
    NotYetError,
    OutcomeUnknownError,
    OutsideServiceError,
    UnreachableError,
)
from bot.core.messages import Push
from bot.services.outside import Broadcast, Platform
from bot.services.storage import OutboxEntry, OutboxState, UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)

LEASE_S = 90.0  # longer than looking for an approval and filing it, with their timeouts
MAX_ATTEMPTS = 8  # over some 20 minutes; then people look at it
FIRST_RETRY_S = 5.0  # doubled each time
LONGEST_RETRY_S = 600.0
PATIENCE_S = 1.0  # for what another thread delivers at this moment


class Filing(Protocol):
    """Whoever has approvals filed (the leave desk)."""

    def is_wanted(self, approval_key: str) -> bool:
        """Whether the approval is still to be filed: not withdrawn meanwhile."""
        ...

    def filed(self, approval_key: str, approval: str) -> None:
        """Note that the platform has accepted the approval under this id."""
        ...

    def not_filed(self, approval_key: str) -> None:
        """Tell whoever waits that the platform has not taken the approval; once, if repeated."""
        ...

    def unwanted_approvals(self) -> list[tuple[str, str]]:
        """Key and id of every approval that runs although its request was withdrawn."""
        ...

    def cancelled(self, approval_key: str) -> None:
        """Note that the platform has cancelled the approval."""
        ...


@dataclass(frozen=True)
class Delivery:
    """Makes the calls that were promised in the database."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    platform: Platform
    filing: Filing
    broadcast: Broadcast | None = None
    lease_s: float = LEASE_S
    _one_pass: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def deliver_next(self) -> bool:
        """Work the oldest due entry; False if there is none."""
        with self.unit_of_work() as uow:
            entry = uow.outbox.claim(self.clock.now(), self.lease_s)
            alike = self._alike(entry, uow) if entry is not None else []
            uow.commit()
        if entry is not None and alike:
            self._deliver_alike([entry, *alike])
        elif entry is not None:
            self._deliver(entry)
        return entry is not None

    def deliver_all(self) -> int:
        """Work everything that is due now and return how many entries were.

        Within a process one pass follows another: who comes back from here finds delivered what
        was due when he called, whichever thread delivered it.
        """
        count = 0
        with self._one_pass:
            while self.deliver_next():
                count += 1
        return count

    def deliver_key(self, key: str) -> OutboxState | None:
        """Work one entry now, if it is due and nobody else does; None: left to the others."""
        with self.unit_of_work() as uow:
            entry = uow.outbox.claim_key(key, self.clock.now(), self.lease_s)
            uow.commit()
        if entry is not None:
            return self._deliver(entry)
        # A pass of ours may hold it: mostly it is through before the person has read a word.
        if self._one_pass.acquire(timeout=PATIENCE_S):
            self._one_pass.release()
        return None

    def cancel_unwanted(self) -> None:
        """Cancel on the platform what was withdrawn after it had been filed; safe to repeat."""
        for key, approval in self.filing.unwanted_approvals():
            try:
                self.platform.cancel_approval(approval)
            except OutsideServiceError as error:
                logger.warning(
                    "approval was not cancelled",
                    extra={"event": "approval.not_cancelled", "key": key, "code": error.code},
                )
                continue
            self.filing.cancelled(key)

    def _alike(self, entry: OutboxEntry, uow: UnitOfWork) -> list[OutboxEntry]:
        """What one call can deliver together with a push."""
        push = entry.payload
        if self.broadcast is None or not isinstance(push, Push) or entry.attempts > 1:
            return []
        most = self.broadcast.room(push) - 1
        return (
            uow.outbox.claim_alike(entry, self.clock.now(), self.lease_s, most) if most > 0 else []
        )

    def _deliver_alike(self, entries: Sequence[OutboxEntry]) -> None:
        pushes = [entry.payload for entry in entries if isinstance(entry.payload, Push)]
        failed: Mapping[str, OutsideServiceError]
        try:
            failed = self.broadcast.send_alike(pushes) if self.broadcast else {}
        except OutsideServiceError as error:
            failed = dict.fromkeys((entry.key for entry in entries), error)
        for entry in entries:
            self._conclude(entry, failed.get(entry.key))

    def _deliver(self, entry: OutboxEntry) -> OutboxState:
        try:
            self._call(entry)
        except OutsideServiceError as error:
            return self._conclude(entry, error)
        return self._conclude(entry, None)

    def _conclude(self, entry: OutboxEntry, error: OutsideServiceError | None) -> OutboxState:
        """Write down what became of a call."""
        if error is None:
            return self._settle(entry, OutboxState.SENT)
        if isinstance(error, NotYetError):
            return self._defer(entry, error)
        if isinstance(error, UnreachableError):
            return self._settle(entry, OutboxState.FAILED, error.code)
        if isinstance(error, OutcomeUnknownError):
            return self._postpone(entry, OutboxState.UNCERTAIN, error)
        return self._postpone(entry, entry.state, error)  # what was uncertain stays so

    def _call(self, entry: OutboxEntry) -> None:
        if isinstance(entry.payload, ApprovalRequest):
            self._file(entry, entry.payload)
        else:
            self.platform.send(entry.payload, again=entry.state is OutboxState.UNCERTAIN)

    def _file(self, entry: OutboxEntry, request: ApprovalRequest) -> None:
        if not self.filing.is_wanted(request.key):
            return
        # A first try cannot have filed anything; any later one may repeat a call that did.
        found = self.platform.find_approval(request.key) if entry.attempts > 1 else None
        self.filing.filed(request.key, found or self.platform.file_approval(request))

    def _settle(
        self, entry: OutboxEntry, state: OutboxState, error: str | None = None
    ) -> OutboxState:
        with self.unit_of_work() as uow:
            uow.outbox.settle(entry.id, state, error)
            uow.commit()
        return state

    def _defer(self, entry: OutboxEntry, error: NotYetError) -> OutboxState:
        with self.unit_of_work() as uow:
            until = self.clock.now() + timedelta(seconds=error.after_s)
            uow.outbox.defer(entry.id, until, error.code)
            uow.commit()
        return entry.state

    def _postpone(
        self, entry: OutboxEntry, state: OutboxState, error: OutsideServiceError
    ) -> OutboxState:
        logger.warning(
            "outbox entry %s was not delivered: %s",
            entry.id,
            error.code,
            extra={"event": "outbox.postponed", "entry_id": entry.id, "code": error.code},
        )
        wait = min(FIRST_RETRY_S * 2 ** (entry.attempts - 1), LONGEST_RETRY_S)
        with self.unit_of_work() as uow:
            if entry.attempts >= MAX_ATTEMPTS and state is OutboxState.PENDING:
                uow.outbox.settle(entry.id, OutboxState.FAILED, error.code)
                state = OutboxState.FAILED
            else:
                until = self.clock.now() + timedelta(seconds=wait)
                uow.outbox.postpone(entry.id, state, until, error.code)
            uow.commit()
        if entry.attempts >= MAX_ATTEMPTS and isinstance(entry.payload, ApprovalRequest):
            self.filing.not_filed(entry.key)
        return state
