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
from bot.core.supervision_rights import Act, may, require
from bot.services.bulletin_words import BulletinWords
from bot.services.bulletins import BulletinDesk, histories_of
from bot.services.outside import Texts
from bot.services.supervision_finding import asked_for, seen_by
from bot.services.supervision_words import (
    MOST_LISTED,
    counts_line,
    extensions_message,
    ledger_message,
)

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
            NotAllowedError: it asks for what waits for a decision that is not the person's.
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
        found = self._items(person, question, now)
        items = [item for item in found if not question.units or item.lead_unit in question.units]
        if question.query.extension_asked:
            return self._extensions(person, question, items, today)
        return self._listed(person, text, items, question.asked, today)

    def _extensions(
        self, person: Person, question: LedgerQuestion, items: list[Item], today: date
    ) -> LedgerAnswer:
        """The extensions that wait, to be granted or refused by whoever decides on them.

        Raises:
            NotAllowedError: those are asked for that the person decides on, who decides on none.
        """
        if question.own_desk:
            require(person, Act.DECIDE_EXTENSION)
        texts = self.bulletins.texts
        return LedgerAnswer(
            extensions_message(items, person, today, texts), counts_line(items, today, texts)
        )

    def _bulletin(self, person: Person, months: Months | None, now: datetime) -> LedgerAnswer:
        """The whole text for those who see the whole ledger; others hear of their own unit."""
        bulletin = self._draw_up(person, months, now)
        words = BulletinWords(bulletin, self.bulletins.texts)
        if may(person, Act.SEE):
            text = "\n".join((words.text(), words.link()))
            return LedgerAnswer(Message(text), "\n".join(words.overview()))
        own = self._figures(person, bulletin, person.unit, each_unit=True)
        if not bulletin.report.cases:
            return own
        told = self.bulletins.texts.say("bulletin.by_the_office")
        return replace(own, whole=Message("\n".join((told, own.whole.text))))

    def _rates(self, person: Person, question: LedgerQuestion, now: datetime) -> LedgerAnswer:
        bulletin, unit = self._draw_up(person, question.months, now), question.query.unit
        if unit is not None:
            return self._figures(person, bulletin.of_units(unit), unit, question.each_unit)
        if question.units:
            some = bulletin.of_units(*question.units)
            return self._figures(person, some, question.units_called, question.each_unit)
        whose = bulletin.directory.office.name if may(person, Act.SEE) else person.unit
        return self._figures(person, bulletin, whose, question.each_unit)

    def _figures(
        self, person: Person, bulletin: Bulletin, whose: str, each_unit: bool
    ) -> LedgerAnswer:
        """The figures of a period; nothing of it if there is nothing that the person may see."""
        texts, oversees = self.bulletins.texts, may(person, Act.SEE)
        if not oversees and not bulletin.report.cases:
            return LedgerAnswer(*_nothing(texts))
        words = BulletinWords(bulletin, texts)
        overview = [words.heading(whose), *words.overview()]
        lines = list(overview)
        if each_unit:
            lines += [words.unit_line(unit) for unit in bulletin.report.units[:MOST_UNITS]]
        if oversees:
            lines.append(words.link())
        return LedgerAnswer(Message("\n".join(lines)), "\n".join(overview))

    def _draw_up(self, person: Person, months: Months | None, now: datetime) -> Bulletin:
        return self.bulletins.draw_up_for(person, months.period(now) if months else None)

    def _items(self, person: Person, question: LedgerQuestion, now: datetime) -> list[Item]:
        """The items asked for; those that something happened to are found by their events."""
        today = now.astimezone(OFFICE_TIME).date()
        with self.bulletins.unit_of_work() as uow:
            if question.figure is None:
                found = asked_for(uow, person.org, question.query)
                return seen_by(person, found, question.query, today)
            period = question.months.period(now) if question.months else _ever(now)
            histories = histories_of(uow, person.org, period.first)
        cases = report_on(histories, period, yellow_days=0).of(question.figure)
        wanted = {case.item.id for case in cases}
        items = [told.item for told in histories if told.item.id in wanted]
        return seen_by(person, items, _whatever_state(question), today)

    def _listed(
        self, person: Person, text: str, items: list[Item], asked: Asked, today: date
    ) -> LedgerAnswer:
        texts = self.bulletins.texts
        counts = counts_line(items, today, texts)
        if not items:
            return LedgerAnswer(ledger_message(items, today, texts), counts)
        if asked is Asked.BY_UNIT:
            return LedgerAnswer(Message(f"{counts}\n{self._by_unit(items)}"), counts)
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


def _nothing(texts: Texts) -> tuple[Message, str]:
    nothing = texts.say("supervision.ledger_empty")
    return Message(nothing), nothing


def _ever(now: datetime) -> Period:
    return Period(EVER, now.astimezone(OFFICE_TIME).date(), now + timedelta(microseconds=1))


def _whatever_state(question: LedgerQuestion) -> ItemQuery:
    """The same items without what the words say of their present state and deadline."""
    everything = not question.not_done
    return replace(
        question.query,
        state=None,
        overdue=False,
        due_from=None,
        due_to=None,
        extension_asked=False,
        undecided=False,
        everything=everything,
    )
