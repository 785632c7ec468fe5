"""How leaves end: withdrawn, replaced, extended or returned from, with those tied to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.core.errors import RefusedError
from bot.core.leave import Leave, LeaveState
from bot.core.leave_links import CHANGEABLE, EXTENDABLE, WAITING, Ties, with_ends
from bot.core.people import PersonId
from bot.services.leave_store import LeaveStore


@dataclass(frozen=True)
class LeaveEnds:
    """What one end brings about for the leaves that are tied together; all of them are locked."""

    store: LeaveStore
    ties: Ties

    def granted(self, new: Leave, by: PersonId) -> None:
        """What the approval of a request does to the one that it replaces or extends."""
        old = self.ties.get(new.replaces)
        if old is not None and old.state in CHANGEABLE:
            self.store.put(old.to(LeaveState.WITHDRAWN), "leave.replaced", by)
        elif old is not None and old.state in EXTENDABLE:
            self.store.put(old.to(LeaveState.RETURNED), "leave.replaced", by)
        self._set_ends(new)

    def withdrawn(self, leave: Leave, by: PersonId) -> Leave:
        """A leave taken back, and whatever extends it."""
        later = self.ties.extended_by(leave.id)
        if later is not None and later.state in CHANGEABLE:
            self.store.put(later.to(LeaveState.WITHDRAWN), "leave.withdrawn", by)
        ended = replace(leave.to(LeaveState.WITHDRAWN), extended_to=None)
        self._set_ends(self.store.put(ended, "leave.withdrawn", by))
        return ended

    def returned(self, leave: Leave, by: PersonId, day: date) -> Leave:
        """A leave that is over (销假), with all that it extends and that extends it.

        What has not begun is not taken any more, what is not granted not waited for.

        Raises:
            RefusedError: nothing of it has begun ("leave_not_begun").
        """
        whole = self._whole(leave)
        granted = [part for part in whole if part.state in EXTENDABLE]
        begun = [part for part in granted if part.span.first_day <= day]
        if not begun:
            raise RefusedError("leave_not_begun")
        for part in whole:
            if part.state in WAITING or (part in granted and part not in begun):
                self.store.put(part.to(LeaveState.WITHDRAWN), "leave.withdrawn", by)
        ended = [self.store.put(p.to(LeaveState.RETURNED), "leave.returned", by) for p in begun]
        return ended[-1]

    def _whole(self, leave: Leave) -> list[Leave]:
        whole = self.ties.whole(leave)
        while (later := self.ties.extended_by(whole[-1].id)) is not None:
            whole.append(later)
        return whole

    def _set_ends(self, changed: Leave) -> None:
        """Let what is extended end with its extension, or on its own day again."""
        whole = [*self.ties.whole(changed)[:-1], changed]
        for before, after in zip(whole, with_ends(whole), strict=True):
            if before is not changed and before.extended_to != after.extended_to:
                self.store.put(after, "leave.extended", None)
