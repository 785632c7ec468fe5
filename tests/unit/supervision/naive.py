"""A second opinion on days and reminders: lists and counting, nothing shared with the code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache

import chinese_calendar

from bot.core.supervision import Item, ItemKind, ItemState, Occasion

LAST_PUBLISHED = date(2026, 12, 31)
Expected = tuple[Occasion, date, str, bool]  # the last says that it comes late


@cache
def works(day: date) -> bool:
    if day > LAST_PUBLISHED:
        return day.weekday() not in (5, 6)
    return bool(chinese_calendar.is_workday(day))


@cache
def all_days() -> list[date]:
    return [date(2025, 9, 1) + timedelta(days=n) for n in range(1_300)]


@cache
def working_days() -> list[date]:
    return [day for day in all_days() if works(day)]


@cache
def after(day: date, count: int) -> date:
    """The count-th working day after a day."""
    return [other for other in working_days() if other > day][count - 1]


@cache
def before(deadline: date, count: int) -> date:
    """The last working day with so many working days after it up to the deadline."""
    days = [day for day in working_days() if abs(deadline - day) < timedelta(days=40)]
    fitting = [d for d in days if sum(d < other <= deadline for other in days) == count]
    return max(fitting)


@cache
def not_before(day: date) -> date:
    return min(other for other in working_days() if other >= day)


@cache
def not_after(day: date) -> date:
    return max(other for other in working_days() if other <= day)


@cache
def cycles(start: date) -> list[date]:
    days = [start + timedelta(days=14 * n) for n in range(1, 60)]
    return [not_before(day) for day in days if day < all_days()[-30]]


def is_quiet(now: datetime) -> bool:
    return not (works(now.date()) and time(8, 30) <= now.time() < time(17, 30))


def read_on(sent_at: datetime) -> date:
    """The day on which somebody at work reads what was sent."""
    day = sent_at.date() + timedelta(days=sent_at.time() >= time(17, 30))
    return not_before(day)


def expected(item: Item, told: datetime | None, now: datetime) -> Iterator[Expected]:
    """What a careful clerk would send at a moment, if nothing had been sent but the assignment.

    `told`: when the assignment was sent to the unit.
    """
    if item.state in (ItemState.CLOSED, ItemState.CANCELLED):
        return
    today, unit = now.date(), str(item.person)
    if item.state is ItemState.UNSIGNED and told is None:
        yield Occasion.ASSIGNED, item.assigned_day, unit, today > after(item.assigned_day, 1)
    if is_quiet(now) and not item.urgent:
        return
    for occasion, day, to in _scheduled(item, told and read_on(told), today, unit):
        if now.replace(tzinfo=None) >= datetime.combine(day, time(8, 30)):
            yield occasion, day, to, day != today


def _scheduled(
    item: Item, told: date | None, today: date, unit: str
) -> Iterator[tuple[Occasion, date, str]]:
    deadline, waiting = item.deadline, item.state is ItemState.IN_REVIEW
    overdue = deadline is not None and today > deadline
    if item.state is ItemState.UNSIGNED and told is not None and not overdue:
        yield Occasion.UNSIGNED, after(told, 1), unit
    if deadline is not None and not overdue and not waiting:
        last = deadline if item.urgent else not_after(deadline)
        three, one = before(deadline, 3), before(deadline, 1)
        # Each is of use from its day until the next one's; what the assignment said is not.
        for occasion, first, until in (
            (Occasion.DUE_SOON, three, one),
            (Occasion.DUE_SOON, one, last),
            (Occasion.DUE_TODAY, last, deadline + timedelta(days=1)),
        ):
            if first <= today < until and first > item.assigned_day:
                yield occasion, first, unit
    if deadline is not None and overdue:
        if works(today) and not waiting:
            yield Occasion.OVERDUE, today, unit
        if today >= after(deadline, 1) and not waiting:
            yield Occasion.ESCALATED_UNIT, after(deadline, 1), unit
        if today >= after(deadline, 3):
            yield Occasion.ESCALATED_OFFICE, after(deadline, 3), str(item.supervisor)
        if today >= after(deadline, 5) and not waiting:
            yield Occasion.ESCALATED_LEADER, after(deadline, 5), str(item.leader)
    if item.kind is ItemKind.LONG and not overdue and not waiting:
        news = max([item.assigned_day, *(report.at.date() for report in item.progress)])
        past = [day for day in cycles(news) if day <= today]
        if past:
            yield Occasion.PROGRESS_DUE, max(past), unit
