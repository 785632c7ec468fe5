"""The desks, the same on every platform, wired together."""

from __future__ import annotations

from dataclasses import dataclass

from bot.adapters.calendars import load_calendars
from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.chinese.duty_reader import ChineseDutyReader
from bot.adapters.chinese.leave_reader import ChineseLeaveReader
from bot.adapters.chinese.supervision_reader import ChineseSupervisionReader
from bot.adapters.xlsx import XlsxWriter
from bot.core.clock import Clock
from bot.core.rules import Edition
from bot.services.ask import RuleDesk
from bot.services.bulletins import BulletinDesk
from bot.services.duties import DutyDesk
from bot.services.leave import LeaveDesk
from bot.services.outside import ProcedureBook, Texts
from bot.services.reminder_plans import ReminderPlans
from bot.services.storage import UnitOfWorkFactory
from bot.services.supervision import SupervisionDesk
from bot.services.unanswered import UnansweredDesk
from bot.settings import Settings
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.meaning.questions import QuestionMeanings
from knowledge.procedures.loader import load_procedures
from knowledge.search.embedders import Embedder
from knowledge.search.rerankers import create_reranker


@dataclass(frozen=True)
class Base:
    """What all desks stand on. `machine_clock` goes on by itself where `clock` is set by hand."""

    settings: Settings
    unit_of_work: UnitOfWorkFactory
    clock: Clock
    machine_clock: Clock
    texts: Texts
    embedder: Embedder


@dataclass(frozen=True)
class Desks:
    """Who does the work of the offices."""

    rule_book: SearchingRuleBook
    rules: RuleDesk
    leave: LeaveDesk
    supervision: SupervisionDesk
    duties: DutyDesk
    bulletins: BulletinDesk
    unanswered: UnansweredDesk


def open_desks(base: Base, editions: list[Edition]) -> Desks:
    """Wire the desks around the editions in force; their search indexes are opened."""
    unit_of_work, clock, texts = base.unit_of_work, base.clock, base.texts
    procedures = load_procedures(base.settings.procedures)
    calendars = load_calendars(base.settings.calendars, PublishedCalendar())
    rules = _open_rules(base, editions, procedures)
    meanings = QuestionMeanings(base.embedder)
    unanswered = UnansweredDesk(unit_of_work, clock, calendars, rules, meanings, texts)
    ruled = (unit_of_work, clock, calendars, procedures, rules)
    plans = ReminderPlans(procedures, rules)
    return Desks(
        rules,
        RuleDesk(clock, rules, unanswered),
        LeaveDesk(*ruled, ChineseLeaveReader(), texts),
        SupervisionDesk(*ruled, ChineseSupervisionReader(), texts),
        DutyDesk(*ruled, ChineseDutyReader(), texts),
        BulletinDesk(unit_of_work, clock, calendars, plans, XlsxWriter(), texts),
        unanswered,
    )


def _open_rules(
    base: Base, editions: list[Edition], procedures: ProcedureBook
) -> SearchingRuleBook:
    rules = SearchingRuleBook(
        editions,
        base.embedder,
        base.settings.index,
        base.clock,
        base.texts,
        procedures=procedures,
        reranker=create_reranker(base.settings.rerank_model),
    )
    rules.prepare()
    return rules
