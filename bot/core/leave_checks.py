"""What is wrong with a request before it is filed; nothing here forbids it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.core.calendar import CalendarUnpublishedError, WorkCalendar, working_days_ahead
from bot.core.leave import OPEN_STATES, Leave, LeaveKind, Span, WarningCode
from bot.core.leave_route import (
    AFTERWARDS_TABLE,
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

WORKING_DAYS = "working_days"


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
        lambda: _rule_silent(route),
    )
    return [finding for check in checks for finding in check()]


def working_days_of(span: Span, calendar: WorkCalendar) -> float | None:
    """Working days of a span, in halves; None if a year's arrangement is not published."""
    try:
        return sum(_share(span, n) for n in range(_length(span)) if _works(span, n, calendar))
    except CalendarUnpublishedError:
        return None


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
    if row is None or amount <= 0:
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
    departure = case.span.first_day
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
    for leave in case.others:
        own = leave.user == case.person.id and leave.state in OPEN_STATES
        if own and leave.span.overlaps(case.span):
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


def _rule_silent(route: Route) -> Iterator[Finding]:
    if route.filled_days is not None:
        fields = {"days": route.filled_days}
        yield Finding(WarningCode.RULE_SILENT, "rule_silent_length", fields, route.row)
    elif route.row is None or route.row.basis != "rule":
        yield Finding(WarningCode.RULE_SILENT, "rule_silent")


def _partner(case: LeaveCase) -> PersonId | None:
    return case.person.partner


def _name(case: LeaveCase, user: PersonId) -> str:
    person = case.directory.person(user)
    return person.name if person else user


def _of(leave: Leave) -> dict[str, object]:
    return {"span": leave.span, "kind": leave.kind.value}


def _length(span: Span) -> int:
    return (span.last_day - span.first_day).days + 1


def _works(span: Span, n: int, calendar: WorkCalendar) -> bool:
    return calendar.is_working_day(span.first_day + timedelta(days=n))


def _share(span: Span, n: int) -> float:
    """How much of the n-th day is taken."""
    first, last = n == 0 and span.starts_pm, n == _length(span) - 1 and span.ends_am
    return 1 - 0.5 * (first + last)
