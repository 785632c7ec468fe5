"""Proves the decision tables against the edition in force and against themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, product

from bot.core.leave import LeaveKind
from bot.core.people import Rank
from bot.core.procedures import Condition, Fact, Place, Procedures, Row, Table
from bot.core.reminder_plan import REMINDER_TABLE, Stage
from bot.core.rules import Article, Edition
from bot.core.supervision import YEAR_PLAN, ItemKind

POSTS = frozenset(Rank) | {"leader", "partner", "unit_head"}  # others are outside: plain Chinese
POST_FIELDS = (
    "approvers",
    "tell",
    "absent",
    "presides",
    "stands_in",
    "arranged_by",
    "signers",
    "reviewers",
)
SPOKEN_FIELDS = (
    "answer",
    "in_full",
    "first",
    "last",
    "overseer",
)  # what is said stands in the quote
UNITS = frozenset({"hours", "days", "working_days", "months", "year_end", "weeks_cycle"})
BOTH = (False, True)
Case = tuple[tuple[Fact, ...], ...]  # for each fact the values it may have
HALF_DAY = 0.5
PENNY = 0.01
DOMAINS: Mapping[str, Mapping[str, tuple[Fact, ...]]] = {
    "leave_approval": {"kind": ("leave", "meeting")},
    "leave_material": {"kind": tuple(LeaveKind)},
    "leave_quota": {"kind": tuple(LeaveKind)},
    "supervision_deadline": {"kind": (*ItemKind, YEAR_PLAN)},
    REMINDER_TABLE: {"stage": tuple(Stage)},
    "spending_approval": {"act": ("开支", "报账")},
    "minutes_deadline": {"stage": ("送审", "印发")},
}
COMMON_DOMAINS: Mapping[str, tuple[Fact, ...]] = {
    "rank": tuple(Rank),
    "out_of_area": BOTH,
    "going_out": BOTH,
    "business": BOTH,
    "deputy_in_committee": BOTH,
    "incident": (True,),
    "seal": ("政府印章", "办公室印章", "首长印章"),
    "source": ("上级", "下级"),
    "urgency": ("一般", "紧急"),
}
# Of each subject that such a table names, the cases between its rows are listed. What a subject is
# asked about beside the values in the rows stands in LEAST_VALUES.
SUBJECTS: Mapping[str, str] = {
    "document_signing": "document",
    "document_review": "document",
    "document_drafting": "document",
    "incoming_approval": "source",
    "document_deadline": "matter",
    "spending_approval": "act",
    "seal_use": "seal",
}
LEAST_VALUES: Mapping[str, frozenset[Fact]] = {"matter": frozenset({"一般", "重要"})}
# Where silence is an answer (no certificate is asked for, no notice is fixed), no gap is listed.
COMPLETE_TABLES = frozenset({"leave_approval", "supervision_deadline", REMINDER_TABLE})
SIDES_OF_MEETINGS = (  # what is asked of every meeting that an office regulates
    "meeting_chair",
    "meeting_stand_in",
    "meeting_members",
    "meeting_guests",
    "meeting_frequency",
    "meeting_quorum",
    "meeting_service",
    "topic_decider",
)


class Severity(StrEnum):
    """An error switches the row off; a note is for a person to know."""

    ERROR = "error"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing found; `row` counts from 1, None when it is about the table."""

    severity: Severity
    code: str
    table: str
    row: int | None
    detail: str

    @property
    def is_error(self) -> bool:
        """Whether the table must not be used as it is."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        place = self.table if self.row is None else f"{self.table} row {self.row}"
        return f"{self.severity} {self.code} in {place}: {self.detail}"


def check(procedures: Procedures, edition: Edition) -> list[Finding]:
    """Everything wrong with an office's tables, and their gaps as notes, in the tables' order."""
    findings: list[Finding] = []
    for table in procedures.tables.values():
        for number, row in enumerate(table.rows, start=1):
            findings += [
                Finding(Severity.ERROR, code, table.name, number, detail)
                for code, detail in (*_misquotes(row, edition), *_unknowns(table, row))
            ]
        findings += _overlaps(table)
        findings += _gaps(table)
    return [*findings, *_unwritten(procedures)]


def standing(procedures: Procedures, edition: Edition) -> Procedures:
    """The tables without the rows whose quote is gone from the edition."""
    tables = {
        name: replace(table, rows=tuple(r for r in table.rows if not [*_misquotes(r, edition)]))
        for name, table in procedures.tables.items()
    }
    return replace(procedures, tables=tables)


def _misquotes(row: Row, edition: Edition) -> Iterator[tuple[str, str]]:
    own = () if row.article is None else (Place(row.article, row.item, row.quote),)
    for place in (*row.also, *row.steps, *own):
        article = edition.article(place.article)
        if article is None:
            yield "article_unknown", str(place.article)
        elif place.quote not in article.text:
            yield "quote_gone", place.quote
        elif not _in_item(place, article):
            yield "item_unknown", f"{place.article}({place.item})"


def _in_item(place: Place, article: Article) -> bool:
    """Whether the quote begins within the item that is named, if one is."""
    item, begin = place.item, article.text.find(place.quote)
    starts = [article.text.find(c.text) for c in article.clauses if c.item == item]
    ends = [article.text.find(c.text) + len(c.text) for c in article.clauses if c.item == item]
    return item is None or (bool(starts) and min(starts) <= begin < max(ends))


def _unknowns(table: Table, row: Row) -> Iterator[tuple[str, str]]:
    for field in POST_FIELDS:
        for post in _listed(row.outcome.get(field, ())):
            if post.isascii() and post not in POSTS:
                yield "post_unknown", post
    for field in SPOKEN_FIELDS:
        span = row.outcome.get(field)
        if span is not None and span not in row.quote:
            yield f"{field}_not_quoted", str(span)
    unit = row.outcome.get("unit")
    if unit is not None and unit not in UNITS:
        yield "unit_unknown", str(unit)
    for condition in row.conditions:
        known = _domain(table, condition.fact)
        for value in sorted(condition.values, key=str):
            if known is not None and value not in known:
                yield f"{condition.fact}_unknown", str(value)


def _listed(value: object) -> Iterable[str]:
    return (value,) if isinstance(value, str) else map(str, value or ())  # type: ignore[call-overload]


def _domain(table: Table, fact: str) -> tuple[Fact, ...] | None:
    """The values a fact may take: those known by its name, else those that the rows name."""
    return DOMAINS.get(table.name, {}).get(fact) or COMMON_DOMAINS.get(fact)


def _overlaps(table: Table) -> Iterator[Finding]:
    for (one, first), (two, second) in combinations(enumerate(table.rows, start=1), 2):
        if _meet(first, second):
            same = first.outcome == second.outcome
            code = "rows_overlap" if same else "rows_contradict"
            yield Finding(Severity.ERROR, code, table.name, two, f"row {one}")


def _meet(first: Row, second: Row) -> bool:
    """Whether some case fits both rows."""
    tests = {condition.fact: condition for condition in first.conditions}
    return all(
        _share_a_value(tests[condition.fact], condition)
        for condition in second.conditions
        if condition.fact in tests
    )


def _share_a_value(first: Condition, second: Condition) -> bool:
    if first.values and second.values:
        return not first.values.isdisjoint(second.values)
    if first.values or second.values:
        ranged, listed = (second, first) if first.values else (first, second)
        return any(ranged.holds(value) for value in listed.values)
    floor = max(_floor(first), _floor(second))
    return floor <= min(_ceiling(first), _ceiling(second))


def _floor(condition: Condition) -> float:
    return float("-inf") if condition.least is None else condition.least


def _ceiling(condition: Condition) -> float:
    return float("inf") if condition.most is None else condition.most


def _unwritten(procedures: Procedures) -> Iterator[Finding]:
    """Of each side of a meeting, the meetings of the office of which the rules do not say it."""
    told = {
        name: _meetings(procedures.tables[name]) if name in procedures.tables else {}
        for name in SIDES_OF_MEETINGS
    }
    known = dict.fromkeys(meeting for meetings in told.values() for meeting in meetings)
    for name, meetings in told.items():
        if silent := [str(meeting) for meeting in known if meeting not in meetings]:
            yield Finding(Severity.NOTE, "unwritten", name, None, f"meeting={'|'.join(silent)}")


def _meetings(table: Table) -> dict[Fact, None]:
    tests = (c for row in table.rows for c in row.conditions if c.fact == "meeting")
    return dict.fromkeys(value for test in tests for value in sorted(test.values, key=str))


def _gaps(table: Table) -> Iterator[Finding]:
    if table.name in COMPLETE_TABLES:
        yield from _gaps_between(table, {})
    subject = SUBJECTS.get(table.name)
    for value in _values(table, subject) if subject else ():
        rows = tuple(
            row
            for row in table.rows
            if all(c.holds(value) for c in row.conditions if c.fact == subject)
        )
        yield from _gaps_between(replace(table, rows=rows), {str(subject): (value,)})


def _gaps_between(table: Table, fixed: Mapping[str, tuple[Fact, ...]]) -> Iterator[Finding]:
    facts = [*fixed, *(fact for fact in _facts(table) if fact not in fixed)]
    domains = {fact: fixed.get(fact) or _values(table, fact) for fact in facts}
    cases = [
        case
        for case in product(*domains.values())
        if table.decide(dict(zip(domains, case, strict=True))).row is None
    ]
    for gap in _merged(cases):
        told = [
            f"{fact}={'|'.join(map(str, values))}"
            for (fact, domain), values in zip(domains.items(), gap, strict=True)
            if fact in fixed or len(values) < len(domain)
        ]
        yield Finding(Severity.NOTE, "gap", table.name, None, ", ".join(told))


def _merged(cases: Iterable[tuple[Fact, ...]]) -> list[Case]:
    """Cases that differ in one fact only become one, which holds all its values."""
    merged: list[Case] = [tuple((value,) for value in case) for case in cases]
    for place in reversed(range(len(merged[0]) if merged else 0)):
        groups: dict[Case, list[Fact]] = {}
        for case in merged:
            groups.setdefault((*case[:place], *case[place + 1 :]), []).extend(case[place])
        merged = [(*rest[:place], tuple(v), *rest[place:]) for rest, v in groups.items()]
    return merged


def _facts(table: Table) -> list[str]:
    return list(dict.fromkeys(c.fact for row in table.rows for c in row.conditions))


def _values(table: Table, fact: str) -> tuple[Fact, ...]:
    if known := _domain(table, fact):
        return tuple(value for value in known if value != YEAR_PLAN)
    tests = [c for row in table.rows for c in row.conditions if c.fact == fact]
    limits = [limit for c in tests for limit in (c.least, c.most) if limit is not None]
    if limits and fact == "amount":  # the limits and a penny to either side of each
        return tuple(sorted({round(x + side * PENNY, 2) for x in limits for side in (-1, 0, 1)}))
    if limits:  # halves up to one beyond the last limit: above it nothing changes any more
        return tuple(n * HALF_DAY for n in range(1, int(max(limits) / HALF_DAY) + 2))
    named = {value for c in tests for value in c.values}
    if SUBJECTS.get(table.name) != fact:
        named |= LEAST_VALUES.get(fact, frozenset())
    return tuple(sorted(named, key=str))
