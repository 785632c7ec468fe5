"""Finding the leave that a person wants to do something with, once a turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.errors import NotAllowedError, NotFoundError, RefusedError
from bot.core.leave import Leave, LeaveId, LeaveParts, LeaveState, LeaveStateError
from bot.core.leave_links import BEGUN, Ties, is_open
from bot.core.people import Person
from bot.services.leave_cases import approval_key, leave_id_of
from bot.services.leave_store import lock_tied
from bot.services.storage import UnitOfWork


def meant_by(parts: LeaveParts, text: str, leaves: Sequence[Leave]) -> LeaveId | None:
    """The only one of several leaves that fits the kind, the days and the place of a sentence."""
    fitting = [
        leave
        for leave in leaves
        if (parts.kind in (None, leave.kind))
        and (parts.span is None or parts.span.overlaps(leave.span))
        and (parts.kind or parts.span or (leave.place and leave.place in text))
    ]
    placed = [leave for leave in fitting if leave.place and leave.place in text] or fitting
    return placed[0].id if len(placed) == 1 else None


@dataclass(frozen=True)
class OwnLeaves:
    """A person's own leaves within an open transaction; `states` are those that can be changed.

    `as_whole`: a leave and its extensions count as one, and what has begun comes first.
    """

    uow: UnitOfWork
    person: Person
    states: frozenset[LeaveState]
    as_whole: bool = False

    def done(self, effect: str) -> Leave | None:
        """The leave that this turn has changed already."""
        subject = self.uow.effects.subject(effect)
        return self.uow.leaves.get(leave_id_of(subject)) if subject is not None else None

    def take(self, leave_id: LeaveId | None, effect: str) -> Leave:
        """The leave meant, locked with all it is tied to; the effect of the turn on it is noted.

        Raises:
            NotFoundError: there is none ("leave_none", "leave_unknown").
            RefusedError: there are several ("leave_which", detail `leaves`).
            NotAllowedError: it is another person's ("leave_not_yours").
            LeaveStateError: it is too late, or too early.
        """
        leave_id = self._only_one() if leave_id is None else leave_id
        lock_tied(self.uow, leave_id)
        leave = self.uow.leaves.get(leave_id)
        if leave.user != self.person.id:
            raise NotAllowedError("leave_not_yours")
        if leave.state not in self.states:
            raise LeaveStateError(leave=leave.id, state=leave.state)
        self.uow.effects.record(effect, approval_key(leave.id))
        return leave

    def _only_one(self) -> LeaveId:
        leaves = self.uow.leaves.listing(self.person.org, self.person.id)
        found = [leave for leave in leaves if leave.state in self.states]
        if self.as_whole:
            found = [leave for leave in found if leave.state in BEGUN] or found
            wholes = {tuple(Ties(leaves).tied_to(leave.id)): leave for leave in reversed(found)}
            found = list(wholes.values())
        if not found:
            self._refuse_open(leaves)
            raise NotFoundError("leave_none")
        if len(found) > 1:
            raise RefusedError("leave_which", leaves=tuple(leave.id for leave in found))
        return found[0].id

    def _refuse_open(self, leaves: Sequence[Leave]) -> None:
        """Say how the latest open leave stands, where there is one: 审批中 cannot be returned from.

        Raises:
            LeaveStateError: there is one.
        """
        for leave in filter(is_open, leaves):
            raise LeaveStateError(leave=leave.id, state=leave.state)
