"""Real desks on storage in memory, with readers and a rule book that are told what to say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bot.adapters.chinese.approval_answers import ChineseApprovalReader
from bot.adapters.chinese.duty_reader import ChineseDutyReader
from bot.adapters.chinese.ledger_questions import ChineseLedgerReader
from bot.adapters.chinese.supervision_reader import ChineseSupervisionReader
from bot.adapters.local.platform import LocalPlatform
from bot.adapters.people import load_directory
from bot.adapters.texts import YamlTexts
from bot.adapters.xlsx import XlsxWriter
from bot.core.calendar import WorkCalendar
from bot.core.errors import RefusedError
from bot.core.leave import LeaveParts
from bot.core.people import Directory, OrgId
from bot.services.approval_talk import ApprovalTalk
from bot.services.approval_words import ApprovalWords
from bot.services.approvals import ApprovalDesk
from bot.services.ask import RuleDesk
from bot.services.bulletins import BulletinDesk
from bot.services.deliver import Delivery
from bot.services.duties import DutyDesk
from bot.services.leave import LeaveDesk
from bot.services.leave_ledger import LeaveLedger
from bot.services.leave_words import LeaveWords
from bot.services.ledger_talk import LedgerTalk
from bot.services.reminder_plans import ReminderPlans
from bot.services.rule_talk import RuleTalk
from bot.services.supervision import SupervisionDesk
from bot.services.turns import TurnBook
from bot.services.unanswered import UnansweredDesk
from bot.wiring import Wiring
from knowledge.answer.offices import OfficeNames
from knowledge.answer.talk import TalkReader
from knowledge.meaning.questions import QuestionMeanings
from knowledge.procedures.loader import YamlProcedureBook, load_procedures
from knowledge.search.words import shared_words
from tests.fakes.clock import FakeClock
from tests.fakes.dialogue import FakeDialogue
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.rule_book import FakeRuleBook
from tests.fakes.rules import small_edition
from tests.fakes.storage import FakeDatabase

ROOT = Path(__file__).parent.parent.parent
CHANGLE, YUNYANG = OrgId("changle"), OrgId("yunyang")
TITLES = [
    replace(small_edition(), org=CHANGLE, title="昌乐县人民政府工作规则"),
    replace(small_edition(), org=YUNYANG, title="云阳县人民政府工作规则"),
]


@cache
def published_procedures() -> YamlProcedureBook:
    """The tables of every office; reading them takes most of a second."""
    return load_procedures(ROOT / "knowledge/procedures")


class WeekdayCalendar:
    """Monday to Friday, in every office."""

    def of(self, org: OrgId) -> WorkCalendar:
        return self

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5


@dataclass
class ScriptedLeaveReader:
    """Understands the sentences it was given, and nothing else."""

    sentences: dict[str, LeaveParts] = field(default_factory=dict)
    problems: dict[str, RefusedError] = field(default_factory=dict)
    read_texts: list[str] = field(default_factory=list)

    def counting_by(self, calendar: WorkCalendar) -> ScriptedLeaveReader:
        return self

    def read(
        self, text: str, today: date, asked: str | None = None, said: LeaveParts | None = None
    ) -> LeaveParts:
        self.read_texts.append(text)
        if text in self.problems:
            raise self.problems[text]
        return self.sentences.get(text, LeaveParts())

    def read_change(self, text: str, today: date, said: LeaveParts) -> LeaveParts:
        return said.merged(self.read(text, today))

    def is_out_of_area(self, place: str, directory: Directory) -> bool:
        return True

    def names_post(self, spoken: str) -> bool:
        return spoken.endswith("长")


@dataclass
class Desks:
    """Everything actions need, and what tests look into."""

    clock: FakeClock = field(default_factory=FakeClock)
    database: FakeDatabase = field(default_factory=FakeDatabase)
    rules: FakeRuleBook = field(default_factory=FakeRuleBook)
    leave_reader: ScriptedLeaveReader = field(default_factory=ScriptedLeaveReader)
    turns: TurnBook = field(default_factory=TurnBook)

    def __post_init__(self) -> None:
        with self.database.unit_of_work() as uow:
            for org in (CHANGLE, YUNYANG):
                uow.people.save(load_directory(ROOT / "demo" / "people" / f"{org}.yml"))
            uow.commit()

    def wiring(self) -> Wiring:
        """The wiring as far as actions use it."""
        unit_of_work, clock, texts = self.database.unit_of_work, self.clock, YamlTexts()
        procedures, calendar = published_procedures(), WeekdayCalendar()
        kept = (unit_of_work, clock, calendar, procedures, self.rules)
        leave_desk = LeaveDesk(*kept, self.leave_reader, texts)
        meanings = QuestionMeanings(FakeEmbedder())
        unanswered = UnansweredDesk(unit_of_work, clock, calendar, self.rules, meanings, texts)
        platform = LocalPlatform(unit_of_work, clock, texts)
        approval_desk = ApprovalDesk(unit_of_work, clock, leave_desk, texts)
        rule_desk = RuleDesk(clock, self.rules, unanswered)
        reader = TalkReader(OfficeNames(TITLES), shared_words())
        plans = ReminderPlans(procedures, self.rules)
        bulletins = BulletinDesk(unit_of_work, clock, calendar, plans, XlsxWriter(), texts)
        parts: dict[str, Any] = {
            "clock": clock,
            "unit_of_work": unit_of_work,
            "texts": texts,
            "turns": self.turns,
            "rules": self.rules,
            "dialogue": FakeDialogue(),
            "rule_desk": rule_desk,
            "rule_talk": RuleTalk(rule_desk, self.rules, reader, unit_of_work, texts),
            "unanswered_desk": unanswered,
            "leave_desk": leave_desk,
            "leave_words": LeaveWords(texts),
            "leave_ledger": LeaveLedger(unit_of_work, clock, XlsxWriter(), LeaveWords(texts)),
            "supervision_desk": SupervisionDesk(*kept, ChineseSupervisionReader(), texts),
            "duty_desk": DutyDesk(*kept, ChineseDutyReader(), texts),
            "bulletin_desk": bulletins,
            "ledger_talk": LedgerTalk(bulletins, ChineseLedgerReader()),
            "approval_desk": approval_desk,
            "approval_talk": ApprovalTalk(
                approval_desk,
                leave_desk,
                unit_of_work,
                ChineseApprovalReader(),
                ApprovalWords(texts),
            ),
            "delivery": Delivery(unit_of_work, clock, platform, leave_desk),
        }
        unused: dict[str, Any] = dict.fromkeys(set(Wiring.__dataclass_fields__) - set(parts))
        return Wiring(**parts, **unused)
