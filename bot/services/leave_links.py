"""Change and extension (续假): the draft of a request that is tied to an older one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.errors import NotAllowedError, NotFoundError, RefusedError
from bot.core.leave import (
    Half,
    Leave,
    LeaveDraft,
    LeaveId,
    LeaveParts,
    Span,
)
from bot.core.leave_links import BEGUN, Ties, extension_span, is_open
from bot.core.people import Directory, Person
from bot.services.leave_drafts import said_more, still_readable
from bot.services.readers import LeaveReader
from bot.services.storage import UnitOfWork

Check = Callable[[Leave], None]
NewDraft = tuple[LeaveDraft, RefusedError | None]


@dataclass(frozen=True)
class LinkedDrafts:
    """Begins drafts from a person's own leaves, within an open transaction."""

    uow: UnitOfWork
    person: Person
    reader: LeaveReader
    now: datetime
    today: date

    def extension(self, leave_id: LeaveId | None, thread: str, text: str) -> NewDraft:
        """The draft of an extension, and why the days that were said cannot be used.

        Raises:
            See `pick` and `Ties.check_extension`.
        """
        ties = self._ties()
        old = pick(self.person, leave_id, ties.leaves, ties.check_extension, self.uow)
        first_day, starts_pm = old.span.next_half_day
        known = replace(_parts_of(old), span=None, days=None, first_day=first_day)
        problem, said, span = None, LeaveParts(), None
        try:
            said = self.reader.read(
                text, self.today, "span", LeaveParts(old.kind, first_day=first_day)
            )
            span = _extension(old.span, said)
        except RefusedError as error:
            problem, said = error, still_readable(error)
        if span is not None:
            known = replace(known, span=span, days=said.days, first_day=None)
        elif starts_pm:
            known = replace(known, half=Half.PM)
        reason = self.reader.read(text, self.today, said=LeaveParts(old.kind)).reason
        known = replace(known, reason=reason or known.reason)
        return replace(self._draft(old, known, thread), extends=old.id), problem

    def change(self, leave_id: LeaveId | None, thread: str, text: str) -> NewDraft:
        """The draft of a changed request, and why what was said cannot be used.

        Raises:
            See `pick` and `Ties.check_change`.
        """
        ties = self._ties()
        check: Check = lambda leave: ties.check_change(leave, self.today)  # noqa: E731
        old = pick(self.person, leave_id, ties.leaves, check, self.uow)
        known = _parts_of(old)
        draft = replace(self._draft(old, known, thread), replaces=old.id)
        directory = self.uow.people.directory(self.person.org)
        return changed_draft(draft, text, self.today, self.person, directory, self.reader)

    def _draft(self, old: Leave, parts: LeaveParts, thread: str) -> LeaveDraft:
        return LeaveDraft(
            user=self.person.id,
            thread=thread,
            parts=parts,
            updated_at=self.now,
            stand_in=old.stand_in,
            no_stand_in=not old.stand_in_name,
            place_out_of_area=old.out_of_area,
        )

    def _ties(self) -> Ties:
        return Ties(self.uow.leaves.listing(self.person.org, self.person.id))


def changed_draft(
    draft: LeaveDraft,
    text: str,
    today: date,
    person: Person,
    directory: Directory,
    reader: LeaveReader,
) -> NewDraft:
    """A draft of a change with what a sentence changes, and what of it cannot be used."""
    known = draft.parts
    try:
        said = reader.read_change(text, today, known)
        new = {k: v for k, v in vars(said).items() if v != getattr(known, k)}
        if not new:
            return draft, RefusedError("change_unclear")
        return said_more(draft, LeaveParts(**new), person, directory, reader), None
    except RefusedError as error:
        return draft, error


def pick(
    person: Person, leave_id: LeaveId | None, own: Sequence[Leave], check: Check, uow: UnitOfWork
) -> Leave:
    """The leave meant: the one named, or the only one that passes the check.

    Of several those that have begun are meant.

    Raises:
        NotAllowedError: it is another person's ("leave_not_yours").
        NotFoundError: there is none ("leave_none", "leave_unknown").
        RefusedError: there are several ("leave_which", detail `leaves`), or the check says no.
    """
    if leave_id is not None:
        leave = uow.leaves.read(leave_id)
        if leave.user != person.id:
            raise NotAllowedError("leave_not_yours")
        check(leave)
        return leave
    fitting = [leave for leave in own if _passes(check, leave)]
    fitting = [leave for leave in fitting if leave.state in BEGUN] or fitting
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise RefusedError("leave_which", leaves=tuple(leave.id for leave in fitting))
    opened = [leave for leave in own if is_open(leave)]
    if opened:
        check(opened[0])  # which says why not
    raise NotFoundError("leave_none")


def _passes(check: Check, leave: Leave) -> bool:
    try:
        check(leave)
    except RefusedError:
        return False
    return True


def _extension(old: Span, said: LeaveParts) -> Span | None:
    first_day, starts_pm = old.next_half_day
    if said.days is not None and (said.span is None or starts_pm):
        return Span.lasting(first_day, said.days, starts_pm=starts_pm)
    return extension_span(old, said.span) if said.span is not None else None


def _parts_of(leave: Leave) -> LeaveParts:
    return LeaveParts(
        kind=leave.kind,
        span=leave.span,
        place=leave.place or None,
        reason=leave.reason or None,
        stand_in=leave.stand_in_name or None,
        days=leave.span.days,
    )
