"""When an office may be disturbed: on working days, during its hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.core.calendar import ONE_DAY, CalendarUnpublishedError, WorkCalendar
from bot.core.clock import OFFICE_TIME

SATURDAY = 5


@dataclass(frozen=True)
class OfficeHours:
    """The hours of a working day; `closes` is the first minute after them."""

    opens: time = time(8, 30)
    closes: time = time(17, 30)


OFFICE_HOURS = OfficeHours()


@dataclass(frozen=True)
class ReminderCalendar:
    """A calendar that always answers: in an unpublished year Monday to Friday count.

    For reminders only, which must not stop at New Year; see docs/decisions/0061. It remembers
    its answers, for one round of reminders asks for the same days of every item.
    """

    published: WorkCalendar
    _known: dict[date, bool] = field(default_factory=dict, repr=False, compare=False)

    def is_working_day(self, day: date) -> bool:
        """Whether people are taken to be at work on the day."""
        if day not in self._known:
            self._known[day] = self._asked(day)
        return self._known[day]

    def _asked(self, day: date) -> bool:
        try:
            return self.published.is_working_day(day)
        except CalendarUnpublishedError:
            return day.weekday() < SATURDAY


def is_open(now: datetime, calendar: ReminderCalendar, hours: OfficeHours = OFFICE_HOURS) -> bool:
    """Whether the office is at work at this moment."""
    local = now.astimezone(OFFICE_TIME)
    return hours.opens <= local.time() < hours.closes and calendar.is_working_day(local.date())


def next_opening(
    now: datetime, calendar: ReminderCalendar, hours: OfficeHours = OFFICE_HOURS
) -> datetime:
    """`now` during office hours, otherwise the next time the office opens."""
    if is_open(now, calendar, hours):
        return now
    local = now.astimezone(OFFICE_TIME)
    day = local.date() if local.time() < hours.opens else local.date() + ONE_DAY
    return opening_of(working_day_from(day, calendar), hours)


def opening_of(day: date, hours: OfficeHours = OFFICE_HOURS) -> datetime:
    """The moment from which a day's reminders may go out."""
    return datetime.combine(day, hours.opens, OFFICE_TIME)


def working_day_from(day: date, calendar: WorkCalendar) -> date:
    """The first working day from a day on, itself included."""
    while not calendar.is_working_day(day):
        day += ONE_DAY
    return day


def working_day_until(day: date, calendar: WorkCalendar) -> date:
    """The last working day up to a day, itself included."""
    while not calendar.is_working_day(day):
        day -= ONE_DAY
    return day


def working_days_before(deadline: date, count: int, calendar: WorkCalendar) -> date:
    """The working day that has exactly `count` working days after it up to the deadline."""
    day = deadline
    while count > 0:
        count -= calendar.is_working_day(day)
        day -= ONE_DAY
    return working_day_until(day, calendar)
