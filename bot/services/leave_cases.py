"""From a finished draft to the request as it would be filed: route, warnings, citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.approvals import ApprovalRequest
from bot.core.calendar import WorkCalendar
from bot.core.clock import OFFICE_TIME
from bot.core.errors import InvalidInputError, NotFoundError
from bot.core.leave import Leave, LeaveDraft, LeaveId, LeaveKind, LeaveState, LeaveWarning, Span
from bot.core.leave_checks import (
    Basis,
    Finding,
    duties_afterwards,
    find_faults,
    needed_materials,
    rules_behind,
    usual_stand_in,
)
from bot.core.leave_days import working_days_of
from bot.core.leave_links import extension_span
from bot.core.leave_route import LeaveCase, Route, find_route, office_in_charge
from bot.core.meetings import is_invited, meeting_missed
from bot.core.people import Directory, OrgId, Person
from bot.core.procedures import Procedures
from bot.core.rules import Citation
from bot.services.leave_words import LeaveWords
from bot.services.outside import RuleBook
from bot.services.readers import LeaveReader

NOT_STORED = LeaveId(0)


@dataclass(frozen=True)
class Surroundings:
    """The asker and the office at the moment of asking.

    `others` are the office's open leaves around the days asked for, `taken` the asker's own of
    the year, `before` the days that an extension goes on from.
    """

    person: Person
    directory: Directory
    procedures: Procedures
    others: Sequence[Leave]
    now: datetime
    taken: Sequence[Leave] = ()
    before: Span | None = None


@dataclass(frozen=True)
class Assessment:
    """What the rules make of a draft; `leave` is complete but not stored."""

    leave: Leave
    case: LeaveCase
    route: Route


@dataclass(frozen=True)
class Assessor:
    """Applies the office's tables to a draft."""

    calendar: WorkCalendar
    rules: RuleBook
    reader: LeaveReader
    words: LeaveWords

    def assess(self, draft: LeaveDraft, around: Surroundings) -> Assessment:
        """The request as it would be filed now.

        Raises:
            InvalidInputError: kind or days are not known yet ("leave_incomplete").
        """
        case = _case(draft, around)
        place = draft.parts.place
        if place:
            case = replace(
                case, out_of_seat=self.reader.is_out_of_area(place, _seat(around.directory))
            )
        if case.stand_in is None and not draft.no_stand_in and not draft.parts.stand_in:
            case = replace(case, stand_in=usual_stand_in(case))
        route = find_route(case)
        org = around.person.org
        faults = find_faults(case, route, self.calendar)
        leave = replace(
            _plain_leave(draft, case, around.now),
            working_days=working_days_of(case.span, self.calendar),
            route=route.steps,
            tell=route.tell,
            materials=needed_materials(case),
            duties=duties_afterwards(case),
            warnings=tuple(self._warning(org, fault) for fault in faults),
            citations=tuple(self._citations(org, rules_behind(case, route))),
        )
        return Assessment(leave, case, route)

    def request(self, assessed: Assessment) -> ApprovalRequest:
        """What is filed on the platform for a stored leave."""
        leave, case = assessed.leave, assessed.case
        approvers = assessed.route.approvers
        if not approvers:
            office = office_in_charge(case)
            if office is None:
                raise NotFoundError("approver_unknown")
            approvers = (office,)
        return ApprovalRequest(
            key=approval_key(leave.id),
            org=leave.org,
            applicant=leave.user,
            title=self.words.title(leave, case.person),
            fields=self.words.fields(leave, case.person),
            approvers=approvers,
            span=leave.span,
        )

    def _warning(self, org: OrgId, found: Finding) -> LeaveWarning:
        rule = found.row if found.row and found.row.basis == "rule" else None
        place = Basis(rule.article, rule.item, rule.quote) if rule and rule.article else None
        citation = self._cite(org, place) if place else None
        return LeaveWarning(found.code, self.words.warning(found.key, found.fields), citation)

    def _citations(self, org: OrgId, places: Sequence[Basis]) -> list[Citation]:
        cited = (self._cite(org, place) for place in places)
        return list(dict.fromkeys(citation for citation in cited if citation))

    def _cite(self, org: OrgId, place: Basis) -> Citation | None:
        """The citation of a place; None once a new edition has lost the quote."""
        try:
            return self.rules.cite(org, place.article, place.quote, place.item)
        except NotFoundError:
            return None


def approval_key(leave_id: LeaveId) -> str:
    """The key of a leave's approval in the outbox and on the platform."""
    return f"leave:{leave_id}"


def leave_id_of(key: str) -> LeaveId:
    """The leave that an approval key belongs to.

    Raises:
        NotFoundError: the key is not one of a leave ("leave_unknown").
    """
    subject, _, number = key.partition(":")
    if subject != "leave" or not number.isdecimal():
        raise NotFoundError("leave_unknown")
    return LeaveId(int(number))


def _case(draft: LeaveDraft, around: Surroundings) -> LeaveCase:
    kind, span = draft.parts.kind, draft.parts.span
    if kind is None or span is None:
        raise InvalidInputError("leave_incomplete")
    if around.before is not None:
        span = extension_span(around.before, span)
    return LeaveCase(
        person=around.person,
        directory=around.directory,
        procedures=around.procedures,
        kind=kind,
        span=span,
        out_of_area=bool(draft.place_out_of_area) or kind is LeaveKind.PRIVATE_ABROAD,
        filed_day=_day(around.now),
        stand_in=draft.stand_in,
        stand_in_named=bool(draft.stand_in or draft.parts.stand_in),
        others=around.others,
        meeting=meeting_missed(draft.parts.reason or ""),
        invited=is_invited(draft.parts.reason or ""),
        before=around.before,
        taken=around.taken,
    )


def _plain_leave(draft: LeaveDraft, case: LeaveCase, now: datetime) -> Leave:
    stand_in = case.directory.person(case.stand_in) if case.stand_in else None
    spoken = draft.parts.stand_in or ""
    return Leave(
        id=NOT_STORED,
        org=case.person.org,
        user=case.person.id,
        kind=case.kind,
        span=case.span,
        place=draft.parts.place or "",
        out_of_area=case.out_of_area,
        reason=draft.parts.reason or "",
        stand_in=case.stand_in,
        stand_in_name=stand_in.name if stand_in else spoken,
        working_days=None,
        state=LeaveState.DRAFT,
        created_at=now,
        urgent=bool(draft.parts.urgent),
        replaces=draft.replaces,
        extends=draft.extends,
        whole_days=case.days if case.before is not None else None,
    )


def _day(now: datetime) -> date:
    return now.astimezone(OFFICE_TIME).date()


def _seat(directory: Directory) -> Directory:
    """The office as if its area were no more than the town it sits in (县城)."""
    office = replace(directory.office, area=directory.office.seat)
    return Directory(office, (), ())
