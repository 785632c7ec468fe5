"""Which reminders the supervision ledger calls for at a moment: derived, never scheduled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.calendar import WorkCalendar, add_working_days
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
from bot.core.supervision import (
    OPEN_STATES,
    Item,
    ItemId,
    ItemKind,
    ItemState,
    Occasion,
    SentReminder,
)

WORKING_DAYS_AHEAD = (3, 1)
WORKING_DAYS_TO_SIGN = 1
PROGRESS_CYCLE = timedelta(weeks=2)
ESCALATIONS = (  # working days overdue
    (1, Occasion.ESCALATED_UNIT),
    (3, Occasion.ESCALATED_OFFICE),
    (5, Occasion.ESCALATED_LEADER),
)

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
) -> list[Reminder]:
    """The reminders that should be on their way at `now` and are not among those `sent`.

    Asked again and again it gives each once. What was missed is still given, marked late, while
    it is of use: a reminder before the deadline until the next one, an overdue one for its day.
    Outside office hours only assignments and urgent items speak, and what belongs to a day starts
    at its opening hour.

    Args:
        heads: Who heads a unit; the item's own person where this does not say.
    """
    days = ReminderCalendar(calendar)
    disturb = is_open(now, days)
    found: list[Reminder] = []
    for item in items:
        if item.state in OPEN_STATES:
            head = (heads or {}).get((item.org, item.lead_unit))
            case = _Case(item, sent.get(item.id, ()), now.astimezone(OFFICE_TIME), days, head)
            speaks = disturb or item.urgent
            found += [r for r in case.due() if speaks or r.occasion is Occasion.ASSIGNED]
    return found


def stages_passed(item: Item, now: datetime, calendar: WorkCalendar) -> list[Reminder]:
    """The reminders before the deadline whose day has come.

    Whoever is told a new deadline need not be told again what is behind it: note these as sent.
    """
    case = _Case(item, (), now.astimezone(OFFICE_TIME), ReminderCalendar(calendar), None)
    return case.stages_passed()


@dataclass(frozen=True)
class _Case:
    item: Item
    sent: Sequence[SentReminder]
    now: datetime
    calendar: ReminderCalendar
    head: PersonId | None

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
            and (reminder.occasion is Occasion.ASSIGNED or opening_of(reminder.day) <= self.now)
        ]

    def _reminder(self, occasion: Occasion, day: date, to: PersonId) -> Reminder:
        return Reminder(self.item.id, occasion, day, to, late=day < self.today)

    def _signing(self) -> Iterator[Reminder]:
        """The assignment, and one word a working day after it was received and not signed for."""
        if self.item.state is not ItemState.UNSIGNED:
            return
        assigned = self.item.assigned_day
        told = [sent.at for sent in self.sent if sent.occasion is Occasion.ASSIGNED]
        if not told:
            late = self.today > add_working_days(assigned, 1, self.calendar)
            yield Reminder(self.item.id, Occasion.ASSIGNED, assigned, self.unit, late)
        elif not self.item.overdue_days(self.today):
            # What came at night is taken to be read when the office opens.
            received = next_opening(min(told), self.calendar).astimezone(OFFICE_TIME).date()
            day = add_working_days(received, WORKING_DAYS_TO_SIGN, self.calendar)
            if day <= self.today:
                yield self._reminder(Occasion.UNSIGNED, day, self.unit)

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
            for count in WORKING_DAYS_AHEAD
        ]
        # On a Sunday nobody can be told what is due on it, unless it is urgent.
        last = deadline if self.item.urgent else working_day_until(deadline, self.calendar)
        return [*before, (last, Occasion.DUE_TODAY)]

    def _progress(self) -> Iterator[Reminder]:
        """Every two weeks without news of a long item; a report starts the two weeks anew."""
        item = self.item
        if item.kind is not ItemKind.LONG or item.state is ItemState.IN_REVIEW:
            return
        if item.overdue_days(self.today):
            return
        reported = [progress.at.astimezone(OFFICE_TIME).date() for progress in item.progress]
        base = max([item.assigned_day, *reported])
        cycles = (self.today - base) // PROGRESS_CYCLE
        days = [
            working_day_from(base + count * PROGRESS_CYCLE, self.calendar)
            for count in (cycles - 1, cycles)
            if count > 0
        ]
        past = [day for day in days if day <= self.today]
        if past:
            yield self._reminder(Occasion.PROGRESS_DUE, past[-1], self.unit)

    def _escalations(self) -> Iterator[Reminder]:
        """Once each and upwards; an item in review waits for the supervision office alone."""
        if self.item.deadline is None or not self.item.overdue_days(self.today):
            return
        for count, occasion in ESCALATIONS:
            day = add_working_days(self.item.deadline, count, self.calendar)
            to = self._superior(occasion)
            if to is not None and day <= self.today:
                yield self._reminder(occasion, day, to)

    def _superior(self, occasion: Occasion) -> PersonId | None:
        if occasion is Occasion.ESCALATED_OFFICE:
            return self.item.supervisor
        if self.item.state is ItemState.IN_REVIEW:
            return None
        if occasion is Occasion.ESCALATED_UNIT:
            return self.head or self.item.person
        return self.item.leader
