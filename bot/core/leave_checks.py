"""What is wrong with a request before it is filed; nothing here forbids it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.calendar import CalendarUnpublishedError, WorkCalendar, working_days_ahead
from bot.core.leave import OPEN_STATES, Leave, LeaveKind, WarningCode
from bot.core.leave_days import WORKING_DAYS
from bot.core.leave_quota import over_quota
from bot.core.leave_route import (
    AFTERWARDS_TABLE,
    APPROVAL_TABLE,
    MATERIAL_TABLE,
    NOTICE_TABLE,
    STAND_IN_TABLE,
    TOLD_TABLE,
    LeaveCase,
    Route,
    holder_of,
)
from bot.core.people import PersonId
from bot.core.procedures import Row


@dataclass(frozen=True)
class Finding:
    """One thing to warn of. `key` names its words, `row` is the rule that it breaks."""

    code: WarningCode
    key: str
    fields: Mapping[str, object] = field(default_factory=dict)
    row: Row | None = None


def find_faults(case: LeaveCase, route: Route, calendar: WorkCalendar) -> list[Finding]:
    """Everything to know before filing, gravest first."""
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: _past_start(case),
        lambda: _notice_short(case, calendar),
        lambda: _overlap(case),
        lambda: _stand_in(case),
        lambda: _partners_away(case),
        lambda: _certificate_missing(case),
        lambda: _over_quota(case, calendar),
        lambda: _over_step(case, route),
        lambda: _rule_silent(route),
    )
    return [finding for check in checks for finding in check()]


def needed_materials(case: LeaveCase) -> tuple[str, ...]:
    """What has to be handed in with the request."""
    row = case.row(MATERIAL_TABLE)
    return tuple(str(item) for item in row.outcome.get("materials") or ()) if row else ()


def duties_afterwards(case: LeaveCase) -> tuple[str, ...]:
    """What has to be done on return, in the rule's own words."""
    row = case.row(AFTERWARDS_TABLE)
    return (row.quote,) if row is not None and row.quote else ()


def needs_stand_in(case: LeaveCase) -> bool:
    """Whether the rules want somebody named who is in charge meanwhile."""
    row = case.row(STAND_IN_TABLE)
    return row is not None and bool(row.outcome.get("required"))


def usual_stand_in(case: LeaveCase) -> PersonId | None:
    """Who stands in by rule without being named: the partner (补位, AB角), the first deputy."""
    row = case.row(STAND_IN_TABLE)
    post = row.outcome.get("stands_in") if row else None
    return holder_of(case, str(post)) if post else None


@dataclass(frozen=True)
class Basis:
    """A place in the rules that decided something."""

    article: int
    item: str | None
    quote: str


def rules_behind(case: LeaveCase, route: Route) -> list[Basis]:
    """Where the rules say what was decided about the request, each place once, the route first."""
    tables = (NOTICE_TABLE, MATERIAL_TABLE, STAND_IN_TABLE, TOLD_TABLE, AFTERWARDS_TABLE)
    rows = [route.row, *(case.row(table) for table in tables)]
    places = dict.fromkeys(place for row in rows if row is not None for place in _places(row))
    return [place for place in places if not any(_says_more(other, place) for other in places)]


def _says_more(place: Basis, than: Basis) -> bool:
    """Whether one quote holds the other."""
    same_article = place.article == than.article
    return same_article and place.quote != than.quote and than.quote in place.quote


def _places(row: Row) -> Iterator[Basis]:
    if row.basis == "rule" and row.article is not None:
        yield Basis(row.article, row.item, row.quote)
    for also in row.outcome.get("also") or ():
        yield Basis(int(also["article"]), also.get("item"), str(also["quote"]))


def _past_start(case: LeaveCase) -> Iterator[Finding]:
    if case.span.first_day < case.filed_day:
        yield Finding(WarningCode.PAST_START, "past_start", {"day": case.span.first_day})


def _notice_short(case: LeaveCase, calendar: WorkCalendar) -> Iterator[Finding]:
    row = case.row(NOTICE_TABLE)
    amount = float(row.outcome.get("amount") or 0) if row else 0.0
    # The rules speak of leaving: who extends a leave has left, or leaves when it begins.
    has_left = case.before is not None and case.before.first_day <= case.filed_day
    if row is None or amount <= 0 or has_left:
        return
    unit = str(row.outcome.get("unit", "days"))
    given = _notice_given(case, unit, calendar, amount)
    if given is None or given >= amount:
        return
    fields = {"amount": amount, "given": max(given, 0), "to": row.outcome.get("to") or ""}
    key = "notice_short_working" if unit == WORKING_DAYS else "notice_short"
    yield Finding(WarningCode.NOTICE_SHORT, key, fields, row)


def _notice_given(case: LeaveCase, unit: str, calendar: WorkCalendar, enough: float) -> int | None:
    """Days from filing to departure in the rule's unit; None where the calendar cannot tell."""
    departure = (case.before or case.span).first_day
    if unit != WORKING_DAYS:
        return (departure - case.filed_day).days
    try:
        return working_days_ahead(case.filed_day, departure, calendar)
    except CalendarUnpublishedError:
        # Holidays never shorten a long notice: what the published days give may be enough.
        within = working_days_ahead(
            case.filed_day, min(departure, case.filed_day.replace(month=12, day=31)), calendar
        )
        return within if within >= enough else None


def _overlap(case: LeaveCase) -> Iterator[Finding]:
    for leave in _own(case):
        if leave.span.overlaps(case.span):
            yield Finding(WarningCode.OVERLAP, "overlap", _of(leave))


def _stand_in(case: LeaveCase) -> Iterator[Finding]:
    row = case.row(STAND_IN_TABLE)
    if not case.stand_in_named and needs_stand_in(case):
        yield Finding(WarningCode.STAND_IN_MISSING, "stand_in_missing", {}, row)
    if case.stand_in is None or case.stand_in == _partner(case):
        return
    for leave in case.leaves_of(case.stand_in):
        fields = _of(leave) | {"name": _name(case, case.stand_in)}
        yield Finding(WarningCode.STAND_IN_AWAY, "stand_in_away", fields)


def _partners_away(case: LeaveCase) -> Iterator[Finding]:
    partner = _partner(case)
    if partner is None:
        return
    row = case.row(STAND_IN_TABLE)
    rule = row if row is not None and row.outcome.get("partners_not_together") else None
    for leave in case.leaves_of(partner):
        fields = _of(leave) | {"name": _name(case, partner)}
        yield Finding(WarningCode.PARTNERS_AWAY, "partners_away", fields, rule)


def _certificate_missing(case: LeaveCase) -> Iterator[Finding]:
    materials = needed_materials(case)
    if materials and case.kind is LeaveKind.SICK:
        row = case.row(MATERIAL_TABLE)
        fields = {"materials": materials}
        yield Finding(WarningCode.CERTIFICATE_MISSING, "certificate_missing", fields, row)


def _over_quota(case: LeaveCase, calendar: WorkCalendar) -> Iterator[Finding]:
    for found in over_quota(case, calendar):
        key = "quota_exceeded_working" if found.is_working else "quota_exceeded"
        fields = {name: getattr(found, name) for name in ("year", "amount", "used", "asked")}
        about = fields | {"kind": case.kind.value}
        yield Finding(WarningCode.QUOTA_EXCEEDED, key, about, found.row)


def _over_step(case: LeaveCase, route: Route) -> Iterator[Finding]:
    """Leaves of one kind, one right after the other, that somebody else approves as a whole."""
    for leave in _own(case):
        if leave.kind is not case.kind or case.before or not leave.span.adjoins(case.span):
            continue
        whole = leave.span.days + case.days
        row = case.procedures.decide(APPROVAL_TABLE, case.facts(whole)).row
        if row and route.row and row.outcome.get("approvers") != route.row.outcome.get("approvers"):
            yield Finding(WarningCode.OVER_STEP, "over_step", _of(leave) | {"days": whole}, row)


def _rule_silent(route: Route) -> Iterator[Finding]:
    if route.filled_days is not None:
        fields = {"days": route.filled_days}
        yield Finding(WarningCode.RULE_SILENT, "rule_silent_length", fields, route.row)
    elif route.row is None or route.row.basis != "rule":
        yield Finding(WarningCode.RULE_SILENT, "rule_silent")


def _own(case: LeaveCase) -> list[Leave]:
    mine = (leave for leave in case.others if leave.user == case.person.id)
    return [leave for leave in mine if leave.state in OPEN_STATES]


def _partner(case: LeaveCase) -> PersonId | None:
    return case.person.partner


def _name(case: LeaveCase, user: PersonId) -> str:
    person = case.directory.person(user)
    return person.name if person else user


def _of(leave: Leave) -> dict[str, object]:
    return {"span": leave.span, "kind": leave.kind.value}
