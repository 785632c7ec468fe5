"""What a bulletin (通报) counts in a period: a pure function of the items and their events."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from bot.core.clock import OFFICE_TIME
from bot.core.errors import InvalidInputError
from bot.core.people import Directory, OrgId
from bot.core.supervision import OPEN_STATES, Item, ItemState
from bot.core.supervision_history import ItemHistory

LONGEST_MONTH = 31
INSTANT = timedelta(microseconds=1)


class Figure(StrEnum):
    """One count of the bulletin; docs/decisions/0175 defines each."""

    ASSIGNED = "assigned"
    DUE = "due"
    DUE_DONE = "due_done"
    DUE_IN_TIME = "due_in_time"
    DONE = "done"
    IN_TIME = "in_time"
    LATE = "late"
    OPEN = "open"
    UNSIGNED = "unsigned"
    IN_REVIEW = "in_review"
    OVERDUE = "overdue"
    NEARING = "nearing"
    SENT_BACK = "sent_back"
    EXTENDED = "extended"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Period:
    """The days that are told of, both included; what happened from `until` on does not count."""

    first: date
    last: date
    until: datetime

    @property
    def seen_on(self) -> date:
        """The day from which one looks back: the one after the period, or today within it."""
        return self.until.astimezone(OFFICE_TIME).date()

    @property
    def is_over(self) -> bool:
        """Whether the period has ended, so that its figures change no more."""
        return self.seen_on > self.last

    @property
    def is_month(self) -> bool:
        """Whether it lies within one month."""
        return (self.first.year, self.first.month) == (self.last.year, self.last.month)

    def holds(self, day: date | None) -> bool:
        """Whether a day is one of the period."""
        return day is not None and self.first <= day <= self.last

    def previous(self, now: datetime) -> Period:
        """The month before a month, the year before a longer span."""
        if self.is_month:
            return month_period(self.first - timedelta(days=1), now)
        return year_period(self.first.year - 1, now)


def month_period(day: date, now: datetime) -> Period:
    """The month of a day, as far as it has come.

    Raises:
        InvalidInputError: it has not begun ("report_period_ahead").
    """
    first = day.replace(day=1)
    following = (first + timedelta(days=LONGEST_MONTH)).replace(day=1)
    return _period(first, following - timedelta(days=1), now)


def year_period(year: int, now: datetime) -> Period:
    """A year as far as it has come; raises as `month_period` does."""
    return _period(date(year, 1, 1), date(year, 12, 31), now)


def _period(first: date, last: date, now: datetime) -> Period:
    today = now.astimezone(OFFICE_TIME).date()
    if first > today:
        raise InvalidInputError("report_period_ahead", day=first)
    if last >= today:
        return Period(first, today, now + INSTANT)  # what happens at this moment counts
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), OFFICE_TIME)
    return Period(first, last, end)


@dataclass(frozen=True)
class Case:
    """An item as it stood at the end of the period, and what it counts for.

    `in_time` is None as long as the unit has not finished, and without a deadline.
    """

    item: Item
    figures: frozenset[Figure]
    finished_day: date | None = None
    in_time: bool | None = None
    overdue_days: int = 0


@dataclass(frozen=True)
class Report:
    """All that a bulletin is made of; every figure is a list of items."""

    period: Period
    cases: tuple[Case, ...]

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The units that anything is counted for, the best first; those with nothing due last."""
        taken_back = {Figure.CANCELLED}
        names = {case.item.lead_unit for case in self.cases if case.figures != taken_back}
        return tuple(sorted(names, key=self._standing))

    def of(self, figure: Figure, unit: str | None = None) -> tuple[Case, ...]:
        """The items behind a figure, by number; of one unit or of all."""
        cases = self.cases if unit is None else self._by_unit.get(unit, ())
        return tuple(case for case in cases if figure in case.figures)

    @cached_property
    def _by_unit(self) -> dict[str, list[Case]]:
        found: dict[str, list[Case]] = {}
        for case in self.cases:
            found.setdefault(case.item.lead_unit, []).append(case)
        return found

    def count(self, figure: Figure, unit: str | None = None) -> int:
        """How many items a figure stands for."""
        return len(self.of(figure, unit))

    def of_units(self, units: Collection[str]) -> Report:
        """The same of some units alone."""
        return Report(self.period, tuple(c for c in self.cases if c.item.lead_unit in units))

    def rate(self, figure: Figure, unit: str | None = None) -> float | None:
        """The share of what was due, 0..1: `DUE_DONE` or `DUE_IN_TIME`; None if nothing was."""
        due = self.count(Figure.DUE, unit)
        return self.count(figure, unit) / due if due else None

    def _standing(self, unit: str) -> tuple[float, float, int, str]:
        in_time, done = self.rate(Figure.DUE_IN_TIME, unit), self.rate(Figure.DUE_DONE, unit)
        if in_time is None or done is None:
            return 1.0, 0.0, self.count(Figure.OVERDUE, unit), unit
        return -in_time, -done, self.count(Figure.OVERDUE, unit), unit


@dataclass(frozen=True)
class Bulletin:
    """The figures of a period beside those of the one before."""

    directory: Directory
    report: Report
    previous: Report
    yellow_days: int

    @property
    def org(self) -> OrgId:
        """Whose bulletin it is."""
        return self.directory.office.id

    def of_units(self, *units: str) -> Bulletin:
        """The items of some units alone: what the people of one may see of it."""
        report, previous = (each.of_units(units) for each in (self.report, self.previous))
        return replace(self, report=report, previous=previous)


def report_on(histories: Iterable[ItemHistory], period: Period, yellow_days: int) -> Report:
    """Count what happened in a period.

    Args:
        yellow_days: Calendar days to the deadline from which an item is yellow.
    """
    stood = (history.before(period.until) for history in histories)
    cases = (_case(history, period, yellow_days) for history in stood if history is not None)
    return Report(period, tuple(case for case in cases if case.figures))


def _case(history: ItemHistory, period: Period, yellow_days: int) -> Case:
    item, finished = history.item, history.finished_day()
    if item.state is ItemState.CANCELLED:
        left = [history.events[-1].at.astimezone(OFFICE_TIME).date()]
        gone = frozenset({Figure.CANCELLED}) if any(map(period.holds, left)) else frozenset()
        return Case(item, gone)
    in_time = finished <= item.deadline if finished and item.deadline else None
    figures = {*_happened(history, period), *_done(history, period, in_time)}
    overdue = item.overdue_days(period.seen_on) if not in_time else 0
    if item.state in OPEN_STATES:
        figures |= _standing(item, period.seen_on, yellow_days)
    if overdue:
        figures.add(Figure.OVERDUE)
    return Case(item, frozenset(figures), finished, in_time, overdue)


def _happened(history: ItemHistory, period: Period) -> set[Figure]:
    found = {Figure.ASSIGNED} if period.holds(history.item.assigned_day) else set()
    for event, figure in (("sent_back", Figure.SENT_BACK), ("extended", Figure.EXTENDED)):
        if any(map(period.holds, history.days_of(event))):
            found.add(figure)
    return found


def _done(history: ItemHistory, period: Period, in_time: bool | None) -> set[Figure]:
    item, found = history.item, set()
    closed = item.state is ItemState.CLOSED
    if closed and any(map(period.holds, history.days_of("closed"))):
        found.add(Figure.DONE)
        if in_time is not None:
            found.add(Figure.IN_TIME if in_time else Figure.LATE)
    if period.holds(item.deadline):
        found.add(Figure.DUE)
        if closed:
            found |= {Figure.DUE_DONE, *({Figure.DUE_IN_TIME} if in_time else ())}
    return found


def _standing(item: Item, day: date, yellow_days: int) -> set[Figure]:
    found = {Figure.OPEN}
    if item.state is ItemState.UNSIGNED:
        found.add(Figure.UNSIGNED)
    if item.state is ItemState.IN_REVIEW:
        found.add(Figure.IN_REVIEW)
    elif item.deadline is not None and 0 <= (item.deadline - day).days <= yellow_days:
        found.add(Figure.NEARING)
    return found
