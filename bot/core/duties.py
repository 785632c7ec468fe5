"""Deadlines beside 督办: what somebody owes by a moment that a rule sets, and what if not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.core.calendar import WorkCalendar
from bot.core.clock import OFFICE_TIME
from bot.core.errors import RefusedError
from bot.core.office_hours import (
    OFFICE_HOURS,
    OfficeHours,
    ReminderCalendar,
    is_open,
    opening_of,
    working_day_until,
    working_days_before,
)
from bot.core.people import OrgId, PersonId
from bot.core.rules import Citation

DutyId = NewType("DutyId", int)
STILL_OF_USE = timedelta(days=7)  # after its moment; then nobody needs to be told any more


class DutyKind(StrEnum):
    """What is owed."""

    MINUTES_REVIEW = "纪要送审"
    MINUTES_ISSUE = "纪要印发"
    COUNTERSIGN = "会签"
    REQUEST = "请示"
    WEEKLY_PLAN = "周安排"


class DutyState(StrEnum):
    """Where a duty stands."""

    OPEN = "待办"
    DONE = "已办"
    LAPSED = "逾期视为无不同意见"  # its time is over, and that itself is an answer
    CANCELLED = "已撤销"


class Lapse(StrEnum):
    """What happens when the moment passes, in the words of the rules."""

    NO_OBJECTION = "视为无不同意见"
    EXPLAIN = "说明原因"
    NOTHING = ""  # it is late, and still owed


class DutyStateError(RefusedError):
    """The duty is no longer open."""

    code = "duty_state"


@dataclass(frozen=True)
class Duty:
    """One thing owed. Immutable: a change gives a new object."""

    id: DutyId
    org: OrgId
    kind: DutyKind
    title: str
    unit: str
    person: PersonId  # who owes it
    by: PersonId  # who waits for it
    opened_at: datetime
    due_at: datetime
    rule: Citation | None
    lapse: Lapse
    lapse_rule: Citation | None
    state: DutyState = DutyState.OPEN
    closed_at: datetime | None = None

    def closed(self, state: DutyState, at: datetime) -> Duty:
        """The same duty, done, lapsed or cancelled.

        Raises:
            DutyStateError: it is no longer open.
        """
        if self.state is not DutyState.OPEN:
            raise DutyStateError(title=self.title, state=self.state)
        return replace(self, state=state, closed_at=at)

    def is_late(self, now: datetime) -> bool:
        """Whether its moment is over and it is still open."""
        return self.state is DutyState.OPEN and now >= self.due_at


class DutyOccasion(StrEnum):
    """Why somebody is told of a duty."""

    ASSIGNED = "assigned"
    DUE_SOON = "due_soon"  # a working day before
    DUE_TODAY = "due_today"
    PASSED = "passed"  # to who owes it and to who waits for it


@dataclass(frozen=True)
class DutyReminder:
    """One reminder; unique by duty, occasion, day and recipient."""

    duty_id: DutyId
    occasion: DutyOccasion
    day: date
    to: PersonId
    late: bool = False

    @property
    def key(self) -> tuple[DutyId, DutyOccasion, date, str]:
        """What makes the reminder unique."""
        return self.duty_id, self.occasion, self.day, self.to


SentDuty = tuple[DutyOccasion, date, str]


def due_duty_reminders(
    duties: Sequence[Duty],
    sent: Mapping[DutyId, Sequence[SentDuty]],
    now: datetime,
    calendar: WorkCalendar,
    hours: OfficeHours = OFFICE_HOURS,
) -> list[DutyReminder]:
    """What must be told of duties at `now` and is not among what was `sent`.

    As with items: derived, each once, in office hours but for what is new; a word before the
    moment is dropped after it, and a word after it once a week has gone by.
    """
    days = ReminderCalendar(calendar)
    local = now.astimezone(OFFICE_TIME)
    opened = is_open(local, days, hours)
    return [
        reminder
        for duty in duties
        if duty.state is DutyState.OPEN
        for reminder in _wanted(duty, local, days, hours)
        if (reminder.occasion, reminder.day, reminder.to) not in sent.get(duty.id, ())
        and (opened or reminder.occasion is DutyOccasion.ASSIGNED)
    ]


def _wanted(
    duty: Duty, now: datetime, calendar: ReminderCalendar, hours: OfficeHours
) -> Iterator[DutyReminder]:
    due_day, first = (
        moment.astimezone(OFFICE_TIME).date() for moment in (duty.due_at, duty.opened_at)
    )
    if now >= duty.due_at:
        if now < duty.due_at + STILL_OF_USE:
            for to in dict.fromkeys((duty.person, duty.by)):
                late = now.date() > working_day_after(due_day, calendar)
                yield DutyReminder(duty.id, DutyOccasion.PASSED, due_day, to, late)
        return
    yield DutyReminder(duty.id, DutyOccasion.ASSIGNED, first, duty.person, now.date() > first)
    stages = (
        (working_days_before(due_day, 1, calendar), DutyOccasion.DUE_SOON),
        (working_day_until(due_day, calendar), DutyOccasion.DUE_TODAY),
    )
    passed = [
        (day, occasion) for day, occasion in stages if day > first and opening_of(day, hours) <= now
    ]
    for day, occasion in passed[-1:]:
        yield DutyReminder(duty.id, occasion, day, duty.person, now.date() > day)


def working_day_after(day: date, calendar: WorkCalendar) -> date:
    """The first working day after a day."""
    day += timedelta(days=1)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day
