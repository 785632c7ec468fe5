"""Reminders and notices of the supervision ledger on their way into the outbox."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.core.calendar import WorkCalendar
from bot.core.clock import OFFICE_TIME
from bot.core.messages import Push
from bot.core.office_hours import ReminderCalendar, next_opening
from bot.core.people import Directory, OrgId, PersonId, Role
from bot.core.reminder_plan import ReminderPlan
from bot.core.reminders import Heads, Reminder, due_reminders, quiet_until, stages_passed
from bot.core.supervision import Item, ItemId, Occasion, SentReminder
from bot.services.outside import Calendars, Texts
from bot.services.reminder_plans import ReminderPlans
from bot.services.reminder_words import Due, gravest, push_message
from bot.services.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.supervision_groups import GroupDigests
from bot.services.supervision_notice_words import Notice, notice_message
from bot.services.unreached import UnreachedNews

TOLD_AT_ONCE = frozenset({"assisting", "to_sign"})
LOOKED_AT = 500  # items in one transaction

TOLD_AT_ONE_TIME = 200  # items in one transaction that writes

Sent = dict[ItemId, list[SentReminder]]


@dataclass(frozen=True)
class SupervisionPost:
    """Writes what people must be told; each reminder once, whoever asks and however often."""

    calendars: Calendars
    plans: ReminderPlans
    texts: Texts

    def tick(self, unit_of_work: UnitOfWorkFactory, now: datetime) -> None:
        """Write every reminder that is due: one message a person, a few people at a time."""
        beat = Beat(self, now)
        for people in in_batches(beat.look(unit_of_work)):
            with unit_of_work() as uow:
                beat.tell(uow, people)
                uow.commit(durable=False)  # what is lost with the machine is due again
        GroupDigests(self.calendars, self.plans, self.texts).tick(unit_of_work, now)
        UnreachedNews(self.texts).tick(unit_of_work, now)

    def remind(self, uow: UnitOfWork, items: Sequence[Item], now: datetime) -> None:
        """Write what is due for items that the unit of work has in hand."""
        Beat(self, now).tell_all(uow, items)

    def notify(
        self, uow: UnitOfWork, notice: Notice, to: PersonId, key: str, now: datetime
    ) -> None:
        """Tell somebody of a step: work given at once, the rest in office hours unless urgent."""
        item, today = notice.item, now.astimezone(OFFICE_TIME).date()
        message = notice_message(notice, today, self.texts)
        at_once = item.urgent or notice.event in TOLD_AT_ONCE
        calendar = ReminderCalendar(self.calendars.of(item.org))
        hours = self.plans.of(item.org).hours
        opening = None if at_once else next_opening(now, calendar, hours)
        uow.outbox.add(Push(key, item.org, to, message, not_before=opening), now)

    def cover(self, uow: UnitOfWork, item: Item, push_key: str, now: datetime) -> None:
        """Note as sent what a notice with the new deadline makes superfluous."""
        calendar, plan = self.calendars.of(item.org), self.plans.of(item.org)
        uow.items.add_reminders(stages_passed(item, now, calendar, plan), push_key, now)


def in_batches(
    wanted: Mapping[PersonId, Collection[ItemId]],
) -> Iterator[dict[PersonId, Collection[ItemId]]]:
    """People with the items they are told of, some at a time; nobody is in two batches."""
    batch: dict[PersonId, Collection[ItemId]] = {}
    for to, item_ids in sorted(wanted.items()):
        batch[to] = item_ids
        if sum(map(len, batch.values())) >= TOLD_AT_ONE_TIME:
            yield batch
            batch = {}
    if batch:
        yield batch


@dataclass(frozen=True)
class OfficeReminders:
    """What one office's reminders depend on beside its items, for one beat."""

    directory: Directory
    calendar: WorkCalendar
    plan: ReminderPlan
    heads: Heads

    def due(self, items: Sequence[Item], sent: Sent, now: datetime) -> list[Reminder]:
        """What is due for items of the office."""
        return due_reminders(items, sent, now, self.calendar, self.heads, self.plan)

    def quiet_until(self, item: Item, sent: Sequence[SentReminder], now: datetime) -> datetime:
        """Until when nothing is due of an item."""
        return quiet_until(item, sent, now, self.calendar, self.heads, self.plan)

    def is_leader(self, person_id: PersonId) -> bool:
        """Whether a person leads the office, and so hears counts first."""
        person = self.directory.person(person_id)
        return person is not None and person.has(Role.LEADER)


@dataclass(frozen=True)
class Beat:
    """One moment at which all offices are reminded.

    Whatever is stopped halfway is found again: an item is quiet only once everything due of it
    has been written, and what was written is due no more.
    """

    post: SupervisionPost
    now: datetime
    _offices: dict[OrgId, OfficeReminders] = field(default_factory=dict)

    def look(self, unit_of_work: UnitOfWorkFactory) -> dict[PersonId, set[ItemId]]:
        """Who must be told of which items; those of which nothing is due are quiet from now on."""
        wanted: defaultdict[PersonId, set[ItemId]] = defaultdict(set)
        last = ItemId(0)
        while True:
            with unit_of_work() as uow:
                items = uow.items.awake(self.now, last, LOOKED_AT)
                if not items:
                    return wanted
                sent, due = self._due(uow, items)
                self._hush(uow, [item for item in items if not due[item.id]], sent)
                uow.commit(durable=False)
            for reminder in (each for reminders in due.values() for each in reminders):
                wanted[reminder.to].add(reminder.item_id)
            last = items[-1].id

    def tell(self, uow: UnitOfWork, people: Mapping[PersonId, Collection[ItemId]]) -> None:
        """Write these people's messages; the items are read again, for they may have changed."""
        items = uow.items.locked(sorted(set().union(*people.values())))
        sent, due = self._due(uow, items)
        for to in people:
            self._write(uow, to, items, sent, due)
        self._hush(uow, [item for item in items if not due[item.id]], sent)

    def tell_all(self, uow: UnitOfWork, items: Sequence[Item]) -> None:
        """Write every person's message about items."""
        sent, due = self._due(uow, items)
        for to in sorted({reminder.to for reminders in due.values() for reminder in reminders}):
            self._write(uow, to, items, sent, due)

    @property
    def _today(self) -> date:
        return self.now.astimezone(OFFICE_TIME).date()

    def _due(
        self, uow: UnitOfWork, items: Sequence[Item]
    ) -> tuple[Sent, dict[ItemId, list[Reminder]]]:
        sent = uow.items.reminders([item.id for item in items], since=self._today)
        due: dict[ItemId, list[Reminder]] = {item.id: [] for item in items}
        for org in sorted({item.org for item in items}):
            own = [item for item in items if item.org == org]
            for reminder in self._office(uow, org).due(own, sent, self.now):
                due[reminder.item_id].append(reminder)
        return sent, due

    def _write(
        self,
        uow: UnitOfWork,
        to: PersonId,
        items: Sequence[Item],
        sent: Sent,
        due: dict[ItemId, list[Reminder]],
    ) -> None:
        """Store the message with its reminders, and move them from `due` to `sent`."""
        dues = []
        for item in items:
            own = [reminder for reminder in due[item.id] if reminder.to == to]
            if own:
                occasion = gravest(own).occasion
                by_itself = item.cycle is not None and occasion is Occasion.PROGRESS_DUE
                row = None if by_itself else self._offices[item.org].plan.row_of(occasion)
                dues.append(Due(item, own, self.post.plans.cite(item.org, row)))
        if not dues:
            return
        first = min(dues, key=lambda each: each.rank).first
        key = f"supervision:{first.item_id}:{first.occasion}:{first.day}:{to}"
        org = dues[0].item.org
        is_leader = self._offices[org].is_leader(to)
        message = push_message(dues, is_leader, self._today, self.post.texts)
        uow.outbox.add(Push(key, org, to, message), self.now)
        uow.items.add_reminders([r for each in dues for r in each.reminders], key, self.now)
        for each in dues:
            due[each.item.id] = [r for r in due[each.item.id] if r.to != to]
            sent[each.item.id] += [
                SentReminder(self.now, r.occasion, r.to, "pending", r.day) for r in each.reminders
            ]

    def _hush(self, uow: UnitOfWork, items: Sequence[Item], sent: Sent) -> None:
        untils = {
            item.id: self._offices[item.org].quiet_until(item, sent[item.id], self.now)
            for item in items
        }
        uow.items.hush(untils, self.now)

    def _office(self, uow: UnitOfWork, org: OrgId) -> OfficeReminders:
        if org not in self._offices:
            directory = uow.people.directory(org)
            heads = {(org, unit.name): unit.head for unit in directory.units if unit.head}
            calendar = ReminderCalendar(self.post.calendars.of(org))
            plan = self.post.plans.of(org)
            self._offices[org] = OfficeReminders(directory, calendar, plan, heads)
        return self._offices[org]
