"""Approvers who answer in chat: which request is meant, and what comes of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.approvals import Approval, ApprovalAnswer, ApprovalState
from bot.core.errors import InvalidInputError, NotAllowedError, NotFoundError
from bot.core.leave import Leave, LeaveId, LeaveParts
from bot.core.leave_links import WAITING
from bot.core.messages import Message
from bot.core.people import Directory, Person
from bot.core.spoken_names import posts, titled
from bot.services.approval_words import ApprovalWords
from bot.services.approvals import ApprovalDesk, ApprovalSettledError
from bot.services.leave import LeaveDesk
from bot.services.leave_cases import approval_key, leave_id_of
from bot.services.readers import ApprovalReader
from bot.services.storage import UnitOfWorkFactory


class ReasonMissingError(InvalidInputError):
    """A request is refused only with a reason; details: its `id`, what it is and whose."""

    code = "approval_reason_missing"


@dataclass(frozen=True)
class Pending:
    """An approval that waits, with what it is about."""

    approval: Approval
    leave: Leave
    asker: Person
    directory: Directory


@dataclass(frozen=True)
class ApprovalTalk:
    """Takes the answers of approvers on the embedded platform."""

    desk: ApprovalDesk
    leave_desk: LeaveDesk
    unit_of_work: UnitOfWorkFactory
    reader: ApprovalReader
    words: ApprovalWords

    def pending(self, person: Person) -> list[Pending]:
        """What waits for a person's answer, the oldest first."""
        with self.unit_of_work() as uow:
            directory = uow.people.directory(person.org)
            found = []
            for approval in self.desk.waiting_for(person.id):
                asker = directory.person(approval.request.applicant)
                leave = uow.leaves.read(leave_id_of(approval.request.key))
                if asker is not None and leave.state in WAITING:
                    found.append(Pending(approval, leave, asker, directory))
        return found

    def listing(self, person: Person) -> Message:
        """What waits for a person's answer, with buttons to give it; else what of theirs waits."""
        pending = self.pending(person)
        own = () if pending else self.leave_desk.listing(person.org, person.id)
        waiting = [leave for leave in own if leave.state in WAITING]
        return self.words.listing([(one.leave, one.asker) for one in pending], waiting)

    def names_one(self, text: str) -> bool:
        """Whether a sentence names a request by its number."""
        return self.reader.read(text).number is not None

    def refuses(self, text: str) -> bool:
        """Whether a sentence says no."""
        return self.reader.read(text).agree is False

    def is_meant(self, person: Person, text: str) -> bool:
        """Whether a yes or no answers a request rather than the leave form.

        It does if it names one, or says why while one waits.
        """
        said = self.reader.read(text)
        if said.agree is None:
            return False
        if said.number is not None:
            return True
        return bool(said.reason or said.named) and bool(self.pending(person))

    def answer(self, person: Person, text: str, turn_key: str) -> Message:
        """Take an answer; where it could mean several requests, ask which.

        The same turn again has no second effect.

        Raises:
            NotFoundError: nothing waits ("approval_none"), or the number is unknown.
            NotAllowedError, ApprovalSettledError: the one named is not to be answered by this
                person, or no longer.
            ReasonMissingError: it would be refused without a reason.
        """
        if (done := self.desk.done(turn_key)) is not None:
            return self._told(done)
        said = self.reader.read(text)
        if said.agree is not None and said.number is not None:
            approval = self._numbered(person, said.number)
            return self._told(self._settle(approval, said, person, turn_key))
        pending = self.pending(person)
        if not pending:
            raise NotFoundError("approval_none")
        if said.agree and said.means_all and not said.named:
            settled = [self._settle(one.approval, said, person) for one in pending]
            return Message("\n".join(self._told(approval).text for approval in settled))
        chosen = self._chosen(said, pending)
        if said.agree is not None and len(chosen) == 1:
            return self._told(self._settle(chosen[0].approval, said, person, turn_key))
        shown = [(one.leave, one.asker) for one in chosen or pending]
        return self.words.which(shown, said.agree, said.reason)

    def ask_reason(self, person: Person, number: int) -> Message:
        """Ask why a leave is not granted, with what it is.

        Raises:
            NotFoundError, NotAllowedError, ApprovalSettledError: as `answer`.
        """
        return self.words.reason_wanted(self._about(self._numbered(person, number)))

    def reason_in(self, text: str) -> str:
        """What of a sentence says why a request is refused; empty if it does not."""
        said = self.reader.read(text)
        return "" if said.agree else said.reason

    def answers_another(self, text: str, number: int) -> bool:
        """Whether a sentence agrees, or answers another leave than the one of this number."""
        said = self.reader.read(text)
        return said.agree is True or said.number not in (None, number)

    def refuse(self, person: Person, number: int, reason: str, turn_key: str) -> Message:
        """Refuse a leave for a reason; the same turn again has no second effect.

        Raises:
            NotFoundError, NotAllowedError, ApprovalSettledError: as `answer`.
        """
        if (done := self.desk.done(turn_key)) is not None:
            return self._told(done)
        said = ApprovalAnswer(agree=False, number=number, reason=reason)
        return self._told(self._settle(self._numbered(person, number), said, person, turn_key))

    def _settle(
        self, approval: Approval, said: ApprovalAnswer, person: Person, turn_key: str | None = None
    ) -> Approval:
        if said.agree is False and not said.reason:
            leave, asker = self._about(approval)
            raise ReasonMissingError(**self.words.facts(leave, asker))
        return self.desk.answer(approval.id, person.id, bool(said.agree), said.reason, turn_key)

    def _about(self, approval: Approval) -> tuple[Leave, Person]:
        with self.unit_of_work() as uow:
            leave = uow.leaves.read(leave_id_of(approval.request.key))
            return leave, uow.people.person(leave.user)

    def _told(self, approval: Approval) -> Message:
        with self.unit_of_work() as uow:
            leave = uow.leaves.read(leave_id_of(approval.request.key))
            directory = uow.people.directory(approval.request.org)
        return self.words.answered(approval, leave, directory)

    def _numbered(self, person: Person, number: int) -> Approval:
        """The approval of a leave's number, if this person may answer it now.

        Raises:
            NotFoundError: the office has none ("approval_unknown").
            NotAllowedError: it is the person's own ("leave_own_approval"), not for this person
                ("not_your_approval"), or another one's turn ("not_your_turn_yet",
                "approval_passed").
            ApprovalSettledError: it is decided ("approval_agreed", "approval_refused") or withdrawn
                ("approval_cancelled").
        """
        with self.unit_of_work() as uow:
            approval = uow.approvals.by_key(approval_key(LeaveId(number)))
            directory = uow.people.directory(person.org)
        if approval is None or approval.request.org != person.org:
            raise NotFoundError("approval_unknown")
        self._check(approval, person, directory)
        return approval

    def _check(self, approval: Approval, person: Person, directory: Directory) -> None:
        if approval.request.applicant == person.id:
            raise NotAllowedError("leave_own_approval")
        if person.id not in approval.request.approvers:
            raise NotAllowedError("not_your_approval")
        if approval.state is not ApprovalState.RUNNING:
            raise ApprovalSettledError(f"approval_{approval.state}")
        if approval.waiting_for is not None and approval.waiting_for != person.id:
            holder = directory.person(approval.waiting_for)
            name = f"{holder.post}{holder.name}" if holder else approval.waiting_for
            has_agreed = person.id in approval.request.approvers[: approval.step]
            raise NotAllowedError(
                "approval_passed" if has_agreed else "not_your_turn_yet", name=name
            )

    def _chosen(self, said: ApprovalAnswer, pending: Sequence[Pending]) -> list[Pending]:
        """Those that an answer can mean: all where it names nothing, else those that fit it."""
        if not said.named and said.loose_number is None:
            return list(pending)
        parts = self.leave_desk.read(said.about, pending[0].leave.org)
        return [one for one in pending if self._fits(said, parts, one)]

    def _fits(self, said: ApprovalAnswer, parts: LeaveParts, one: Pending) -> bool:
        if not self.reader.tells_only_of_leave(_without_names(said.named, one)):
            return False  # somebody else, or something that we do not understand
        if said.loose_number is not None and said.loose_number == one.leave.id:
            return True
        if said.loose_number is not None and parts.span is None:
            return False
        is_kind = parts.kind in (None, one.leave.kind)
        return is_kind and (parts.span is None or parts.span.overlaps(one.leave.span))


def _without_names(words: str, one: Pending) -> str:
    """What is left of words without what the asker, or the place of the leave, is called."""
    asker, unit = one.asker, one.directory.unit(one.asker.unit)
    calls = {asker.name, asker.unit, one.leave.place, *posts(asker, one.directory), *titled(asker)}
    calls |= {*unit.aliases} if unit else set()
    for call in sorted(calls - {""}, key=len, reverse=True):
        words = words.replace(call, "")
    return words
