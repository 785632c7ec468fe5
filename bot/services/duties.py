"""Deadlines beside 督办: registered, told before and after, done."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.clock import OFFICE_TIME, Clock
from bot.core.duties import (
    Duty,
    DutyId,
    DutyKind,
    DutyOccasion,
    DutyReminder,
    DutyState,
    Lapse,
    due_duty_reminders,
)
from bot.core.errors import NotAllowedError, RefusedError
from bot.core.messages import Push
from bot.core.office_hours import ReminderCalendar, is_open, working_day_until
from bot.core.people import Directory, OrgId, Person, PersonId, Rank
from bot.core.rules import Citation
from bot.services.duty_registering import DutyReader, DutyRegistry
from bot.services.duty_rules import DutyRules, end_of
from bot.services.duty_words import Told, duties_push
from bot.services.outside import Calendars, ProcedureBook, RuleBook, Texts
from bot.services.reminder_plans import ReminderPlans
from bot.services.storage import EffectRepeatedError, UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DutyDesk:
    """The use cases of duties. What is repeated under its `turn_key` does nothing."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    calendars: Calendars
    procedures: ProcedureBook
    rules: RuleBook
    reader: DutyReader
    texts: Texts

    def register(self, person: Person, text: str, turn_key: str) -> list[Duty]:
        """Store what a sentence asks of a unit, and tell it: of minutes each step with a limit.

        Raises:
            InvalidInputError: "duty_kind_missing", "duty_title_missing", "duty_unit_missing",
                "deadline_past", or "duty_deadline_missing": neither the sentence nor the rules
                name a moment.
            CalendarUnpublishedError: the rule counts into a year that is not published.
        """
        now = self.clock.now()
        with self.unit_of_work() as uow:
            effect = f"{turn_key}:duty.register"
            done = uow.effects.subject(effect)
            if done is not None:
                return [uow.duties.get(person.org, DutyId(int(n))) for n in done.split(",")]
            directory = uow.people.directory(person.org)
            parts = self.reader.read(text, now, directory)
            registry = DutyRegistry(
                directory, self._duty_rules(), self._plans().of(person.org).hours
            )
            duties = registry.new_duties(uow, person, parts, now)
            for duty in duties:
                uow.duties.add(duty)
                details = {"kind": duty.kind.value, "due": duty.due_at.isoformat()}
                subject = f"duty:{duty.id}"
                uow.audit.append(duty.org, person.id, "duty.registered", subject, now, details)
            uow.effects.record(effect, ",".join(str(duty.id) for duty in duties))
            self._remind(uow, duties, now)
            uow.commit()
        return duties

    def finish(self, person: Person, text: str, turn_key: str) -> Duty:
        """Note that a duty is done; of a sentence without a number, the only one it can mean.

        Raises:
            NotAllowedError: neither owed by the person or the unit, nor waited for.
            RefusedError: "duty_which", or "duty_none".
        """
        return self._finish(person, self.reader.read_number(text), turn_key)

    def finish_number(self, person: Person, number: DutyId, turn_key: str) -> Duty:
        """The same for a duty that is pointed at."""
        return self._finish(person, number, turn_key)

    def _finish(self, person: Person, number: DutyId | None, turn_key: str) -> Duty:
        now, effect = self.clock.now(), f"{turn_key}:duty.finish"
        with self.unit_of_work() as uow:
            done = uow.effects.subject(effect)
            if done is not None:
                return uow.duties.get(person.org, DutyId(int(done)))
            duty = self._named(uow, person, number).closed(DutyState.DONE, now)
            uow.duties.update(duty)
            uow.effects.record(effect, str(duty.id))
            uow.audit.append(duty.org, person.id, "duty.done", f"duty:{duty.id}", now)
            uow.commit()
        return duty

    def own(self, person: Person) -> list[Duty]:
        """The open duties of a person or the person's unit, the first due first."""
        return [duty for duty in self.listing(person.org) if owes(person, duty)]

    def listing(self, org: OrgId, state: DutyState | None = DutyState.OPEN) -> list[Duty]:
        """The duties of an office in a state (None: all), the first due first."""
        with self.unit_of_work() as uow:
            return uow.duties.listing(org, state)

    def tick(self) -> None:
        """Open what comes every week, tell what is due, close what has lapsed."""
        now = self.clock.now()
        with self.unit_of_work() as uow:
            weekly = [org for org in uow.people.orgs() if self._opens_week(uow, org, now)]
        for org in weekly:
            self._open_week(org, now)
        with self.unit_of_work() as uow:
            duties = uow.duties.open_duties()
            if duties:
                self._remind(uow, duties, now)
                uow.commit()

    def _named(self, uow: UnitOfWork, person: Person, number: DutyId | None) -> Duty:
        if number is not None:
            duty = uow.duties.get(person.org, number)
            if not owes(person, duty) and duty.by != person.id:
                raise NotAllowedError("duty_not_allowed", number=number)
            return duty
        own = [d for d in uow.duties.listing(person.org, DutyState.OPEN) if owes(person, d)]
        if len(own) != 1:
            numbers = "、".join(str(duty.id) for duty in own)
            raise RefusedError("duty_which" if own else "duty_none", numbers=numbers)
        return uow.duties.get(person.org, own[0].id)

    def _remind(self, uow: UnitOfWork, duties: Sequence[Duty], now: datetime) -> None:
        """One message a person for all that is due, and a lapse that is told closes its duty."""
        sent = uow.duties.sent([duty.id for duty in duties])
        by_id = {duty.id: duty for duty in duties}
        people: defaultdict[tuple[OrgId, PersonId], list[DutyReminder]] = defaultdict(list)
        for org in sorted({duty.org for duty in duties}):
            own = [duty for duty in duties if duty.org == org]
            hours = self._plans().of(org).hours
            for reminder in due_duty_reminders(own, sent, now, self.calendars.of(org), hours):
                people[org, reminder.to].append(reminder)
        for (org, to), reminders in people.items():
            first = reminders[0]
            key = f"duty:{first.duty_id}:{first.occasion}:{first.day}:{to}"
            told = [Told(by_id[reminder.duty_id], reminder) for reminder in reminders]
            uow.outbox.add(Push(key, org, to, duties_push(told, to, self.texts)), now)
            uow.duties.add_reminders(reminders, key, now)
        passed = {r.duty_id for rs in people.values() for r in rs if r.occasion is _PASSED}
        for duty in (by_id[duty_id] for duty_id in sorted(passed)):
            if duty.lapse is Lapse.NO_OBJECTION:
                uow.duties.update(uow.duties.get(duty.org, duty.id).closed(DutyState.LAPSED, now))

    def _opens_week(self, uow: UnitOfWork, org: OrgId, now: datetime) -> bool:
        weekly = self._duty_rules().weekly(org)
        if weekly is None:
            return False
        calendar, hours = ReminderCalendar(self.calendars.of(org)), self._plans().of(org).hours
        day = _day_of_week(now, weekly[0], calendar)
        today = now.astimezone(OFFICE_TIME).date()
        return (
            today == day
            and is_open(now, calendar, hours)
            and uow.effects.subject(_weekly_effect(org, day)) is None
        )

    def _open_week(self, org: OrgId, now: datetime) -> None:
        weekly, hours = self._duty_rules().weekly(org), self._plans().of(org).hours
        today = now.astimezone(OFFICE_TIME).date()
        with self.unit_of_work() as uow:
            owner = _clerk_of_plans(uow.people.directory(org))
            if weekly is None or owner is None:
                return
            duty = self._weekly_duty(uow, org, owner, weekly[1], (now, end_of(today, hours)))
            try:
                uow.effects.record(_weekly_effect(org, today), str(duty.id))
            except EffectRepeatedError:
                return  # another process was quicker
            uow.duties.add(duty)
            uow.commit()

    def _weekly_duty(
        self,
        uow: UnitOfWork,
        org: OrgId,
        owner: Person,
        rule: Citation,
        span: tuple[datetime, datetime],
    ) -> Duty:
        return Duty(
            id=uow.duties.next_id(),
            org=org,
            kind=DutyKind.WEEKLY_PLAN,
            title=self.texts.say("duties.weekly_title"),
            unit=owner.unit,
            person=owner.id,
            by=owner.id,
            opened_at=span[0],
            due_at=span[1],
            rule=rule,
            lapse=Lapse.NOTHING,
            lapse_rule=None,
        )

    def _plans(self) -> ReminderPlans:
        return ReminderPlans(self.procedures, self.rules)

    def _duty_rules(self) -> DutyRules:
        return DutyRules(self.procedures, self.rules, self.calendars)


_PASSED = DutyOccasion.PASSED


def owes(person: Person, duty: Duty) -> bool:
    """Whether a duty is the person's to do, or the person's unit's."""
    return duty.org == person.org and (duty.person == person.id or duty.unit == person.unit)


def _day_of_week(now: datetime, weekday: int, calendar: ReminderCalendar) -> date:
    """The day of this week that a weekly duty falls on; off, it is the working day before."""
    today = now.astimezone(OFFICE_TIME).date()
    return working_day_until(today + timedelta(days=weekday - today.weekday()), calendar)


def _weekly_effect(org: OrgId, day: date) -> str:
    return f"duty.weekly:{org}:{day}"


def _clerk_of_plans(directory: Directory) -> Person | None:
    directors = (p for p in directory.people if p.rank is Rank.OFFICE_DIRECTOR)
    return next(directors, None)
