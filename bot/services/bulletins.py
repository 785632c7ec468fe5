"""The supervision office's bulletins (督查通报): told at any time, pushed once a month."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.clock import OFFICE_TIME, Clock
from bot.core.clock import today as today_of
from bot.core.errors import InvalidInputError
from bot.core.messages import Push
from bot.core.office_hours import ReminderCalendar, opening_of, working_day_from
from bot.core.people import OrgId, Person, Role
from bot.core.supervision_history import ItemHistory
from bot.core.supervision_report import Bulletin, Period, month_period, report_on
from bot.core.supervision_rights import Act, may
from bot.services.bulletin_sheets import bulletin_sheets
from bot.services.bulletin_words import BulletinWords
from bot.services.outside import Calendars, Texts
from bot.services.reminder_plans import ReminderPlans
from bot.services.sheets import SheetWriter
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)

READERS = (Role.SUPERVISOR, Role.LEADER)  # to whom the monthly bulletin goes
SENT = "bulletin_sent"  # setting: the month that an office's people were last told of


@dataclass(frozen=True)
class BulletinDesk:
    """Makes bulletins of one office at a time; nothing of them is stored."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    calendars: Calendars
    plans: ReminderPlans
    writer: SheetWriter
    texts: Texts

    def today(self) -> date:
        """The office's date."""
        return today_of(self.clock)

    def draw_up(self, org: OrgId, period: Period | None = None) -> Bulletin:
        """The bulletin of a period; of this month, as far as it has come, if none is named."""
        with self.unit_of_work() as uow:
            return self._draw_up(uow, org, period)

    def draw_up_for(self, person: Person, period: Period | None = None) -> Bulletin:
        """What a person may see of it: all of the ledger, or the items of the own unit."""
        bulletin = self.draw_up(person.org, period)
        return bulletin if may(person, Act.SEE) else bulletin.of_units(person.unit)

    def month(self, named: str | None) -> Period:
        """The month of a day written as 2026-11 (None: the running one).

        Raises:
            InvalidInputError: "report_month_unreadable", "report_period_ahead".
        """
        return named_month(named, self.clock.now())

    def workbook(self, bulletin: Bulletin) -> bytes:
        """The bulletin as a workbook (xlsx): figures, ledger, what is behind each figure."""
        return self.writer.write(bulletin_sheets(bulletin, self.texts))

    def tick(self) -> None:
        """From the first working day of a month on, tell of the last one, once."""
        now = self.clock.now()
        with self.unit_of_work() as uow:
            orgs = uow.people.orgs()
        for org in orgs:
            self._tell(org, now)

    def _tell(self, org: OrgId, now: datetime) -> None:
        today = now.astimezone(OFFICE_TIME).date()
        first = working_day_from(today.replace(day=1), ReminderCalendar(self.calendars.of(org)))
        if now < opening_of(first, self.plans.of(org).hours):
            return
        last = month_period(today, now).previous(now)
        key = f"{SENT}:{org}"
        with self.unit_of_work() as uow:
            if uow.settings.get(key) == last.first.isoformat():
                return
            bulletin = self._draw_up(uow, org, last)
            if bulletin.report.cases:
                self._push(uow, bulletin, now)
            uow.settings.put(key, last.first.isoformat())
            uow.commit()

    def _push(self, uow: UnitOfWork, bulletin: Bulletin, now: datetime) -> None:
        message = BulletinWords(bulletin, self.texts).notice()
        readers = [p for p in bulletin.directory.people if any(map(p.has, READERS))]
        for person in readers:
            key = f"bulletin:{bulletin.report.period.first}:{person.id}"
            uow.outbox.add(Push(key, bulletin.org, person.id, message), now)
        logger.info(
            "bulletin told to %d",
            len(readers),
            extra={"event": "bulletin.told", "org": bulletin.org},
        )

    def _draw_up(self, uow: UnitOfWork, org: OrgId, period: Period | None) -> Bulletin:
        now = self.clock.now()
        period = period or month_period(now.astimezone(OFFICE_TIME).date(), now)
        before, yellow = period.previous(now), self.plans.of(org).yellow_days
        histories = histories_of(uow, org, before.first)
        return Bulletin(
            uow.people.directory(org),
            report_on(histories, period, yellow),
            report_on(histories, before, yellow),
            yellow,
        )


def histories_of(uow: UnitOfWork, org: OrgId, since: date) -> list[ItemHistory]:
    """The items that count for an office from a day on, with all that happened to them."""
    items = uow.items.counted_since(org, since)
    events = uow.items.events([item.id for item in items])
    return [ItemHistory(item, tuple(events[item.id])) for item in items]


def named_month(named: str | None, now: datetime) -> Period:
    """The month written as 2026-11, the running one for None; raises as `BulletinDesk.month`."""
    if named is None:
        return month_period(now.astimezone(OFFICE_TIME).date(), now)
    try:
        day = date.fromisoformat(f"{named}-01")
    except ValueError as error:
        raise InvalidInputError("report_month_unreadable", month=named) from error
    return month_period(day, now)
