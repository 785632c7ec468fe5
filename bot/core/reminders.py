"""Which reminders the supervision ledger calls for at a moment: derived, never scheduled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.calendar import ONE_DAY, WorkCalendar, add_working_days
from bot.core.clock import OFFICE_TIME
from bot.core.office_hours import (
    ReminderCalendar,
    is_open,
    next_opening,
    opening_of,
    working_day_from,
    working_day_until,
    working_days_before,
)
from bot.core.people import OrgId, PersonId
from bot.core.reminder_plan import DEFAULT_PLAN, ReminderPlan
from bot.core.supervision import (
    OPEN_STATES,
    Item,
    ItemId,
    ItemKind,
    ItemState,
    Occasion,
    SentReminder,
)

LONGEST_QUIET = timedelta(days=30)  # then an item is looked at again, whatever was foreseen

Heads = Mapping[tuple[OrgId, str], PersonId]


@dataclass(frozen=True)
class Reminder:
    """One reminder to send; unique by item, occasion, day and recipient.

    `day` is the day it belongs to; `late` says that it goes out after that day.
    """

    item_id: ItemId
    occasion: Occasion
    day: date
    to: PersonId
    late: bool = False

    @property
    def key(self) -> tuple[ItemId, Occasion, date, str]:
        """What makes the reminder unique."""
        return self.item_id, self.occasion, self.day, self.to


def due_reminders(
    items: Iterable[Item],
    sent: Mapping[ItemId, Sequence[SentReminder]],
    now: datetime,
    calendar: WorkCalendar,
    heads: Heads | None = None,
    plan: ReminderPlan = DEFAULT_PLAN,
) -> list[Reminder]:
    """The reminders that should be on their way at `now` and are not among those `sent`.

    Asked again and again it gives each once. What was missed is still given, marked late, while
    it is of use: a reminder before the deadline until the next one, an overdue one for its day.
    Outside office hours only assignments and urgent items speak, and what belongs to a day starts
    at its opening hour.

    Args:
        heads: Who heads a unit; the item's own person where this does not say.
        plan: The stages of the items' office.
    """
    days = _remembering(calendar)
    disturb = is_open(now, days, plan.hours)
    found: list[Reminder] = []
    for item in items:
        if item.state in OPEN_STATES:
            case = _case(item, sent.get(item.id, ()), now, days, heads, plan)
            speaks = disturb or item.urgent
            found += [r for r in case.due() if speaks or r.occasion is Occasion.ASSIGNED]
    return found


def quiet_until(
    item: Item,
    sent: Sequence[SentReminder],
    now: datetime,
    calendar: WorkCalendar,
    heads: Heads | None = None,
    plan: ReminderPlan = DEFAULT_PLAN,
) -> datetime:
    """Until when nothing is due of an item of which all that is due at `now` has been sent.

    A bound, not a schedule: as long as neither the item nor what was sent changes,
    `due_reminders` finds nothing from `now` until then; then it is asked again.
    """
    days = _remembering(calendar)
    return _case(item, sent, now, days, heads, plan).quiet_until()


def _remembering(calendar: WorkCalendar) -> ReminderCalendar:
    return calendar if isinstance(calendar, ReminderCalendar) else ReminderCalendar(calendar)


def _case(
    item: Item,
    sent: Sequence[SentReminder],
    now: datetime,
    days: ReminderCalendar,
    heads: Heads | None,
    plan: ReminderPlan,
) -> _Case:
    head = (heads or {}).get((item.org, item.lead_unit))
    return _Case(item, sent, now.astimezone(OFFICE_TIME), days, head, plan)


def stages_passed(
    item: Item, now: datetime, calendar: WorkCalendar, plan: ReminderPlan = DEFAULT_PLAN
) -> list[Reminder]:
    """The reminders before the deadline whose day has come.

    Whoever is told a new deadline need not be told again what is behind it: note these as sent.
    """
    return _case(item, (), now, _remembering(calendar), None, plan).stages_passed()


@dataclass(frozen=True)
class _Case:
    item: Item
    sent: Sequence[SentReminder]
    now: datetime
    calendar: ReminderCalendar
    head: PersonId | None
    plan: ReminderPlan

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def unit(self) -> PersonId:
        """Who is reminded for the unit; for one without anybody, the one who can telephone it."""
        return self.item.person or self.head or self.item.supervisor

    def due(self) -> list[Reminder]:
        gone = {(sent.occasion, sent.day, sent.to) for sent in self.sent}
        wanted = [*self._signing(), *self._deadline(), *self._progress(), *self._escalations()]
        return [
            reminder
            for reminder in wanted
            if (reminder.occasion, reminder.day, reminder.to) not in gone
            and (reminder.occasion is Occasion.ASSIGNED or self._opening(reminder.day) <= self.now)
        ]

    def quiet_until(self) -> datetime:
        """The earliest of the moments at which something new can be due; never too late."""
        if self.item.state not in OPEN_STATES:
            return self.now + LONGEST_QUIET
        moments = [self._opening(day) for day in (self.today, *self._days_ahead())]
        if not self.item.urgent:
            moments.append(next_opening(self.now, self.calendar, self.plan.hours))
        later = [moment for moment in moments if moment > self.now]
        return min([self.now + LONGEST_QUIET, *later])

    def _days_ahead(self) -> Iterator[date]:
        """The days after today that bring a reminder, unless something changes before."""
        deadline, days = self.item.deadline, [self._unsigned_day(), *self._progress_days()]
        if deadline is not None:
            days += [day for day, _ in self._stages(deadline)]
            days += [self._overdue_day(count) for count, _ in self.plan.escalations]
            days.append(max(deadline, self.today) + ONE_DAY)  # overdue: every morning
        yield from (day for day in days if day is not None and day > self.today)

    def _opening(self, day: date) -> datetime:
        return opening_of(day, self.plan.hours)

    def _reminder(self, occasion: Occasion, day: date, to: PersonId) -> Reminder:
        return Reminder(self.item.id, occasion, day, to, late=day < self.today)

    def _signing(self) -> Iterator[Reminder]:
        """The assignment, and one word a working day after it was received and not signed for."""
        if self.item.state is not ItemState.UNSIGNED:
            return
        assigned, unsigned = self.item.assigned_day, self._unsigned_day()
        if self._told_at() is None:
            late = self.today > add_working_days(assigned, 1, self.calendar)
            yield Reminder(self.item.id, Occasion.ASSIGNED, assigned, self.unit, late)
        elif unsigned and unsigned <= self.today and not self.item.overdue_days(self.today):
            yield self._reminder(Occasion.UNSIGNED, unsigned, self.unit)

    def _told_at(self) -> datetime | None:
        """When the unit was told that the item is its own; another unit was told of it before."""
        told = (
            sent.at
            for sent in self.sent
            if sent.occasion is Occasion.ASSIGNED and sent.to == self.unit
        )
        return min(told, default=None)

    def _unsigned_day(self) -> date | None:
        """When an item that nobody signs for is asked about."""
        told, count = self._told_at(), self.plan.to_sign
        if told is None or count is None or self.item.state is not ItemState.UNSIGNED:
            return None
        # What came at night is taken to be read when the office opens.
        received = next_opening(told, self.calendar, self.plan.hours)
        return add_working_days(received.astimezone(OFFICE_TIME).date(), count, self.calendar)

    def _deadline(self) -> Iterator[Reminder]:
        """The latest of those before the deadline, or the one of an overdue working morning."""
        deadline = self.item.deadline
        if deadline is None or self.item.state is ItemState.IN_REVIEW:
            return
        if self.today > deadline:
            if self.calendar.is_working_day(self.today):
                yield self._reminder(Occasion.OVERDUE, self.today, self.unit)
            return
        yield from self.stages_passed()[-1:]

    def stages_passed(self) -> list[Reminder]:
        deadline = self.item.deadline
        return [
            self._reminder(occasion, day, self.unit)
            for day, occasion in (self._stages(deadline) if deadline else ())
            if self.item.assigned_day < day <= self.today
        ]

    def _stages(self, deadline: date) -> list[tuple[date, Occasion]]:
        before = [
            (working_days_before(deadline, count, self.calendar), Occasion.DUE_SOON)
            for count in self.plan.ahead
        ]
        # On a Sunday nobody can be told what is due on it, unless it is urgent.
        last = deadline if self.item.urgent else working_day_until(deadline, self.calendar)
        return [*before, (last, Occasion.DUE_TODAY)]

    def _progress(self) -> Iterator[Reminder]:
        """Every cycle without news of a long item; a report starts the cycle anew."""
        if self.item.state is ItemState.IN_REVIEW or self.item.overdue_days(self.today):
            return
        past = [day for day in self._progress_days() if day <= self.today]
        if past:
            yield self._reminder(Occasion.PROGRESS_DUE, past[-1], self.unit)

    def _progress_days(self) -> list[date]:
        """The last two and the next of the days on which a long item without news is asked about.

        Both of the last: a day off moves one beyond the beginning of its cycle. An item that says
        how often it is to be reported keeps its own (每周报送).
        """
        own = self.item.cycle
        cycle = timedelta(days=own) if own else self.plan.cycle
        if self.item.kind is not ItemKind.LONG or cycle is None:
            return []
        reported = [progress.at.astimezone(OFFICE_TIME).date() for progress in self.item.progress]
        base = max([self.item.assigned_day, *reported])
        cycles = (self.today - base) // cycle
        return [
            working_day_from(base + count * cycle, self.calendar)
            for count in (cycles - 1, cycles, max(cycles + 1, 1))
            if count > 0
        ]

    def _escalations(self) -> Iterator[Reminder]:
        """Once each and upwards; an item in review waits for the supervision office alone."""
        if self.item.deadline is None or not self.item.overdue_days(self.today):
            return
        for count, occasion in self.plan.escalations:
            day, to = self._overdue_day(count), self._superior(occasion)
            if to is not None and day is not None and day <= self.today:
                yield self._reminder(occasion, day, to)

    def _overdue_day(self, count: int) -> date | None:
        """The working day on which an item is so many of them overdue."""
        deadline = self.item.deadline
        return deadline and add_working_days(deadline, count, self.calendar)

    def _superior(self, occasion: Occasion) -> PersonId | None:
        if occasion is Occasion.ESCALATED_OFFICE:
            return self.item.supervisor
        if self.item.state is ItemState.IN_REVIEW:
            return None
        if occasion is Occasion.ESCALATED_UNIT:
            return self.head or self.item.person
        return self.item.leader
