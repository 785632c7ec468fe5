"""An office with a rule book, its clerk, and questions that the rules leave open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.adapters.people import load_directory
from bot.adapters.texts import YamlTexts
from bot.core.messages import Push
from bot.core.people import OrgId, Person, PersonId
from bot.core.rules import Answer, AnswerStatus, Article, Citation, Clause, Edition
from bot.core.talk import FollowUp
from bot.core.unanswered import GroupState
from bot.services.ask import RuleDesk
from bot.services.queues import OutboxState
from bot.services.unanswered import UnansweredDesk
from bot.services.unanswered_words import GroupView
from knowledge.answer.shelf import cite, find_article
from knowledge.meaning.questions import QuestionMeanings
from tests.fakes.clock import FakeClock
from tests.fakes.desks import CHANGLE, WeekdayCalendar
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.storage import FakeDatabase

PEOPLE = Path(__file__).parents[3] / "demo" / "people"
TEXT = "机关食堂由机关事务中心管理。\n（一）工作日午餐于十二时供应；\n（二）节假日不供应。"
LUNCH = "工作日午餐于十二时供应"


def edition(name: str, text: str = TEXT) -> Edition:
    clauses = (Clause(LUNCH, "一"),) if LUNCH in text else ()
    return Edition(
        id=name,
        org=CHANGLE,
        title="食堂规则",
        number="",
        issuer="",
        adopted_day=None,
        effective_day=None,
        repeals=None,
        content_hash="",
        text=text,
        articles=(Article(3, "", text, clauses, 0),),
    )


@dataclass
class SilentRules:
    """A rule book that answers no question, with an edition that can be replaced."""

    in_force: Edition = field(default_factory=lambda: edition("first"))
    status: AnswerStatus = AnswerStatus.NOT_FOUND

    def answer(self, org: OrgId, question: str, as_of: date | None = None) -> Answer:
        return Answer(self.status, "", "规则没有写明。", 0.9)

    def follow_up(
        self, org: OrgId, previous: str, question: str, last: Answer | None = None
    ) -> FollowUp:
        return FollowUp(previous + question, self.answer(org, question))

    def edition(self, org: OrgId, edition: str | None = None) -> Edition:
        return self.in_force

    def article(self, org: OrgId, ordinal: int, edition: str | None = None) -> Article:
        return find_article(self.in_force, ordinal)

    def cite(self, org: OrgId, ordinal: int, quote: str, item: str | None = None) -> Citation:
        return cite(self.in_force, self.article(org, ordinal), quote, item)


@dataclass
class Stage:
    """The desk and what a test looks into."""

    clock: FakeClock = field(default_factory=FakeClock)
    database: FakeDatabase = field(default_factory=FakeDatabase)
    rules: SilentRules = field(default_factory=SilentRules)

    def __post_init__(self) -> None:
        with self.database.unit_of_work() as uow:
            for org in ("changle", "yunyang"):
                uow.people.save(load_directory(PEOPLE / f"{org}.yml"))
            uow.commit()
        self.desk = UnansweredDesk(
            self.database.unit_of_work,
            self.clock,
            WeekdayCalendar(),
            self.rules,
            QuestionMeanings(FakeEmbedder()),
            YamlTexts(),
        )
        self.rule_desk = RuleDesk(self.clock, self.rules, self.desk)
        self.clerk = self.person("changle/clerk1")

    def person(self, user: str) -> Person:
        with self.database.unit_of_work() as uow:
            return uow.people.person(PersonId(user))

    def ask(self, *questions: str, org: OrgId = CHANGLE) -> list[Answer]:
        return [self.rule_desk.ask(org, question) for question in questions]

    def groups(self, *states: GroupState) -> list[GroupView]:
        return self.desk.listing(CHANGLE, states)

    def only(self) -> GroupView:
        [view] = self.groups()
        return view

    def pushes(self) -> list[Push]:
        with self.database.unit_of_work() as uow:
            entries = uow.outbox.listing(None, list(OutboxState))
        return [entry.payload for entry in entries if isinstance(entry.payload, Push)]

    def audit(self) -> list[str]:
        with self.database.unit_of_work() as uow:
            return [row.action for row in uow.audit.listing(CHANGLE)]

    def pass_days(self, days: int) -> None:
        self.clock.advance(days=days)
        self.desk.tick()
