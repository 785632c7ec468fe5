"""Answers to questions about the supervision ledger as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.core.clock import OFFICE_TIME
from bot.core.messages import Button, Message
from bot.core.people import Directory, Person
from bot.core.supervision import Item, ItemQuery
from bot.core.supervision_asking import Asked, LedgerQuestion, Months
from bot.core.supervision_report import Bulletin, Period, report_on
from bot.core.supervision_rights import Act, may
from bot.services.bulletin_words import BulletinWords
from bot.services.bulletins import BulletinDesk, histories_of
from bot.services.supervision_finding import seen_by
from bot.services.supervision_words import MOST_LISTED, counts_line, ledger_message

EVER = date(2000, 1, 1)  # before any ledger begins
MOST_UNITS = 30


class LedgerReader(Protocol):
    """Understands questions about the ledger."""

    def read(self, text: str, today: date, directory: Directory) -> LedgerQuestion:
        """Which items are asked for, and in which form; what is not said stays open."""
        ...


@dataclass(frozen=True)
class LedgerAnswer:
    """The whole answer, and the counts alone for where others read along."""

    whole: Message
    counts: str


@dataclass(frozen=True)
class LedgerTalk:
    """Answers within what a person may see: the whole office, or the items of the own unit."""

    bulletins: BulletinDesk
    reader: LedgerReader

    def answer(self, person: Person, text: str) -> LedgerAnswer:
        """The answer to a question.

        Raises:
            InvalidInputError: it asks for months that have not begun ("report_period_ahead").
        """
        now = self.bulletins.clock.now()
        today = now.astimezone(OFFICE_TIME).date()
        with self.bulletins.unit_of_work() as uow:
            directory = uow.people.directory(person.org)
        question = self.reader.read(text, today, directory)
        if question.asked is Asked.BULLETIN:
            return self._bulletin(person, question.months, now)
        if question.asked is Asked.RATE:
            return self._rates(person, question, now)
        items = self._items(person, question, now)
        return self._listed(person, text, items, question.asked, today)

    def _bulletin(self, person: Person, months: Months | None, now: datetime) -> LedgerAnswer:
        bulletin = self._draw_up(person, months, now)
        words = BulletinWords(bulletin, self.bulletins.texts)
        lines = [words.text()]
        if may(person, Act.SEE):
            lines.append(words.link())
        return LedgerAnswer(Message("\n".join(lines)), "\n".join(words.overview()))

    def _rates(self, person: Person, question: LedgerQuestion, now: datetime) -> LedgerAnswer:
        bulletin = self._draw_up(person, question.months, now)
        if question.query.unit is not None:
            bulletin = bulletin.of_unit(question.query.unit)
        words = BulletinWords(bulletin, self.bulletins.texts)
        overview = [words.title(), *words.overview()]
        lines = list(overview)
        if question.each_unit:
            lines += [words.unit_line(unit) for unit in bulletin.report.units[:MOST_UNITS]]
        if may(person, Act.SEE):
            lines.append(words.link())
        return LedgerAnswer(Message("\n".join(lines)), "\n".join(overview))

    def _draw_up(self, person: Person, months: Months | None, now: datetime) -> Bulletin:
        return self.bulletins.draw_up_for(person, months.period(now) if months else None)

    def _items(self, person: Person, question: LedgerQuestion, now: datetime) -> list[Item]:
        """The items asked for; those that something happened to are found by their events."""
        today = now.astimezone(OFFICE_TIME).date()
        with self.bulletins.unit_of_work() as uow:
            if question.figure is None:
                found = uow.items.listing(person.org)
                return seen_by(person, found, question.query, today)
            histories = histories_of(uow, person.org)
        period = question.months.period(now) if question.months else _ever(now)
        cases = report_on(histories, period, yellow_days=0).of(question.figure)
        wanted = {case.item.id for case in cases}
        items = [told.item for told in histories if told.item.id in wanted]
        return seen_by(person, items, _whatever_state(question.query), today)

    def _listed(
        self, person: Person, text: str, items: list[Item], asked: Asked, today: date
    ) -> LedgerAnswer:
        texts = self.bulletins.texts
        counts = counts_line(items, today, texts)
        if not items:
            return LedgerAnswer(ledger_message(items, today, texts), counts)
        if asked is Asked.COUNT:
            title = texts.say("bulletin.show_list")
            more = Button(title, texts.say("bulletin.say_list", text=text))
            return LedgerAnswer(Message(counts, (more,)), counts)
        shown = ledger_message(items, today, texts)
        if len(items) > MOST_LISTED:
            link = texts.say("bulletin.link", link=f"/supervision/{person.org}")
            lines = [shown.text, link] if may(person, Act.SEE) else [shown.text]
            shown = Message("\n".join([*lines, self._by_unit(items)]))
        return LedgerAnswer(shown, counts)

    def _by_unit(self, items: Sequence[Item]) -> str:
        """How many each unit has, where a list is too long to show it."""
        say = self.bulletins.texts.say
        units = Counter(item.lead_unit for item in items).most_common(MOST_UNITS)
        counts = [say("bulletin.unit_count", unit=unit, count=count) for unit, count in units]
        return say("bulletin.by_unit", counts="、".join(counts))


def _ever(now: datetime) -> Period:
    return Period(EVER, now.astimezone(OFFICE_TIME).date(), now + timedelta(microseconds=1))


def _whatever_state(query: ItemQuery) -> ItemQuery:
    """The same question without what its words say of the present state and deadline."""
    return replace(query, state=None, overdue=False, due_from=None, due_to=None, everything=True)
