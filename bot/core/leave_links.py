"""Change and extension (续假): a new request, tied to the one that it replaces or extends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.errors import InvalidInputError, RefusedError
from bot.core.leave import OPEN_STATES, Leave, LeaveId, LeaveState, LeaveStateError, Span

# Before it begins a request can be changed, whether it is granted yet or not.
CHANGEABLE = frozenset({LeaveState.CONFIRMED, LeaveState.FILED, LeaveState.APPROVED})
EXTENDABLE = frozenset({LeaveState.APPROVED, LeaveState.AWAY, LeaveState.OVERDUE})
BEGUN = EXTENDABLE - {LeaveState.APPROVED}
WAITING = frozenset({LeaveState.CONFIRMED, LeaveState.FILED})


@dataclass(frozen=True)
class Ties:
    """A person's leaves, and which of them belong together."""

    leaves: Sequence[Leave]

    def tied_to(self, leave_id: LeaveId) -> list[LeaveId]:
        """The leave with all that replace or extend one another, in the order of their ids."""
        pairs = [(le.id, old) for le in self.leaves for old in (le.replaces, le.extends) if old]
        found, grown = {leave_id}, True
        while grown:
            more = {one for pair in pairs if not found.isdisjoint(pair) for one in pair} - found
            found |= more
            grown = bool(more)
        return sorted(found)

    def extended_by(self, leave_id: LeaveId) -> Leave | None:
        """The open extension of a leave; None if there is none."""
        open_ones = (le for le in self.leaves if le.extends == leave_id and is_open(le))
        return next(open_ones, None)

    def whole(self, last: Leave) -> list[Leave]:
        """A leave with all that it extends, the first of them first."""
        found = [last]
        while (earlier := self.get(found[0].extends)) is not None:
            found.insert(0, earlier)
        return found

    def check_change(self, leave: Leave, day: date) -> None:
        """Whether a leave may be changed on a day.

        Raises:
            LeaveStateError: it is refused, withdrawn or over.
            RefusedError: it has begun ("change_begun"), is an extension or extended
                ("change_extension"), or a change of it is still waiting ("change_waiting").
        """
        self._check_idle(leave)
        if leave.state in BEGUN:
            raise RefusedError("change_begun", leave=leave.id)
        if leave.state not in CHANGEABLE:
            raise LeaveStateError(leave=leave.id, state=leave.state)
        if leave.state is LeaveState.APPROVED and leave.span.first_day <= day:
            raise RefusedError("change_begun", leave=leave.id)
        if leave.extends is not None or self.extended_by(leave.id) is not None:
            raise RefusedError("change_extension", leave=leave.id)

    def check_extension(self, leave: Leave) -> None:
        """Whether a leave may be extended.

        Raises:
            LeaveStateError: it is refused, withdrawn or over.
            RefusedError: it is not granted yet ("extend_waiting"), is extended already
                ("extend_extended"), or a change or extension of it waits ("change_waiting").
        """
        self._check_idle(leave)
        if leave.state in WAITING:
            raise RefusedError("extend_waiting", leave=leave.id)
        if leave.state not in EXTENDABLE:
            raise LeaveStateError(leave=leave.id, state=leave.state)
        if (later := self.extended_by(leave.id)) is not None:
            raise RefusedError("extend_extended", leave=later.id)

    def _check_idle(self, leave: Leave) -> None:
        for other in self.leaves:
            if leave.id in (other.replaces, other.extends) and other.state in WAITING:
                raise RefusedError("change_waiting", leave=other.id)

    def get(self, leave_id: LeaveId | None) -> Leave | None:
        """The leave with an id; None if it is not among these."""
        return next((leave for leave in self.leaves if leave.id == leave_id), None)


def extension_span(old: Span, said: Span) -> Span:
    """The days that an extension adds: from the end of the old ones to the day that was said.

    Raises:
        InvalidInputError: that day is not later ("extension_not_later").
    """
    first_day, starts_pm = old.next_half_day
    is_empty = said.last_day == first_day and starts_pm and said.ends_am
    if said.last_day < first_day or is_empty:
        raise InvalidInputError("extension_not_later", day=old.last_day)
    return Span(first_day, said.last_day, starts_pm, said.ends_am)


def with_ends(leaves: Iterable[Leave]) -> list[Leave]:
    """Leaves that follow one another, each ending with the last that is granted after it."""
    found: list[Leave] = []
    end: date | None = None
    for leave in reversed(list(leaves)):
        found.insert(0, replace(leave, extended_to=end))
        if leave.state in EXTENDABLE:
            end = end or leave.span.last_day
    return found


def is_open(leave: Leave) -> bool:
    """Whether a request is granted or may still be."""
    return leave.state in OPEN_STATES
