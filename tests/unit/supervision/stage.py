"""A supervision desk on fakes, with the demo offices, their tables and the true readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from pathlib import Path

from bot.adapters.calendars import OfficeCalendars
from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.chinese.supervision_reader import ChineseSupervisionReader
from bot.adapters.people import load_directory
from bot.adapters.texts import YamlTexts
from bot.core.clock import OFFICE_TIME
from bot.core.messages import Push
from bot.core.people import OrgId, Person, PersonId
from bot.core.supervision import Item, ItemId, ItemKind, ItemState
from bot.services.storage import OutboxState, UnitOfWorkFactory
from bot.services.supervision import SupervisionDesk
from knowledge.procedures.loader import load_procedures
from tests.fakes.clock import FakeClock
from tests.fakes.rule_book import FakeRuleBook
from tests.fakes.storage import FakeDatabase

ROOT = Path(__file__).parents[3]
CHANGLE, SHUANGTAIZI = OrgId("changle"), OrgId("shuangtaizi")
MONDAY = date(2026, 11, 23)


@dataclass
class Stage:
    """One installation with two offices; every sentence is a turn of its own."""

    rules: FakeRuleBook = field(default_factory=FakeRuleBook)
    clock: FakeClock = field(default_factory=FakeClock)
    database: FakeDatabase = field(default_factory=FakeDatabase)
    turns: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.texts = YamlTexts()
        with self.database.unit_of_work() as uow:
            for org in (CHANGLE, SHUANGTAIZI):
                uow.people.save(load_directory(ROOT / "demo" / "people" / f"{org}.yml"))
            uow.commit()
        self.desk = self.desk_on(self.database.unit_of_work)

    def desk_on(self, unit_of_work: UnitOfWorkFactory) -> SupervisionDesk:
        """A desk with everything of this stage but its database."""
        return SupervisionDesk(
            unit_of_work,
            self.clock,
            OfficeCalendars(PublishedCalendar(), {}),
            load_procedures(ROOT / "knowledge" / "procedures"),
            self.rules,
            ChineseSupervisionReader(),
            self.texts,
        )

    def person(self, post: str, org: OrgId = CHANGLE) -> Person:
        return self.database.unit_of_work().people.person(PersonId(f"{org}/{post}"))

    def turn(self) -> str:
        return f"turn-{next(self.turns)}"

    def register(
        self, text: str, post: str = "supervisor1", org: OrgId = CHANGLE, unlisted: bool = False
    ) -> Item:
        return self.desk.register(self.person(post, org), text, self.turn(), unlisted)

    def item(self, number: str, org: OrgId = CHANGLE) -> Item:
        return next(item for item in self.desk.listing(org) if item.number == number)

    def pushes(self, to: str, org: OrgId = CHANGLE) -> list[Push]:
        """What is on its way to a person, oldest first."""
        return self.pushes_to(f"{org}/{to}")

    def pushes_to(self, to: str) -> list[Push]:
        """What is on its way to a person or a group."""
        entries = self.database.unit_of_work().outbox.listing(None, list(OutboxState))
        pushes = [entry.payload for entry in entries if isinstance(entry.payload, Push)]
        return [push for push in pushes if push.to == to]

    def at(self, *moment: int) -> None:
        self.clock.set(datetime(*moment, tzinfo=OFFICE_TIME))  # type: ignore[misc,arg-type]


def sample_item(
    number: int = 1,
    assigned: date = MONDAY,
    deadline: date | None = date(2026, 11, 30),
    kind: ItemKind = ItemKind.ORDINARY,
    state: ItemState = ItemState.WORKING,
    urgent: bool = False,
) -> Item:
    """An item of 昌乐's 发展和改革局."""
    return Item(
        id=ItemId(number),
        org=CHANGLE,
        number=f"督〔{assigned.year}〕{number}号",
        content="报送重点项目进展",
        source="县长批示",
        kind=kind,
        lead_unit="发展和改革局",
        registered_unit=True,
        assist_units=("教育和体育局",),
        person=PersonId("changle/bureau_head"),
        supervisor=PersonId("changle/supervisor1"),
        leader=PersonId("changle/deputy1"),
        urgent=urgent,
        assigned_day=assigned,
        deadline=deadline,
        deadline_rule=None,
        state=state,
    )
