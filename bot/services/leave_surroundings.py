"""What of the ledger a request has to be seen against."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.core.clock import OFFICE_TIME
from bot.core.errors import InvalidInputError
from bot.core.leave import OPEN_STATES, Leave, LeaveDraft, Span
from bot.core.leave_links import Ties
from bot.core.leave_route import QUOTA_TABLE
from bot.core.people import Person
from bot.core.procedures import Procedures
from bot.services.leave_cases import Surroundings
from bot.services.storage import UnitOfWork

ONE_DAY = timedelta(days=1)  # leaves that adjoin count as well


def look_around(
    uow: UnitOfWork, person: Person, draft: LeaveDraft, procedures: Procedures, now: datetime
) -> Surroundings:
    """The office around the days of a complete draft; of the ledger only what bears on them.

    Raises:
        InvalidInputError: the days are not known yet ("leave_incomplete").
    """
    span, day = draft.parts.span, now.astimezone(OFFICE_TIME).date()
    if span is None:
        raise InvalidInputError("leave_incomplete")
    first, last = min(day, span.first_day) - ONE_DAY, max(day, span.last_day) + ONE_DAY
    others = uow.leaves.listing(person.org, since=first, until=last, states=OPEN_STATES)
    return Surroundings(
        person=person,
        directory=uow.people.directory(person.org),
        procedures=procedures,
        others=[leave for leave in others if leave.id != draft.replaces],
        now=now,
        taken=_taken(uow, person, draft, span) if QUOTA_TABLE in procedures.tables else (),
        before=_before(uow, person, draft),
    )


def check_tie(uow: UnitOfWork, person: Person, leave: Leave, day: date) -> None:
    """Whether what a new request changes or extends still allows it; locks the old one.

    Raises:
        See `Ties.check_change` and `Ties.check_extension`.
    """
    old_id = leave.replaces or leave.extends
    if old_id is None:
        return
    old = uow.leaves.get(old_id)
    ties = Ties(uow.leaves.listing(person.org, person.id))  # read once nobody else can add to it
    if leave.replaces is not None:
        ties.check_change(old, day)
    else:
        ties.check_extension(old)


def _taken(uow: UnitOfWork, person: Person, draft: LeaveDraft, span: Span) -> list[Leave]:
    first, last = date(span.first_day.year, 1, 1), date(span.last_day.year, 12, 31)
    own = uow.leaves.listing(person.org, person.id, first, until=last)
    return [leave for leave in own if leave.id != draft.replaces]


def _before(uow: UnitOfWork, person: Person, draft: LeaveDraft) -> Span | None:
    """The days that an extension goes on from, from the very first on."""
    if draft.extends is None:
        return None
    ties = Ties(uow.leaves.listing(person.org, person.id))
    whole = ties.whole(uow.leaves.read(draft.extends))
    return whole[0].span.with_more(whole[-1].span)
