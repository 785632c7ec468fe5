"""The one place where things are wired together."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import URL

from bot.adapters.chinese.approval_answers import ChineseApprovalReader
from bot.adapters.chinese.ledger_questions import ChineseLedgerReader
from bot.adapters.clock import SettableClock, SystemClock
from bot.adapters.people import load_directory
from bot.adapters.postgres.migrate import migrate
from bot.adapters.postgres.server import open_database
from bot.adapters.postgres.unit_of_work import SqlUnitOfWork
from bot.adapters.rasa import RasaDialogue
from bot.adapters.texts import YamlTexts
from bot.adapters.xlsx import XlsxWriter
from bot.core.rules import Edition
from bot.desks import Base, Desks, open_desks
from bot.platforms.dingtalk import open_dingtalk
from bot.platforms.local import open_local
from bot.platforms.opening import Ground, OpenPlatform
from bot.platforms.wecom import open_wecom
from bot.services.approval_talk import ApprovalTalk
from bot.services.approval_words import ApprovalWords
from bot.services.deliver import LEASE_S, Delivery
from bot.services.fallback import Fallback
from bot.services.inbox import Conversation, Reception
from bot.services.leave_ledger import LeaveLedger
from bot.services.leave_words import LeaveWords
from bot.services.ledger_talk import LedgerTalk
from bot.services.rule_talk import RuleTalk
from bot.services.storage import UnitOfWorkFactory
from bot.services.tick import Ticker
from bot.services.turns import TurnBook
from bot.services.workers import Pace, Workers
from bot.settings import LOCAL, Settings
from bot.wiring import Wiring
from knowledge.ingest.documents import Ingested, read_folder
from knowledge.ingest.references import label
from knowledge.search.embedders import Embedder, create_embedder
from knowledge.search.encoder import VectorEncoder

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
    """Wire the service around a database and the editions in it."""
    machine_clock = SystemClock()
    settable_clock = _settable_clock(settings, unit_of_work, machine_clock)
    clock = settable_clock or machine_clock
    base = Base(settings, unit_of_work, clock, machine_clock, YamlTexts(), embedder)
    desks = open_desks(base, editions)
    talk = _open_talk(base, desks)
    opened = _OPENERS[settings.platform](
        Ground(
            settings,
            database,
            unit_of_work,
            clock,
            base.texts,
            desks.leave,
            talk.reception,
            notice=lambda: work.workers.notice(),
        )
    )
    work = _open_work(base, desks, talk, opened)
    return _wired(base, desks, talk, work, opened, settable_clock)


def _settable_clock(
    settings: Settings, unit_of_work: UnitOfWorkFactory, machine_clock: SystemClock
) -> SettableClock | None:
    """A clock for trying things out; a real platform's time is nobody's to set."""
    return SettableClock(machine_clock, unit_of_work) if settings.platform == LOCAL else None


_OPENERS: dict[str, Callable[[Ground], OpenPlatform]] = {
    LOCAL: open_local,
    "dingtalk": open_dingtalk,
    "wecom": open_wecom,
}


@dataclass(frozen=True)
class _Talk:
    """What a message passes through."""

    reception: Reception
    conversation: Conversation
    dialogue: RasaDialogue
    turns: TurnBook
    leave_words: LeaveWords


def _open_talk(base: Base, desks: Desks) -> _Talk:
    settings, texts = base.settings, base.texts
    dialogue = RasaDialogue(settings.rasa_url, settings.rasa_timeout_s)
    turns, encoder, leave_words = TurnBook(), VectorEncoder(base.embedder), LeaveWords(texts)
    fallback = Fallback(
        base.unit_of_work, desks.rule_book, desks.leave, desks.supervision, leave_words, texts
    )
    conversation = Conversation(
        base.unit_of_work,
        base.clock,
        base.machine_clock,
        dialogue,
        fallback.reply,
        encoder,
        turns,
        texts,
    )
    reception = Reception(base.unit_of_work, base.clock, encoder)
    return _Talk(reception, conversation, dialogue, turns, leave_words)


@dataclass(frozen=True)
class _Work:
    """What goes on in the background."""

    delivery: Delivery
    ticker: Ticker
    workers: Workers


def _open_work(base: Base, desks: Desks, talk: _Talk, opened: OpenPlatform) -> _Work:
    delivery = Delivery(
        base.unit_of_work,
        base.clock,
        opened.platform,
        desks.leave,
        opened.broadcast,
        lease_s=LEASE_S / base.settings.platform_speed,
    )
    ticker = Ticker(
        desks.leave,
        desks.supervision,
        desks.unanswered,
        desks.bulletins,
        delivery,
        opened.approval_desk,
        desks.duties,
        opened.beats,
    )
    workers = Workers(
        talk.conversation,
        delivery,
        ticker,
        base.unit_of_work,
        Pace(base.settings.tick_s, outbox_threads=opened.outbox_threads),
        opened.events,
        opened.listeners,
    )
    return _Work(delivery, ticker, workers)


def _wired(
    base: Base,
    desks: Desks,
    talk: _Talk,
    work: _Work,
    opened: OpenPlatform,
    settable_clock: SettableClock | None,
) -> Wiring:
    unit_of_work, texts, rules = base.unit_of_work, base.texts, desks.rule_book
    answers, words = ChineseApprovalReader(), ApprovalWords(texts)
    return Wiring(
        clock=base.clock,
        unit_of_work=unit_of_work,
        texts=texts,
        turns=talk.turns,
        rules=rules,
        dialogue=talk.dialogue,
        rule_desk=desks.rules,
        rule_talk=RuleTalk(desks.rules, rules, rules.reader(), unit_of_work, texts),
        leave_desk=desks.leave,
        leave_words=talk.leave_words,
        leave_ledger=LeaveLedger(unit_of_work, base.clock, XlsxWriter(), talk.leave_words),
        supervision_desk=desks.supervision,
        duty_desk=desks.duties,
        bulletin_desk=desks.bulletins,
        ledger_talk=LedgerTalk(desks.bulletins, ChineseLedgerReader()),
        unanswered_desk=desks.unanswered,
        reception=talk.reception,
        conversation=talk.conversation,
        delivery=work.delivery,
        ticker=work.ticker,
        workers=work.workers,
        approval_desk=opened.approval_desk,
        approval_talk=ApprovalTalk(opened.approval_desk, desks.leave, unit_of_work, answers, words),
        settable_clock=settable_clock,
        label=partial(label, item=None),
        people_sync=opened.people,
        doors=opened.doors,
        identities=opened.identities,
        calls_allowed=opened.calls_allowed,
        close=opened.close,
    )
