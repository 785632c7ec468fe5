"""Leave: from a sentence to a filed request, its result, and the return (销假)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.clock import Clock, today
from bot.core.errors import InvalidInputError, NotAllowedError, NotFoundError, RefusedError
from bot.core.leave import (
    Leave,
    LeaveDraft,
    LeaveId,
    LeaveParts,
    LeaveState,
)
from bot.core.leave_route import GRANTED_STATES
from bot.core.people import OrgId, Person, PersonId
from bot.services.leave_cases import (
    Assessment,
    Assessor,
    Surroundings,
    approval_key,
    leave_id_of,
)
from bot.services.leave_drafts import (
    DraftView,
    Listener,
    is_fresh,
    missing_parts,
    still_readable,
)
from bot.services.leave_own import OwnLeaves, meant_by
from bot.services.leave_pushes import LeavePushes
from bot.services.leave_time import LeaveTime
from bot.services.leave_words import LeaveWords
from bot.services.outside import Calendars, LeaveReader, ProcedureBook, RuleBook, Texts
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

__all__ = ["DraftView", "LeaveDesk"]

logger = logging.getLogger(__name__)

WITHDRAWABLE = frozenset({LeaveState.CONFIRMED, LeaveState.FILED, LeaveState.APPROVED})
WAITING = frozenset({LeaveState.CONFIRMED, LeaveState.FILED})


@dataclass(frozen=True)
class LeaveDesk:
    """Every use case about leave."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    calendars: Calendars
    procedures: ProcedureBook
    rules: RuleBook
    reader: LeaveReader
    texts: Texts

    def draft(self, person: Person, thread: str, text: str, asked: str | None = None) -> DraftView:
        """Read a sentence into the thread's draft and store it.

        What cannot be used is left out and told in `problem`; the rest is kept.
        """
        now = self.clock.now()
        with self.unit_of_work() as uow:
            directory = uow.people.directory(person.org)
            draft = uow.leaves.draft(thread)
            if draft is None or not is_fresh(draft, person, now):
                draft = LeaveDraft(person.id, thread, LeaveParts(), now)
            reader = self.reader.counting_by(self.calendars.of(person.org))
            listener = Listener(reader, person, directory, today(self.clock))
            draft, problem = listener.hear(draft, text, asked)
            draft = replace(draft, updated_at=now)
            uow.leaves.put_draft(draft)
            uow.commit()
        return self._view(draft, person, problem)

    def current(self, thread: str) -> DraftView | None:
        """The stored draft of a thread; None if there is none or it is too old."""
        with self.unit_of_work() as uow:
            draft = uow.leaves.draft(thread)
            if draft is None:
                return None
            person = uow.people.directory(_org_of(draft.user)).person(draft.user)
        if person is None or not is_fresh(draft, person, self.clock.now()):
            return None
        return self._view(draft, person, None)

    def preview(self, person: Person, thread: str) -> Leave:
        """The request as it would be filed now; nothing is stored.

        Raises:
            NotFoundError: no draft, or one older than 30 minutes ("leave_draft_none").
            InvalidInputError: something is still missing ("leave_incomplete").
        """
        with self.unit_of_work() as uow:
            return self._assess(uow, person, thread).leave

    def confirm(self, person: Person, thread: str, turn_key: str) -> Leave:
        """File the draft: the leave, its approval in the outbox and the audit, in one transaction.

        The same turn again returns the same leave.

        Raises:
            See `preview`; NotFoundError: nobody could approve it ("approver_unknown").
        """
        effect = f"{turn_key}:leave.confirm"
        with self.unit_of_work() as uow:
            done = uow.effects.subject(effect)
            if done is not None:
                return uow.leaves.get(leave_id_of(done))
            now = self.clock.now()
            found = self._assess(uow, person, thread)
            leave = replace(found.leave, id=uow.leaves.next_id()).to(LeaveState.CONFIRMED)
            request = self._assessor(person.org).request(replace(found, leave=leave))
            uow.effects.record(effect, approval_key(leave.id))
            uow.leaves.add(leave, person.id, now)
            uow.outbox.add(request, now)
            uow.leaves.drop_draft(thread)
            self._note(uow, leave, "leave.confirmed", person.id)
            uow.commit()
        return leave

    def drop(self, thread: str) -> None:
        """Forget the draft of a thread; leaves no trace."""
        with self.unit_of_work() as uow:
            uow.leaves.drop_draft(thread)
            uow.commit()

    def listing(self, org: OrgId, user: PersonId | None = None) -> list[Leave]:
        """The leaves of an office or of one person, latest first day first."""
        with self.unit_of_work() as uow:
            return uow.leaves.listing(org, user)

    def absent(self, org: OrgId, day: date | None = None) -> list[Leave]:
        """Whose granted leave covers a day, today unless told otherwise."""
        day = day or today(self.clock)
        with self.unit_of_work() as uow:
            leaves = uow.leaves.listing(org, since=day)
        return [le for le in leaves if le.state in GRANTED_STATES and le.span.first_day <= day]

    def meant(self, person: Person, text: str, among: Sequence[LeaveId]) -> LeaveId | None:
        """Which of a person's leaves a sentence speaks of; None if it fits none or several."""
        own = self.listing(person.org, person.id)
        return meant_by(self.read(text), text, [leave for leave in own if leave.id in among])

    def read(self, text: str) -> LeaveParts:
        """What a sentence says of a leave; what cannot be used is left out, nothing is stored."""
        try:
            return self.reader.read(text, today(self.clock))
        except RefusedError as error:
            return still_readable(error)

    def withdraw(self, person: Person, leave_id: LeaveId | None, turn_key: str) -> Leave:
        """Take a request back; with no id the person's only one that can be.

        Raises:
            See `OwnLeaves.take`.
        """
        with self.unit_of_work() as uow:
            own, effect = OwnLeaves(uow, person, WITHDRAWABLE), f"{turn_key}:leave.withdraw"
            if (done := own.done(effect)) is not None:
                return done
            leave = own.take(leave_id, effect)
            was_granted = leave.state is LeaveState.APPROVED
            leave = leave.to(LeaveState.WITHDRAWN)
            self._store(uow, leave, "leave.withdrawn", person.id)
            if was_granted:
                self._pushes(uow).to_approver(leave, "withdrawn_told")
            uow.commit()
        return leave

    def return_from(self, person: Person, leave_id: LeaveId | None, turn_key: str) -> Leave:
        """Report back (销假); with no id the person's only leave that has begun.

        Raises:
            See `OwnLeaves.take`; RefusedError: it has not begun ("leave_not_begun").
        """
        with self.unit_of_work() as uow:
            own, effect = OwnLeaves(uow, person, GRANTED_STATES), f"{turn_key}:leave.return"
            if (done := own.done(effect)) is not None:
                return done
            leave = own.take(leave_id, effect)
            if leave.span.first_day > today(self.clock):
                raise RefusedError("leave_not_begun")
            leave = leave.to(LeaveState.RETURNED)
            self._store(uow, leave, "leave.returned", person.id)
            self._pushes(uow).to_approver(leave, "returned_told")
            uow.commit()
        return leave

    def is_wanted(self, approval_key: str) -> bool:
        """Whether an approval has still to be filed: not withdrawn, not filed already."""
        with self.unit_of_work() as uow:
            return uow.leaves.get(leave_id_of(approval_key)).state is LeaveState.CONFIRMED

    def is_waiting(self, approval_key: str) -> bool:
        """Whether a result is still awaited."""
        with self.unit_of_work() as uow:
            return uow.leaves.get(leave_id_of(approval_key)).state in WAITING

    def filed(self, approval_key: str, approval: str) -> None:
        """Note that the platform has the request; one withdrawn meanwhile stays withdrawn."""
        with self.unit_of_work() as uow:
            leave = uow.leaves.get(leave_id_of(approval_key))
            if leave.approval is not None:
                return
            leave = replace(leave, approval=approval)
            if leave.state is LeaveState.CONFIRMED:
                leave = leave.to(LeaveState.FILED)
            self._store(uow, leave, "leave.filed", None)
            uow.commit()

    def unwanted_approvals(self) -> list[tuple[str, str]]:
        """Approvals that run on the platform though their request is withdrawn: (key, id)."""
        found = []
        with self.unit_of_work() as uow:
            for org in uow.people.orgs():
                for leave in uow.leaves.listing(org):
                    key = approval_key(leave.id)
                    is_withdrawn = leave.state is LeaveState.WITHDRAWN and leave.approval
                    if is_withdrawn and uow.effects.subject(f"{key}:cancelled") is None:
                        found.append((key, leave.approval or ""))
        return found

    def cancelled(self, approval_key: str) -> None:
        """Note that the platform no longer asks anybody about a withdrawn request."""
        with self.unit_of_work() as uow:
            if uow.effects.subject(f"{approval_key}:cancelled") is None:
                uow.effects.record(f"{approval_key}:cancelled", approval_key)
                uow.commit()

    def settle(self, approval_key: str, agreed: bool, by: PersonId, reason: str = "") -> Leave:
        """Take over the result of an approval and tell everybody concerned.

        A result that comes again, or for a request that was withdrawn, changes nothing.

        Raises:
            NotAllowedError: it is the asker's own answer ("leave_own_approval").
        """
        with self.unit_of_work() as uow:
            leave = uow.leaves.get(leave_id_of(approval_key))
            if by == leave.user:
                raise NotAllowedError("leave_own_approval")
            if leave.state not in WAITING:
                return leave
            if leave.state is LeaveState.CONFIRMED:
                leave = leave.to(LeaveState.FILED)
            leave = leave.to(LeaveState.APPROVED if agreed else LeaveState.REFUSED)
            self._store(uow, leave, f"leave.{leave.state}", by, reason)
            self._pushes(uow).result(leave, reason)
            uow.commit()
        return leave

    def tick(self) -> None:
        """Move granted leaves on by date and push what is due; repeating it changes nothing."""
        LeaveTime(self.unit_of_work, self.clock, self._words).tick()

    @property
    def _words(self) -> LeaveWords:
        return LeaveWords(self.texts)

    def _assessor(self, org: OrgId) -> Assessor:
        return Assessor(self.calendars.of(org), self.rules, self.reader, self._words)

    def _pushes(self, uow: UnitOfWork) -> LeavePushes:
        return LeavePushes(uow, self._words, self.clock.now())

    def _view(self, draft: LeaveDraft, person: Person, problem: RefusedError | None) -> DraftView:
        procedures = self.procedures.of(person.org)
        return DraftView(draft, missing_parts(draft, person, procedures), problem)

    def _assess(self, uow: UnitOfWork, person: Person, thread: str) -> Assessment:
        now = self.clock.now()
        draft = uow.leaves.draft(thread)
        if draft is None or not is_fresh(draft, person, now):
            raise NotFoundError("leave_draft_none")
        missing = self._view(draft, person, None).missing
        if missing:
            raise InvalidInputError("leave_incomplete", missing=missing)
        around = Surroundings(
            person=person,
            directory=uow.people.directory(person.org),
            procedures=self.procedures.of(person.org),
            others=uow.leaves.listing(person.org, since=today(self.clock)),
            now=now,
        )
        return self._assessor(person.org).assess(draft, around)

    def _store(
        self, uow: UnitOfWork, leave: Leave, action: str, by: PersonId | None, note: str = ""
    ) -> None:
        uow.leaves.update(leave, by, self.clock.now(), note)
        self._note(uow, leave, action, by)

    def _note(self, uow: UnitOfWork, leave: Leave, action: str, by: PersonId | None) -> None:
        subject = approval_key(leave.id)
        uow.audit.append(leave.org, by or "system", action, subject, self.clock.now())
        logger.info("%s: %s", action, subject, extra={"event": action, "leave_id": leave.id})


def _org_of(user: PersonId) -> OrgId:
    return OrgId(user.split("/", 1)[0])
