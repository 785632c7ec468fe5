"""Leave: from a sentence to a filed request, its result, and the return (销假)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.clock import Clock, today
from bot.core.errors import InvalidInputError, NotFoundError, RefusedError
from bot.core.leave import Leave, LeaveDraft, LeaveId, LeaveParts, LeaveState
from bot.core.leave_links import WAITING
from bot.core.leave_route import GRANTED_STATES
from bot.core.people import OrgId, Person, PersonId
from bot.services.leave_cases import Assessment, Assessor, approval_key, leave_id_of
from bot.services.leave_drafts import DraftView, Listener, is_fresh, missing_parts, still_readable
from bot.services.leave_ends import LeaveEnds
from bot.services.leave_links import LinkedDrafts
from bot.services.leave_own import OwnLeaves, meant_by
from bot.services.leave_pushes import LeavePushes
from bot.services.leave_results import LeaveResults
from bot.services.leave_store import LeaveStore, lock_tied
from bot.services.leave_surroundings import check_tie, look_around
from bot.services.leave_time import LeaveTime
from bot.services.leave_words import LeaveWords
from bot.services.outside import Calendars, ProcedureBook, RuleBook, Texts
from bot.services.readers import LeaveReader
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

__all__ = ["DraftView", "LeaveDesk"]

WITHDRAWABLE = frozenset({LeaveState.CONFIRMED, LeaveState.FILED, LeaveState.APPROVED})


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
            listener = Listener(self._reader(person.org), person, directory, today(self.clock))
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
            See `preview`; NotFoundError: nobody could approve it ("approver_unknown");
            RefusedError: what it changes or extends does not allow it any more.
        """
        effect = f"{turn_key}:leave.confirm"
        with self.unit_of_work() as uow:
            done = uow.effects.subject(effect)
            if done is not None:
                return uow.leaves.get(leave_id_of(done))
            now = self.clock.now()
            found = self._assess(uow, person, thread)
            check_tie(uow, person, found.leave, today(self.clock))
            leave = replace(found.leave, id=uow.leaves.next_id()).to(LeaveState.CONFIRMED)
            request = self._assessor(person.org).request(replace(found, leave=leave))
            uow.effects.record(effect, approval_key(leave.id))
            uow.leaves.add(leave, person.id, now)
            uow.outbox.add(request, now)
            uow.leaves.drop_draft(thread)
            LeaveStore(uow, now).note(leave, "leave.confirmed", person.id)
            uow.commit()
        return leave

    def begin_change(
        self, person: Person, leave_id: LeaveId | None, thread: str, text: str
    ) -> DraftView:
        """Begin the form for a changed request from a sentence (改到下周四, 推迟一天).

        It goes on like any other: `draft`, `preview`, `confirm`. The old request stands until the
        new one is approved. With no id the person's only one that can be changed is meant.

        Raises:
            See `pick` and `Ties.check_change`.
        """
        with self.unit_of_work() as uow:
            draft, problem = self._linked(uow, person).change(leave_id, thread, text)
            uow.leaves.put_draft(draft)
            uow.commit()
        return self._view(draft, person, problem)

    def begin_extension(
        self, person: Person, leave_id: LeaveId | None, thread: str, text: str
    ) -> DraftView:
        """Begin the form for an extension from a sentence (续假两天, 续到周五).

        As `begin_change`; the old leave stays, and ends with the new one once that is approved.

        Raises:
            See `pick` and `Ties.check_extension`.
        """
        with self.unit_of_work() as uow:
            draft, problem = self._linked(uow, person).extension(leave_id, thread, text)
            uow.leaves.put_draft(draft)
            uow.commit()
        return self._view(draft, person, problem)

    def drop(self, thread: str) -> None:
        """Forget the draft of a thread; leaves no trace."""
        with self.unit_of_work() as uow:
            uow.leaves.drop_draft(thread)
            uow.commit()

    def listing(self, org: OrgId, user: PersonId | None = None) -> list[Leave]:
        """The leaves of an office or of one person, latest first day first."""
        with self.unit_of_work() as uow:
            return uow.leaves.listing(org, user)

    def meant(self, person: Person, text: str, among: Sequence[LeaveId]) -> LeaveId | None:
        """Which of a person's leaves a sentence speaks of; None if it fits none or several."""
        own = self.listing(person.org, person.id)
        parts = self.read(text, person.org)
        return meant_by(parts, text, [leave for leave in own if leave.id in among])

    def read(self, text: str, org: OrgId) -> LeaveParts:
        """What a sentence says of a leave; what cannot be used is left out, nothing is stored."""
        try:
            return self._reader(org).read(text, today(self.clock))
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
            leave = self._ends(uow, leave).withdrawn(leave, person.id)
            if was_granted:
                self._pushes(uow).to_approver(leave, "withdrawn_told")
            else:
                self._pushes(uow).to_asked(leave, "withdrawn_told")
            uow.commit()
        return leave

    def return_from(self, person: Person, leave_id: LeaveId | None, turn_key: str) -> Leave:
        """Report back (销假); with no id the person's only leave that has begun.

        Raises:
            See `OwnLeaves.take`; RefusedError: it has not begun ("leave_not_begun").
        """
        with self.unit_of_work() as uow:
            own = OwnLeaves(uow, person, GRANTED_STATES, as_whole=True)
            effect = f"{turn_key}:leave.return"
            if (done := own.done(effect)) is not None:
                return done
            leave = own.take(leave_id, effect)
            leave = self._ends(uow, leave).returned(leave, person.id, today(self.clock))
            self._pushes(uow).to_approver(leave, "returned_told")
            uow.commit()
        return leave

    def is_wanted(self, approval_key: str) -> bool:
        """Whether an approval has still to be filed: not withdrawn, not filed already."""
        return self._results.state(approval_key) is LeaveState.CONFIRMED

    def is_waiting(self, approval_key: str) -> bool:
        """Whether a result is still awaited."""
        return self._results.state(approval_key) in WAITING

    def filed(self, approval_key: str, approval: str) -> None:
        """Note that the platform has the request; one withdrawn meanwhile stays withdrawn."""
        self._results.filed(approval_key, approval)

    def not_filed(self, approval_key: str) -> None:
        """Tell the asker that the platform has not taken the request for a long time; once."""
        self._results.not_filed(approval_key)

    def unwanted_approvals(self) -> list[tuple[str, str]]:
        """Approvals that run on the platform though their request is withdrawn: (key, id)."""
        return self._results.unwanted()

    def cancelled(self, approval_key: str) -> None:
        """Note that the platform no longer asks anybody about a withdrawn request."""
        self._results.cancelled(approval_key)

    def settle(self, approval_key: str, agreed: bool, by: PersonId, reason: str = "") -> Leave:
        """Take over the result of an approval and tell everybody concerned.

        The approval of a change withdraws the request that it replaces, or ends it where it has
        begun; that of an extension lets the old leave end with the new one. A refusal leaves the
        old one as it is. A result that comes again, or for a request that was withdrawn, changes
        nothing.

        Raises:
            NotAllowedError: it is the asker's own answer ("leave_own_approval").
        """
        return self._results.settle(approval_key, agreed, by, reason)

    def awaited(self) -> list[str]:
        """The approvals whose result is still awaited, of all offices."""
        return self._results.awaited()

    def taken_back(self, approval_key: str) -> None:
        """Withdraw a request whose approval was called off on the platform, and tell the asker."""
        self._results.taken_back(approval_key)

    def tick(self) -> None:
        """Move granted leaves on by date and push what is due; repeating it changes nothing."""
        LeaveTime(self.unit_of_work, self.clock, self._words).tick()

    @property
    def _words(self) -> LeaveWords:
        return LeaveWords(self.texts)

    def _assessor(self, org: OrgId) -> Assessor:
        return Assessor(self.calendars.of(org), self.rules, self.reader, self._words)

    @property
    def _results(self) -> LeaveResults:
        return LeaveResults(self.unit_of_work, self.clock, self._words)

    def _reader(self, org: OrgId) -> LeaveReader:
        return self.reader.counting_by(self.calendars.of(org))

    def _linked(self, uow: UnitOfWork, person: Person) -> LinkedDrafts:
        reader = self._reader(person.org)
        return LinkedDrafts(uow, person, reader, self.clock.now(), today(self.clock))

    def _ends(self, uow: UnitOfWork, leave: Leave) -> LeaveEnds:
        return LeaveEnds(LeaveStore(uow, self.clock.now()), lock_tied(uow, leave.id))

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
        around = look_around(uow, person, draft, self.procedures.of(person.org), now)
        return self._assessor(person.org).assess(draft, around)


def _org_of(user: PersonId) -> OrgId:
    return OrgId(user.split("/", 1)[0])
