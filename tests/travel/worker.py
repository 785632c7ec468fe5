"""The process that is killed: runs one beat for each moment that it is told, and says when done."""

from __future__ import annotations

from functools import partial
from multiprocessing.connection import Connection

from bot.adapters.calendars import OfficeCalendars
from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.local.platform import LocalPlatform
from bot.adapters.postgres.engine import make_engine, read_url
from bot.adapters.postgres.unit_of_work import SqlUnitOfWork
from bot.adapters.texts import YamlTexts
from bot.core.people import OrgId
from bot.core.procedures import Procedures
from bot.services.deliver import Delivery
from bot.services.reminder_plans import ReminderPlans
from bot.services.supervision_reminders import SupervisionPost
from tests.fakes.clock import FakeClock
from tests.fakes.rule_book import FakeRuleBook

DONE = "done"


class NoTables:
    """Offices that keep the usual stages."""

    def of(self, org: OrgId) -> Procedures:
        return Procedures(org, {})


class NothingToFile:
    """No leave waits for an approval here."""

    def is_wanted(self, approval_key: str) -> bool:
        return False

    def filed(self, approval_key: str, approval: str) -> None: ...

    def not_filed(self, approval_key: str) -> None:
        raise AssertionError("nothing is filed here")

    def unwanted_approvals(self) -> list[tuple[str, str]]:
        return []

    def cancelled(self, approval_key: str) -> None: ...


def work(database_url: str, orders: Connection) -> None:
    """Run one beat for each moment that comes, and say when it is done."""
    unit_of_work = partial(SqlUnitOfWork, make_engine(read_url(database_url)))
    clock, texts = FakeClock(), YamlTexts()
    calendars = OfficeCalendars(PublishedCalendar(), {})
    post = SupervisionPost(calendars, ReminderPlans(NoTables(), FakeRuleBook()), texts)
    platform = LocalPlatform(unit_of_work, clock, texts)
    delivery = Delivery(unit_of_work, clock, platform, NothingToFile())
    while (now := orders.recv()) is not None:
        clock.set(now)
        post.tick(unit_of_work, clock.now())
        delivery.deliver_all()
        orders.send(DONE)
