"""What the platform makes of leaves: filed, answered, cancelled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.clock import Clock
from bot.core.errors import NotAllowedError
from bot.core.leave import Leave, LeaveState
from bot.core.leave_links import WAITING
from bot.core.people import PersonId
from bot.services.leave_cases import approval_key, leave_id_of
from bot.services.leave_ends import LeaveEnds
from bot.services.leave_pushes import LeavePushes
from bot.services.leave_store import LeaveStore, lock_tied
from bot.services.leave_words import LeaveWords
from bot.services.storage import UnitOfWorkFactory


@dataclass(frozen=True)
class LeaveResults:
    """Takes over what comes back from the platform; `LeaveDesk` says what each method does."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    words: LeaveWords

    def state(self, key: str) -> LeaveState:
        """Where the leave of an approval stands."""
        with self.unit_of_work() as uow:
            return uow.leaves.read(leave_id_of(key)).state

    def filed(self, key: str, approval: str) -> None:
        """See `LeaveDesk.filed`."""
        with self.unit_of_work() as uow:
            leave = uow.leaves.get(leave_id_of(key))
            if leave.approval is not None:
                return
            leave = replace(leave, approval=approval)
            if leave.state is LeaveState.CONFIRMED:
                leave = leave.to(LeaveState.FILED)
            LeaveStore(uow, self.clock.now()).put(leave, "leave.filed", None)
            uow.commit()

    def not_filed(self, key: str) -> None:
        """See `LeaveDesk.not_filed`."""
        with self.unit_of_work() as uow:
            leave = uow.leaves.read(leave_id_of(key))
            if leave.state is LeaveState.CONFIRMED:
                pushes = LeavePushes(uow, self.words, self.clock.now())
                pushes.to(leave, leave.user, "not_filed", self.words.not_filed(leave))
                uow.commit()

    def unwanted(self) -> list[tuple[str, str]]:
        """See `LeaveDesk.unwanted_approvals`."""
        with self.unit_of_work() as uow:
            running = uow.leaves.running_though_withdrawn()
        return [(approval_key(leave.id), leave.approval or "") for leave in running]

    def cancelled(self, key: str) -> None:
        """See `LeaveDesk.cancelled`."""
        with self.unit_of_work() as uow:
            if uow.effects.subject(f"{key}:cancelled") is None:
                uow.effects.record(f"{key}:cancelled", key)
                uow.commit()

    def awaited(self) -> list[str]:
        """See `LeaveDesk.awaited`."""
        with self.unit_of_work() as uow:
            return [approval_key(leave.id) for leave in uow.leaves.waiting()]

    def taken_back(self, key: str) -> None:
        """See `LeaveDesk.taken_back`."""
        with self.unit_of_work() as uow:
            ties = lock_tied(uow, leave_id_of(key))
            leave = uow.leaves.get(leave_id_of(key))
            if leave.state not in WAITING:
                return
            LeaveEnds(LeaveStore(uow, self.clock.now()), ties).withdrawn(leave, leave.user)
            uow.effects.record(f"{key}:cancelled", key)  # nobody is asked any more
            pushes = LeavePushes(uow, self.words, self.clock.now())
            pushes.to(leave, leave.user, "taken_back", self.words.taken_back(leave))
            uow.commit()

    def settle(self, key: str, agreed: bool, by: PersonId, reason: str) -> Leave:
        """See `LeaveDesk.settle`."""
        with self.unit_of_work() as uow:
            ties = lock_tied(uow, leave_id_of(key))
            leave = uow.leaves.get(leave_id_of(key))
            if by == leave.user:
                raise NotAllowedError("leave_own_approval")
            if leave.state not in WAITING:
                return leave
            store = LeaveStore(uow, self.clock.now())
            if leave.state is LeaveState.CONFIRMED:
                leave = leave.to(LeaveState.FILED)
            leave = leave.to(LeaveState.APPROVED if agreed else LeaveState.REFUSED)
            store.put(leave, f"leave.{leave.state}", by, reason)
            if agreed:
                LeaveEnds(store, ties).granted(leave, by)
            LeavePushes(uow, self.words, self.clock.now()).result(leave, reason)
            uow.commit()
        return leave
