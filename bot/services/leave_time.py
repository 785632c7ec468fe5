"""What time alone does to granted leaves: away, overdue, reminders to report back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.core.clock import OFFICE_TIME, Clock, today
from bot.core.leave import Leave, LeaveId, LeaveState, RouteStep
from bot.services.leave_cases import approval_key
from bot.services.leave_pushes import LeavePushes
from bot.services.leave_store import LeaveStore
from bot.services.leave_words import LeaveWords
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

MORNING = time(9, 0, tzinfo=OFFICE_TIME)  # nobody is woken by a reminder
LAST_AFTERNOON = time(15, 0, tzinfo=OFFICE_TIME)
# Of several that are due after an outage only the latest goes out.
REMINDED_AFTER_DAYS = (1, 2, 3, 7, 14)
MOVING_STATES = frozenset({LeaveState.APPROVED, LeaveState.AWAY, LeaveState.OVERDUE})


@dataclass(frozen=True)
class LeaveTime:
    """Moves leaves on by date; safe to run twice or at once."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    words: LeaveWords

    def tick(self) -> None:
        """Handle every leave that may have something due, each in its own transaction."""
        self._tell_of_gone_approvers()
        for leave_id in self._moving():
            with self.unit_of_work() as uow:
                self._move(uow, uow.leaves.get(leave_id))
                uow.commit()

    def _tell_of_gone_approvers(self) -> None:
        """Tell askers whose request waits for somebody who has left the office since."""
        with self.unit_of_work() as uow:
            pushes = LeavePushes(uow, self.words, self.clock.now())
            for leave in uow.leaves.waiting():
                for step in _gone(uow, leave):
                    message = self.words.approver_gone(leave, step)
                    pushes.to(leave, leave.user, f"gone:{step.user}", message)
            uow.commit()

    def _moving(self) -> list[LeaveId]:
        with self.unit_of_work() as uow:
            return uow.leaves.begun(today(self.clock), MOVING_STATES)

    def _move(self, uow: UnitOfWork, leave: Leave) -> None:
        day = today(self.clock)
        if leave.state is LeaveState.APPROVED and leave.span.first_day <= day:
            leave = self._to(uow, leave, LeaveState.AWAY)
        if leave.state is LeaveState.AWAY and leave.ends_on < day:
            leave = self._to(uow, leave, LeaveState.OVERDUE)
        if leave.extended_to is not None:
            return  # of a whole that was extended the last part is reminded of
        pushes = LeavePushes(uow, self.words, self.clock.now())
        if leave.state is LeaveState.AWAY and leave.span.last_day == day:
            message = self.words.reminder("reminder_last_day", leave)
            pushes.to(leave, leave.user, "last_day", message, _at(day, LAST_AFTERNOON))
        # A clock that was set back may find a leave overdue before its last day.
        if leave.state is LeaveState.OVERDUE and leave.span.last_day < day:
            self._remind_overdue(pushes, leave, day)

    def _remind_overdue(self, pushes: LeavePushes, leave: Leave, day: date) -> None:
        late = (day - leave.span.last_day).days
        due = max(after for after in REMINDED_AFTER_DAYS if after <= late)
        message = self.words.reminder("reminder_overdue", leave)
        pushes.to(leave, leave.user, f"overdue:{due}", message, _at(day, MORNING))
        pushes.to_approver(leave, "overdue_told")

    def _to(self, uow: UnitOfWork, leave: Leave, state: LeaveState) -> Leave:
        store = LeaveStore(uow, self.clock.now())
        return store.put(leave.to(state), f"leave.{state}", None)


def _gone(uow: UnitOfWork, leave: Leave) -> list[RouteStep]:
    """The approvers still to answer whom the directory lists no more."""
    directory = uow.people.directory(leave.org)
    approval = uow.approvals.by_key(approval_key(leave.id))
    named = {step.user: step for step in leave.route if step.user}
    asked = approval.request.approvers[approval.step :] if approval else tuple(named)
    gone = [user for user in asked if directory.person(user) is None]
    return [named.get(user, RouteStep(user, user)) for user in gone]


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment)
