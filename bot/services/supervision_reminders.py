"""Reminders and notices of the supervision ledger on their way into the outbox."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.clock import OFFICE_TIME
from bot.core.messages import Push
from bot.core.office_hours import ReminderCalendar, next_opening
from bot.core.people import Directory, OrgId, Person, PersonId
from bot.core.reminders import Heads, Reminder, due_reminders, stages_passed
from bot.core.supervision import OPEN_STATES, Item
from bot.services.ledgers import year_and_serial
from bot.services.outside import Calendars, Texts
from bot.services.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.supervision_words import gravest, notice_message, reminder_message

TOLD_AT_ONCE = frozenset({"assisting"})


@dataclass(frozen=True)
class SupervisionPost:
    """Writes what people must be told; each reminder once, whoever asks and however often."""

    calendars: Calendars
    texts: Texts

    def tick(self, unit_of_work: UnitOfWorkFactory, now: datetime) -> None:
        """Write every reminder that is due, one transaction an item."""
        with unit_of_work() as uow:
            items = [item for state in OPEN_STATES for item in uow.items.listing(None, state)]
            sent = uow.items.reminders([item.id for item in items])
            heads = heads_of([uow.people.directory(org) for org in {item.org for item in items}])
        due = {
            reminder.item_id
            for org in {item.org for item in items}
            for reminder in due_reminders(
                [item for item in items if item.org == org],
                sent,
                now,
                self.calendars.of(org),
                heads,
            )
        }
        for item in sorted(items, key=lambda item: item.id):
            if item.id in due:
                with unit_of_work() as uow:
                    # Read again under its lock: it may have been closed a moment ago.
                    year, serial = year_and_serial(item.number)
                    self.remind(uow, uow.items.get(item.org, serial, year), now, heads)
                    uow.commit()

    def remind(self, uow: UnitOfWork, item: Item, now: datetime, heads: Heads) -> None:
        """Write what is due for one item: one message a person, however many the occasions."""
        sent = uow.items.reminders([item.id])
        people: defaultdict[PersonId, list[Reminder]] = defaultdict(list)
        for reminder in due_reminders([item], sent, now, self.calendars.of(item.org), heads):
            people[reminder.to].append(reminder)
        for to, reminders in people.items():
            first = gravest(reminders)
            key = f"supervision:{item.id}:{first.occasion}:{first.day}:{to}"
            today = now.astimezone(OFFICE_TIME).date()
            message = reminder_message(item, reminders, today, self.texts)
            uow.outbox.add(Push(key, item.org, to, message), now)
            for reminder in reminders:
                uow.items.add_reminder(item.id, reminder.occasion, reminder.day, to, key, now)

    def notify(
        self,
        uow: UnitOfWork,
        item: Item,
        event: str,
        by: Person,
        to: PersonId,
        key: str,
        now: datetime,
    ) -> None:
        """Tell somebody of a step: work given at once, the rest in office hours unless urgent."""
        message = notice_message(event, item, by, now.astimezone(OFFICE_TIME).date(), self.texts)
        at_once = item.urgent or event in TOLD_AT_ONCE
        calendar = ReminderCalendar(self.calendars.of(item.org))
        opening = None if at_once else next_opening(now, calendar)
        uow.outbox.add(Push(key, item.org, to, message, not_before=opening), now)

    def cover(self, uow: UnitOfWork, item: Item, push_key: str, now: datetime) -> None:
        """Note as sent what a notice with the new deadline makes superfluous."""
        for passed in stages_passed(item, now, self.calendars.of(item.org)):
            uow.items.add_reminder(item.id, passed.occasion, passed.day, passed.to, push_key, now)


def heads_of(directories: Iterable[Directory]) -> dict[tuple[OrgId, str], PersonId]:
    """Who heads each unit of the offices."""
    return {
        (unit.org, unit.name): unit.head
        for directory in directories
        for unit in directory.units
        if unit.head is not None
    }
