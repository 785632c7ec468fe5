"""The one place where things are wired together."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import URL

from bot.adapters.calendars import load_calendars
from bot.adapters.chinese.approval_answers import ChineseApprovalReader
from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.chinese.duty_reader import ChineseDutyReader
from bot.adapters.chinese.leave_reader import ChineseLeaveReader
from bot.adapters.chinese.ledger_questions import ChineseLedgerReader
from bot.adapters.chinese.supervision_reader import ChineseSupervisionReader
from bot.adapters.clock import SettableClock, SystemClock
from bot.adapters.people import load_directory
from bot.adapters.postgres.migrate import migrate
from bot.adapters.postgres.server import open_database
from bot.adapters.postgres.unit_of_work import SqlUnitOfWork
from bot.adapters.rasa import RasaDialogue
from bot.adapters.texts import YamlTexts
from bot.adapters.xlsx import XlsxWriter
from bot.core.clock import Clock
from bot.core.rules import Edition
from bot.platforms.dingtalk import open_dingtalk
from bot.platforms.local import open_local
from bot.platforms.opening import Ground, OpenPlatform
from bot.platforms.wecom import open_wecom
from bot.services.approval_talk import ApprovalTalk
from bot.services.approval_words import ApprovalWords
from bot.services.ask import RuleDesk
from bot.services.bulletins import BulletinDesk
from bot.services.deliver import Delivery
from bot.services.duties import DutyDesk
from bot.services.fallback import Fallback
from bot.services.inbox import Conversation, Reception
from bot.services.leave import LeaveDesk
from bot.services.leave_ledger import LeaveLedger
from bot.services.leave_words import LeaveWords
from bot.services.ledger_talk import LedgerTalk
from bot.services.outside import Calendars, Meanings, ProcedureBook, RuleBook, Texts
from bot.services.reminder_plans import ReminderPlans
from bot.services.rule_talk import RuleTalk
from bot.services.storage import UnitOfWorkFactory
from bot.services.supervision import SupervisionDesk
from bot.services.tick import Ticker
from bot.services.turns import TurnBook
from bot.services.unanswered import UnansweredDesk
from bot.services.workers import Pace, Workers
from bot.settings import LOCAL, Settings
from bot.wiring import Wiring
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.ingest.documents import Ingested, read_folder
from knowledge.ingest.references import label
from knowledge.meaning.questions import QuestionMeanings
from knowledge.procedures.loader import load_procedures
from knowledge.search.embedders import Embedder, create_embedder
from knowledge.search.encoder import VectorEncoder
from knowledge.search.rerankers import create_reranker

logger = logging.getLogger(__name__)


def load_people(settings: Settings, unit_of_work: UnitOfWorkFactory) -> None:
    """Store the directories of `people`; a platform's own lists come from the platform."""
    if settings.platform != LOCAL and settings.people == Settings.people:
        return  # the demo's people are nobody there
    with unit_of_work() as uow:
        for path in sorted(settings.people.glob("*.yml")):
            uow.people.save(load_directory(path))
        uow.items.wake()  # other people, and perhaps other tables and days off, than before
        uow.commit()


def ingest(settings: Settings, unit_of_work: UnitOfWorkFactory) -> Ingested:
    """Read the rule documents and store what is new; broken ones are named, the rest load."""
    ingested = read_folder(settings.documents)
    for failure in ingested.failures:
        logger.error("%s", failure, extra={"event": "ingest.failed", "code": failure.code})
    with unit_of_work() as uow:
        for edition in ingested.editions:
            uow.rules.save(edition)
        uow.commit()
    return ingested


def wire(settings: Settings) -> Wiring:
    """Open the database, bring everything up to date and put it together.

    Raises:
        ConfigurationError: the installation lacks something; its code says what.
    """
    engine = open_database(settings)
    migrate(engine)
    unit_of_work: UnitOfWorkFactory = partial(SqlUnitOfWork, engine)
    load_people(settings, unit_of_work)
    ingest(settings, unit_of_work)
    with unit_of_work() as uow:
        editions = uow.rules.editions()
    embedder = create_embedder(settings.embedding_model)
    return assemble(settings, engine.url, unit_of_work, editions, embedder)


def assemble(
    settings: Settings,
    database: URL,
    unit_of_work: UnitOfWorkFactory,
    editions: list[Edition],
    embedder: Embedder,
) -> Wiring:
    """Wire the desks around a database and the editions in it."""
    machine_clock = SystemClock()
    settable_clock = _settable_clock(settings, unit_of_work, machine_clock)
    clock = settable_clock or machine_clock
    texts = YamlTexts()
    procedures = load_procedures(settings.procedures)
    rules = _open_rules(settings, editions, embedder, clock, texts, procedures)
    meanings = QuestionMeanings(embedder)
    offices = _Offices(procedures, load_calendars(settings.calendars, PublishedCalendar()))
    desks = _open_desks(offices, unit_of_work, clock, rules, meanings, texts)
    dialogue = RasaDialogue(settings.rasa_url, settings.rasa_timeout_s)
    turns, encoder = TurnBook(), VectorEncoder(embedder)
    conversation = Conversation(
        unit_of_work,
        clock,
        machine_clock,
        dialogue,
        desks.fallback.reply,
        encoder,
        turns,
        texts,
    )
    reception = Reception(unit_of_work, clock, encoder)
    opened = _OPENERS[settings.platform](
        Ground(
            settings,
            database,
            unit_of_work,
            clock,
            texts,
            desks.leave,
            reception,
            notice=lambda: workers.notice(),
        )
    )
    delivery = Delivery(unit_of_work, clock, opened.platform, desks.leave, opened.broadcast)
    ticker = _ticker(desks, delivery, opened)
    workers = Workers(
        conversation,
        delivery,
        ticker,
        unit_of_work,
        Pace(settings.tick_s, outbox_threads=opened.outbox_threads),
        opened.events,
        opened.listeners,
    )
    return Wiring(
        clock=clock,
        unit_of_work=unit_of_work,
        texts=texts,
        turns=turns,
        rules=rules,
        dialogue=dialogue,
        rule_desk=desks.rules,
        rule_talk=RuleTalk(desks.rules, rules, rules.reader(), unit_of_work, texts),
        leave_desk=desks.leave,
        leave_words=desks.leave_words,
        leave_ledger=LeaveLedger(unit_of_work, clock, XlsxWriter(), desks.leave_words),
        supervision_desk=desks.supervision,
        duty_desk=desks.duties,
        bulletin_desk=desks.bulletins,
        ledger_talk=LedgerTalk(desks.bulletins, ChineseLedgerReader()),
        unanswered_desk=desks.unanswered,
        reception=reception,
        conversation=conversation,
        delivery=delivery,
        ticker=ticker,
        workers=workers,
        approval_desk=opened.approval_desk,
        approval_talk=ApprovalTalk(
            opened.approval_desk,
            desks.leave,
            unit_of_work,
            ChineseApprovalReader(),
            ApprovalWords(texts),
        ),
        settable_clock=settable_clock,
        label=partial(label, item=None),
        people_sync=opened.people,
        doors=opened.doors,
        identities=opened.identities,
        calls_allowed=opened.calls_allowed,
        close=opened.close,
    )


def _open_rules(
    settings: Settings,
    editions: list[Edition],
    embedder: Embedder,
    clock: Clock,
    texts: Texts,
    procedures: ProcedureBook,
) -> SearchingRuleBook:
    """The rule book, every index in force open."""
    rules = SearchingRuleBook(
        editions,
        embedder,
        settings.index,
        clock,
        texts,
        procedures=procedures,
        reranker=create_reranker(settings.rerank_model),
    )
    rules.prepare()
    return rules


def _ticker(desks: _Desks, delivery: Delivery, opened: OpenPlatform) -> Ticker:
    return Ticker(
        desks.leave,
        desks.supervision,
        desks.unanswered,
        desks.bulletins,
        delivery,
        opened.approval_desk,
        desks.duties,
        opened.beats,
    )


_OPENERS: dict[str, Callable[[Ground], OpenPlatform]] = {
    LOCAL: open_local,
    "dingtalk": open_dingtalk,
    "wecom": open_wecom,
}


def _settable_clock(
    settings: Settings, unit_of_work: UnitOfWorkFactory, machine_clock: SystemClock
) -> SettableClock | None:
    """A clock for trying things out; a real platform's time is nobody's to set."""
    return SettableClock(machine_clock, unit_of_work) if settings.platform == LOCAL else None


@dataclass(frozen=True)
class _Desks:
    rules: RuleDesk
    leave: LeaveDesk
    leave_words: LeaveWords
    supervision: SupervisionDesk
    duties: DutyDesk
    bulletins: BulletinDesk
    unanswered: UnansweredDesk
    fallback: Fallback


@dataclass(frozen=True)
class _Offices:
    """What every office has of its own."""

    procedures: ProcedureBook
    calendars: Calendars


def _open_desks(
    offices: _Offices,
    unit_of_work: UnitOfWorkFactory,
    clock: Clock,
    rules: RuleBook,
    meanings: Meanings,
    texts: Texts,
) -> _Desks:
    procedures, calendars = offices.procedures, offices.calendars
    unanswered = UnansweredDesk(unit_of_work, clock, calendars, rules, meanings, texts)
    rule_desk = RuleDesk(clock, rules, unanswered)
    leave_desk = LeaveDesk(
        unit_of_work, clock, calendars, procedures, rules, ChineseLeaveReader(), texts
    )
    supervision_desk = SupervisionDesk(
        unit_of_work, clock, calendars, procedures, rules, ChineseSupervisionReader(), texts
    )
    duties = DutyDesk(unit_of_work, clock, calendars, procedures, rules, ChineseDutyReader(), texts)
    plans = ReminderPlans(procedures, rules)
    bulletins = BulletinDesk(unit_of_work, clock, calendars, plans, XlsxWriter(), texts)
    leave_words = LeaveWords(texts)
    fallback = Fallback(unit_of_work, rules, leave_desk, supervision_desk, leave_words, texts)
    return _Desks(
        rule_desk,
        leave_desk,
        leave_words,
        supervision_desk,
        duties,
        bulletins,
        unanswered,
        fallback,
    )
