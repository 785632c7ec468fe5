"""Who approves a leave and who is told, as the office's table says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.leave import Leave, LeaveKind, LeaveState, RouteStep, Span
from bot.core.people import Directory, Person, PersonId, Rank, Role
from bot.core.procedures import Fact, Procedures, Row

APPROVAL_TABLE = "leave_approval"
NOTICE_TABLE = "leave_notice"
MATERIAL_TABLE = "leave_material"
STAND_IN_TABLE = "leave_stand_in"
TOLD_TABLE = "leave_told"
AFTERWARDS_TABLE = "leave_afterwards"
QUOTA_TABLE = "leave_quota"
BY_KIND = frozenset({MATERIAL_TABLE, QUOTA_TABLE})
AWAY_TABLES = frozenset({NOTICE_TABLE, STAND_IN_TABLE, TOLD_TABLE, AFTERWARDS_TABLE})

# The day counts: somebody in one of these states is, or will be, away on the days of the leave.
GRANTED_STATES = frozenset({LeaveState.APPROVED, LeaveState.AWAY, LeaveState.OVERDUE})
AWAY_STATES = GRANTED_STATES | {LeaveState.CONFIRMED, LeaveState.FILED}
GOING_OUT = frozenset({LeaveKind.BUSINESS_TRIP, LeaveKind.TRAINING, LeaveKind.PRIVATE_ABROAD})

OFFICE_RANKS = frozenset({Rank.OFFICE_DIRECTOR, Rank.OFFICE_DEPUTY, Rank.SECTION_CHIEF, Rank.STAFF})


def leave_facts(person: Person, kind: LeaveKind, days: float) -> dict[str, Fact]:
    """What the tables ask of a request before its place is known."""
    return {
        "rank": person.rank.value,
        "kind": "meeting" if kind is LeaveKind.MEETING else "leave",
        "days": days,
        "business": kind is LeaveKind.BUSINESS_TRIP,
        "deputy_in_committee": person.has(Role.COMMITTEE),
    }


def needs_place(facts: dict[str, Fact], procedures: Procedures) -> bool:
    """Whether who approves, or how long ahead, depends on leaving the area."""
    tables = (APPROVAL_TABLE, NOTICE_TABLE)
    missing = {fact for table in tables for fact in procedures.decide(table, facts).missing}
    return not missing.isdisjoint({"out_of_area", "going_out"})


@dataclass(frozen=True)
class LeaveCase:
    """One request with everything its rules depend on.

    `others` are the office's open leaves, `taken` the asker's own of the year. `before` are the
    days that an extension goes on from: the rules then hold for the whole length.
    """

    person: Person
    directory: Directory
    procedures: Procedures
    kind: LeaveKind
    span: Span
    out_of_area: bool
    filed_day: date
    out_of_seat: bool = False  # of the town the office sits in
    stand_in: PersonId | None = None
    stand_in_named: bool = False  # somebody was named, in the directory or not
    others: Sequence[Leave] = field(default=())
    meeting: str | None = None  # of a leave of absence from one, where it is known
    invited: bool = False  # to sit in on the meeting, without belonging to it
    before: Span | None = None
    taken: Sequence[Leave] = field(default=())

    @property
    def days(self) -> float:
        """The whole length in calendar days."""
        return (self.before.with_more(self.span) if self.before else self.span).days

    def facts(self, days: float | None = None) -> dict[str, Fact]:
        """What the tables ask, `days` overruling the whole length.

        For the office's own people the seat is the area: 凤凰 78 speaks of leaving the county
        seat, 26 of leaders who leave the county. Whoever goes on a trip goes out (外出) even within
        the area, once they leave its seat.
        """
        length = self.days if days is None else days
        away = self.out_of_area or (self.out_of_seat and self.person.rank in OFFICE_RANKS)
        on_trip = self.out_of_seat and self.kind in GOING_OUT
        facts = leave_facts(self.person, self.kind, length)
        facts |= {"out_of_area": away, "going_out": self.out_of_area or on_trip}
        if self.kind is LeaveKind.MEETING and self.meeting is not None:
            facts |= {"meeting": self.meeting, "invited": self.invited}
        return facts

    def row(self, table: str) -> Row | None:
        """The row of a table that fits; None if the rules do not say."""
        if self.kind is LeaveKind.MEETING and table in AWAY_TABLES:
            return None
        facts = self.facts()
        if table in BY_KIND:
            facts["kind"] = self.kind.value
        return self.procedures.decide(table, facts).row

    def leaves_of(self, user: PersonId) -> list[Leave]:
        """The leaves of a person that take them away on any of the days asked for."""
        return [
            leave
            for leave in self.others
            if leave.user == user and leave.state in AWAY_STATES and leave.span.overlaps(self.span)
        ]


@dataclass(frozen=True)
class Route:
    """The approvers in order and those who are told.

    `row` is the rule behind it (None: the office's habit); `filled_days` is the length whose row
    was taken because the rules do not name the true one (凤凰 78 has no line for 1.5 days).
    """

    steps: tuple[RouteStep, ...]
    tell: tuple[str, ...] = ()
    row: Row | None = None
    filled_days: int | None = None

    @property
    def approvers(self) -> tuple[PersonId, ...]:
        """Those who can be asked on the platform, each once, in order."""
        return tuple(dict.fromkeys(step.user for step in self.steps if step.user))


def find_route(case: LeaveCase) -> Route:
    """The route of a request; where the table has a gap, the row of the next whole day."""
    row, filled = case.row(APPROVAL_TABLE), None
    if row is None and case.days != math.ceil(case.days):
        filled = math.ceil(case.days)
        row = case.procedures.decide(APPROVAL_TABLE, case.facts(filled)).row
    if row is None:
        return Route(_steps(case, _USUAL_APPROVERS.get(case.person.rank, ("office_director",)), ()))
    fallback = _posts(row, "absent") or _posts(row, "fallback")
    steps = _steps(case, _posts(row, "approvers"), fallback)
    asked = {case.person.post, *(step.post for step in steps)}  # who knows of it anyway
    told = case.row(TOLD_TABLE)
    outside = _posts(told, "tell") if told else ()
    posts = [*(post for post in _posts(row, "tell") if post not in outside), *outside]
    tell = dict.fromkeys(_post_name(case, post) for post in posts)
    return Route(steps, tuple(post for post in tell if post not in asked), row, filled)


# Where the table has no row at all: the next one up, shown as the office's habit, not as a rule.
_USUAL_APPROVERS = {
    Rank.HEAD: (),
    Rank.DEPUTY: ("head",),
    Rank.OFFICE_DIRECTOR: ("head",),
    Rank.BUREAU_HEAD: ("leader", "head"),
    Rank.TOWN_HEAD: ("leader", "head"),
    Rank.BUREAU_STAFF: ("unit_head",),
}


def office_in_charge(case: LeaveCase) -> PersonId | None:
    """Who takes a request that no known person approves: the office director, or the head."""
    for post in ("office_director", "head", "deputy"):
        user = holder_of(case, post)
        if user is not None and user != case.person.id:
            return user
    return None


def _posts(row: Row, key: str) -> tuple[str, ...]:
    posts = row.outcome.get(key) or ()
    return (posts,) if isinstance(posts, str) else tuple(str(post) for post in posts)


def _steps(case: LeaveCase, posts: Sequence[str], fallback: Sequence[str]) -> tuple[RouteStep, ...]:
    """The approvers that can act: never the asker; for one who is away, who acts for them.

    `fallback` are the posts that the table names for the last approver.
    """
    steps: list[RouteStep] = []
    for post in posts:
        named = fallback if post == posts[-1] else ()
        step = _step(case, post)
        if step.user == case.person.id:
            continue
        if step.user is not None and (leave := _away_today(case, step.user)):
            step = _in_place_of(case, step, leave, named)
        if step not in steps:
            steps.append(step)
    return tuple(steps)


def _in_place_of(
    case: LeaveCase, step: RouteStep, leave: Leave, fallback: Sequence[str]
) -> RouteStep:
    """Who acts for an absent approver: by the table, by the leave, or the partner; else nobody."""
    absent = case.directory.person(step.user) if step.user else None
    acting = [holder_of(case, post) for post in fallback]
    acting += [leave.stand_in, absent.partner if absent else None]
    acting += [holder_of(case, "deputy")] if absent and absent.rank is Rank.HEAD else []
    for user in acting:
        if user and user not in (case.person.id, step.user) and not _away_today(case, user):
            return _named_step(case, user)
    return step


def _away_today(case: LeaveCase, user: PersonId) -> Leave | None:
    """The granted leave on which a person is away on the day of filing."""
    for leave in case.others:
        within = leave.span.first_day <= case.filed_day <= leave.span.last_day
        if leave.user == user and leave.state in GRANTED_STATES and within:
            return leave
    return None


def _step(case: LeaveCase, post: str) -> RouteStep:
    user = holder_of(case, post)
    return _named_step(case, user) if user else RouteStep(_post_name(case, post), None)


def _named_step(case: LeaveCase, user: PersonId) -> RouteStep:
    person = case.directory.person(user)
    return RouteStep(person.post, user, person.name) if person else RouteStep(user, user)


def _post_name(case: LeaveCase, post: str) -> str:
    user = holder_of(case, post)
    person = case.directory.person(user) if user else None
    return person.post if person else _VACANT.get(post, post)


# What a post is called that nobody holds; the tables call it by code.
_VACANT = {
    "leader": "分管领导",
    "partner": "AB角",
    "unit_head": "单位主要负责人",
    Rank.HEAD: "行政首长",
    Rank.DEPUTY: "分管领导",
    Rank.OFFICE_DIRECTOR: "办公室主任",
    Rank.OFFICE_DEPUTY: "办公室副主任",
    Rank.SECTION_CHIEF: "科室负责人",
}


def holder_of(case: LeaveCase, post: str) -> PersonId | None:
    """Who holds a post that the tables name by code; None for posts outside the office."""
    if post == "leader":
        unit = case.directory.unit(case.person.unit)
        return _still_there(case, case.person.leader, unit.leader if unit else None)
    if post == "partner":
        return _still_there(case, case.person.partner)
    if post == "unit_head":
        return _still_there(case, _head_of_unit(case))
    rank = Rank(post) if post in _RANKS else None
    held = [person for person in case.directory.people if person.rank is rank]
    nearest = [person for person in held if person.unit == case.person.unit] or held
    return nearest[0].id if nearest else None


def _still_there(case: LeaveCase, *users: PersonId | None) -> PersonId | None:
    """The first who has not left the office."""
    return next((user for user in users if user and case.directory.person(user)), None)


_RANKS = frozenset(rank.value for rank in Rank)


def _head_of_unit(case: LeaveCase) -> PersonId | None:
    heads = (unit.head for unit in case.directory.units if unit.answers_to(case.person.unit))
    return next(heads, None)
