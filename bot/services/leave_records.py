"""What is on record of leaves, for whoever may read it: one with its approvals, or a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.core.approvals import Approval, ApprovalState
from bot.core.errors import NotAllowedError, NotFoundError
from bot.core.leave import Leave, LeaveId, LeaveState, RouteStep
from bot.core.leave_rights import may_read
from bot.core.people import Directory, OrgId, Person, PersonId
from bot.services.leave_cases import approval_key
from bot.services.leave_ledger import last_of
from bot.services.ledgers import LeaveEvent
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

_ANSWERS = frozenset({"approval.agreed", "approval.refused"})  # in the audit
_SETTLED = frozenset({LeaveState.APPROVED, LeaveState.REFUSED})


class StepState(StrEnum):
    """How far one approver is."""

    AGREED = "agreed"
    REFUSED = "refused"
    WAITING = "waiting"
    LATER = "later"
    DROPPED = "dropped"  # the request was withdrawn before it came to this one
    OUTSIDE = "outside"  # asks for it beside the platform


_ANSWERED = frozenset({StepState.AGREED, StepState.REFUSED})


@dataclass(frozen=True)
class Step:
    """One approver of a request; `at` where it is known when the answer came."""

    post: str
    name: str
    state: StepState
    at: datetime | None = None


@dataclass(frozen=True)
class LeaveRecord:
    """One leave with all that has become of it; `later` are those that change or extend it."""

    leave: Leave
    directory: Directory
    steps: tuple[Step, ...]
    events: tuple[LeaveEvent, ...]
    later: tuple[Leave, ...] = ()

    @property
    def owner(self) -> Person | None:
        """Whose leave it is; None once the directory lists that person no more."""
        return self.directory.person(self.leave.user)

    def name(self, user: PersonId | None) -> str:
        """What somebody is called."""
        person = self.directory.person(user) if user else None
        return person.name if person else (user or "")


@dataclass(frozen=True)
class LeaveRecords:
    """Reads the ledger of leaves with the rights of a reader; changes nothing."""

    unit_of_work: UnitOfWorkFactory

    def one(self, reader: Person, org: OrgId, leave_id: LeaveId) -> LeaveRecord:
        """A leave with its approvals and its history.

        Raises:
            NotFoundError: the office has no such leave ("leave_unknown").
            NotAllowedError: the reader may not see it ("leave_read_not_allowed").
        """
        with self.unit_of_work() as uow:
            leave = uow.leaves.read(leave_id)
            if leave.org != org:
                raise NotFoundError("leave_unknown")
            if not may_read(reader, leave):
                raise NotAllowedError("leave_read_not_allowed")
            own = uow.leaves.listing(org, leave.user)
            later = (le for le in own if leave_id in (le.replaces, le.extends))
            events = uow.leaves.events([leave_id])[leave_id]
            directory = uow.people.directory(org)
            steps = tuple(_steps(uow, leave, events, directory))
        return LeaveRecord(leave, directory, steps, tuple(events), tuple(later))

    def month(self, reader: Person, org: OrgId, first: date) -> list[LeaveRecord]:
        """The leaves that touch a month, as far as the reader may see them, by their first day.

        They come without their approvals and their history.
        """
        with self.unit_of_work() as uow:
            directory = uow.people.directory(org)
            leaves = uow.leaves.listing(org, since=first, until=last_of(first))
        readable = [leave for leave in leaves if may_read(reader, leave)]
        readable.sort(key=lambda leave: (leave.span.first_day, leave.id))
        return [LeaveRecord(leave, directory, (), ()) for leave in readable]


def _steps(
    uow: UnitOfWork, leave: Leave, events: Sequence[LeaveEvent], directory: Directory
) -> list[Step]:
    """The route in its order; whoever the platform asks in the place of others comes last."""
    approval = uow.approvals.by_key(approval_key(leave.id))
    asked = approval.request.approvers if approval else ()
    times = _times(uow, leave, events)
    route = [*leave.route, *_standing_in(asked, leave, directory)]
    found = []
    for step in route:
        state = _state(step, approval, leave)
        at = times.get(step.user or "") if state in _ANSWERED else None
        found.append(Step(step.post, step.name, state, at))
    return found


def _standing_in(
    asked: Sequence[PersonId], leave: Leave, directory: Directory
) -> Iterator[RouteStep]:
    """Whom the platform asks though the rule does not name them, as the office for others."""
    named = {step.user for step in leave.route}
    for user in asked:
        if user not in named:
            holder = directory.person(user)
            yield RouteStep(holder.post if holder else "", user, holder.name if holder else user)


def _times(uow: UnitOfWork, leave: Leave, events: Sequence[LeaveEvent]) -> dict[str, datetime]:
    """When each approver answered: from the audit, and of the last one from the ledger."""
    rows = uow.audit.about(leave.org, approval_key(leave.id))
    times = {row.actor: row.at for row in rows if row.action in _ANSWERS}
    return times | {e.by: e.at for e in events if e.by and e.state in _SETTLED}


def _state(step: RouteStep, approval: Approval | None, leave: Leave) -> StepState:
    if step.user is None:
        return StepState.OUTSIDE
    if approval is None or step.user not in approval.request.approvers:
        return StepState.DROPPED if leave.state is LeaveState.WITHDRAWN else StepState.LATER
    place = approval.request.approvers.index(step.user)
    if place < approval.step:
        return StepState.AGREED
    if approval.state is ApprovalState.REFUSED:
        return StepState.REFUSED if place == approval.step else StepState.DROPPED
    if approval.state is ApprovalState.CANCELLED or leave.state is LeaveState.WITHDRAWN:
        return StepState.DROPPED
    return StepState.WAITING if place == approval.step else StepState.LATER
