"""The process that is killed: runs one beat for each moment that it reads, and says when done."""

from __future__ import annotations

import sys
from datetime import datetime
from functools import partial

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


def main(database_url: str) -> None:
    """Work until the input ends."""
    unit_of_work = partial(SqlUnitOfWork, make_engine(read_url(database_url)))
    clock, texts = FakeClock(), YamlTexts()
    calendars = OfficeCalendars(PublishedCalendar(), {})
    post = SupervisionPost(calendars, ReminderPlans(NoTables(), FakeRuleBook()), texts)
    platform = LocalPlatform(unit_of_work, clock, texts)
    delivery = Delivery(unit_of_work, clock, platform, NothingToFile())
    for line in sys.stdin:
        clock.set(datetime.fromisoformat(line.strip()))
        post.tick(unit_of_work, clock.now())
        delivery.deliver_all()
        print("done", flush=True)  # noqa: T201 - what the other process waits for


if __name__ == "__main__":
    main(sys.argv[1])
