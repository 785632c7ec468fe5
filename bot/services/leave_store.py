"""Storing what becomes of leaves, together with those that they are tied to."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.core.leave import Leave, LeaveId
from bot.core.leave_links import Ties
from bot.core.people import PersonId
from bot.services.leave_cases import approval_key
from bot.services.storage import UnitOfWork

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LeaveStore:
    """Changes of leaves within an open transaction, each with its event and its audit."""

    uow: UnitOfWork
    now: datetime

    def put(self, leave: Leave, action: str, by: PersonId | None, note: str = "") -> Leave:
        """Store a changed leave."""
        self.uow.leaves.update(leave, by, self.now, note)
        self.note(leave, action, by)
        return leave

    def note(self, leave: Leave, action: str, by: PersonId | None) -> None:
        """Put what was done into the audit and the log."""
        subject = approval_key(leave.id)
        self.uow.audit.append(leave.org, by or "system", action, subject, self.now)
        logger.info("%s: %s", action, subject, extra={"event": action, "leave_id": leave.id})


def lock_tied(uow: UnitOfWork, leave_id: LeaveId) -> Ties:
    """A leave with all that it is tied to, locked in the order of their ids.

    Raises:
        NotFoundError: there is no such leave ("leave_unknown").
    """
    one = uow.leaves.read(leave_id)
    ties = Ties(uow.leaves.listing(one.org, one.user))
    return Ties([uow.leaves.get(tied) for tied in ties.tied_to(leave_id)])
