"""`demo`: an invented month of work, played by the real desks with a moving clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click
import yaml

from bot.bootstrap import wire
from bot.core.clock import OFFICE_TIME
from bot.core.errors import NotFoundError, RefusedError
from bot.core.people import OrgId, Person, PersonId
from bot.core.supervision import Item
from bot.core.supervision_report import Period, month_period
from bot.services.bulletin_words import BulletinWords
from bot.services.ledgers import year_and_serial
from bot.services.outside import SettableClock
from bot.settings import ROOT, Settings
from bot.wiring import Wiring

WORK = ROOT / "demo" / "month" / "work.yml"
PLAYED = "demo_month"  # setting: the first day of the month that was played
MORNING = time(9)
LEFT_OUT = 5  # of so many matters each office leaves one out

Deed = Callable[[], None]


@dataclass(frozen=True)
class Moment:
    """Something that somebody does at a time of the month."""

    at: datetime
    do: Deed


@dataclass(frozen=True)
class Demo:
    """Plays one month in one installation."""

    wiring: Wiring
    clock: SettableClock
    month: date  # its first day

    def play(self, work: dict[str, Any]) -> None:
        """Do everything in its order, beating the clock every morning."""
        with self.wiring.unit_of_work() as uow:
            orgs = uow.people.orgs()
        moments = [Moment(self._morning(n), self._beat) for n in range(1, 32)]
        for place, org in enumerate(orgs):
            moments += self._of_office(org, place, work)
        for moment in sorted(moments, key=lambda moment: moment.at):
            if moment.at.month == self.month.month:
                self.clock.set(moment.at)
                moment.do()

    def _of_office(self, org: OrgId, place: int, work: dict[str, Any]) -> Iterator[Moment]:
        for n, matter in enumerate(work["matters"]):
            if (n + place) % LEFT_OUT:
                yield from self._matter(org, n, matter)
        for n, leave in enumerate(work["leaves"]):
            yield from self._leave(org, n, leave)
        for question in work["questions"]:
            yield Moment(self._at(question["day"], 200), self._asking(org, question["say"]))

    def _matter(self, org: OrgId, n: int, matter: dict[str, Any]) -> Iterator[Moment]:
        unit, desk = self._person(org, matter["unit"]), self.wiring.supervision_desk
        office, made = self._person(org, "supervisor1"), list[Item]()
        if unit is None or office is None:
            return

        def register() -> None:
            text = self._said(matter["say"], unit=unit.unit)
            made.append(desk.register(office, text, f"demo-{org}-{n}"))

        def take(who: Person, step: str, text: str, key: str) -> None:
            getattr(desk, step)(
                who, self._said(text, n=str(year_and_serial(made[0].number)[1])), key
            )

        yield Moment(self._at(matter["day"], n), register)
        for k, (day, who, step, text) in enumerate(matter["steps"]):
            actor = unit if who == "unit" else office
            key = f"demo-{org}-{n}-{k}"
            deed = _later(take, actor, step, text, key)
            yield Moment(self._at(day, 60 + n + k), deed)

    def _leave(self, org: OrgId, n: int, leave: dict[str, Any]) -> Iterator[Moment]:
        person, key = self._person(org, leave["user"]), f"demo-{org}-leave-{n}"
        if person is None:
            return

        def file() -> None:
            desk = self.wiring.leave_desk
            desk.draft(person, key, self._said(leave["say"]))
            desk.confirm(person, key, key)
            self._beat()

        def approve() -> None:
            desk = self.wiring.approval_desk
            mine = (
                [a for a in desk.listing(org) if a.request.applicant == person.id] if desk else []
            )
            for approval in mine:
                while approval.waiting_for is not None and desk is not None:
                    approval = desk.answer(approval.id, approval.waiting_for, agree=True)

        def come_back() -> None:
            self.wiring.leave_desk.return_from(person, None, f"{key}-back")

        yield Moment(self._at(leave["day"], 120), file)
        if "back" in leave:
            yield Moment(self._at(leave["back"], 120), come_back)
        yield Moment(self._at(leave["day"] + 1, 120), approve)

    def _asking(self, org: OrgId, question: str) -> Deed:
        def ask() -> None:
            self.wiring.rule_desk.ask(org, question)

        return ask

    def _beat(self) -> None:
        self.wiring.ticker.tick()
        self.wiring.delivery.deliver_all()

    def _said(self, text: str, **fields: str) -> str:
        following = (self.month + timedelta(days=31)).month
        return text.format(m=self.month.month, next=following, **({"n": ""} | fields))

    def _person(self, org: OrgId, post: str) -> Person | None:
        with self.wiring.unit_of_work() as uow:
            return uow.people.directory(org).person(PersonId(f"{org}/{post}"))

    def _morning(self, day: int) -> datetime:
        return datetime.combine(self.month, MORNING, OFFICE_TIME) + timedelta(days=day - 1)

    def _at(self, day: int, minutes: int) -> datetime:
        return self._morning(day) + timedelta(minutes=minutes + 1)


def _later(
    take: Callable[[Person, str, str, str], None], who: Person, step: str, text: str, key: str
) -> Deed:
    return lambda: take(who, step, text, key)


@click.command()
@click.option("--org", default="changle", help="The office whose month is shown at the end.")
@click.pass_obj
def demo(settings: Settings, org: str) -> None:
    """Play an invented month of work on empty ledgers, then show one office's ledger of it."""
    wiring = wire(settings)
    click.echo(show(wiring, OrgId(org), load(wiring, WORK)))


def load(wiring: Wiring, work: Path) -> Period:
    """Play the month before the present one; what was played before stays as it is.

    Raises:
        NotFoundError: not on the embedded platform ("local_platform_only").
        RefusedError: there is other work in the ledgers ("demo_ledger_in_use").
    """
    clock = wiring.settable_clock
    if clock is None:
        raise NotFoundError("local_platform_only")
    now = clock.now()
    with wiring.unit_of_work() as uow:
        played = uow.settings.get(PLAYED)
        in_use = bool(uow.items.listing()) or any(map(uow.leaves.listing, uow.people.orgs()))
    if played:
        return month_period(date.fromisoformat(played), now)
    if in_use:
        raise RefusedError("demo_ledger_in_use")
    last = month_period(now.astimezone(OFFICE_TIME).date(), now).previous(now)
    with _moving(clock, now):
        script = yaml.safe_load(work.read_text(encoding="utf-8"))
        Demo(wiring, clock, last.first).play(script)
    with wiring.unit_of_work() as uow:
        uow.settings.put(PLAYED, last.first.isoformat())
        uow.commit()
    return last


@contextmanager
def _moving(clock: SettableClock, now: datetime) -> Iterator[None]:
    """Let the clock be moved, and go on from where it was afterwards."""
    started = datetime.now(OFFICE_TIME)
    try:
        yield
    finally:
        clock.set(now + (datetime.now(OFFICE_TIME) - started))


def show(wiring: Wiring, org: OrgId, period: Period) -> str:
    """The ledger of a month and its bulletin, as one text."""
    bulletin = wiring.bulletin_desk.draw_up(org, period)
    words, texts = BulletinWords(bulletin, wiring.texts), wiring.texts
    cases = sorted(bulletin.report.cases, key=lambda c: year_and_serial(c.item.number))
    lines = [
        texts.say(
            "bulletin.ledger_line",
            number=case.item.number,
            content=case.item.content,
            unit=case.item.lead_unit,
            deadline=case.item.deadline or texts.say("supervision.deadline_none"),
            state=case.item.state,
        )
        for case in cases
    ]
    return "\n".join((texts.say("bulletin.ledger_heading"), *lines, "", words.text(), words.link()))
