"""Offices that live through years with machines that stop and clocks that jump.

After every beat the reminders that were written are held against a naive clerk: none missed, none
early, none twice, one message a person, and late ones say so.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.adapters.people import load_directory
from bot.core.clock import OFFICE_TIME
from bot.core.people import Directory, PersonId
from bot.core.supervision import (
    OPEN_STATES,
    Item,
    ItemId,
    ItemKind,
    ItemState,
    Occasion,
    Progress,
    item_number,
)
from bot.services.storage import UnitOfWorkFactory
from tests.unit.supervision.naive import expected

PEOPLE = Path(__file__).parents[2] / "demo" / "people"
OFFICES = ("changle", "shuangtaizi", "fenghuang", "xianyang", "yunyang")
START = datetime(2026, 1, 5, 9, tzinfo=OFFICE_TIME)
LATE = "（补发）"
MOST_LINES = 10  # of a message; what is beyond is only counted

Key = tuple[ItemId, Occasion, date, str]


@dataclass(frozen=True)
class Written:
    """A reminder that was written, with the text of the push that carries it."""

    key: Key
    push_key: str
    text: str | None


class Machine(Protocol):
    """What runs the ledger's beat, and may stop at any moment."""

    def beat(self, now: datetime) -> bool:
        """Run one beat; False: it was stopped, perhaps halfway."""
        ...

    def news(self) -> Sequence[Written]:
        """What has been written since it was last asked."""
        ...


def directories() -> dict[str, Directory]:
    """The demo directories of the five offices."""
    return {org: load_directory(PEOPLE / f"{org}.yml") for org in OFFICES}


@dataclass
class World:
    """The ledgers of five offices, what was written about them, and what should have been."""

    chance: random.Random
    unit_of_work: UnitOfWorkFactory
    machine: Machine
    people: dict[str, Directory]
    items_a_day: float
    now: datetime = START
    items: dict[ItemId, Item] = field(default_factory=dict)  # those still open
    told: dict[ItemId, datetime] = field(default_factory=dict)
    sent: defaultdict[ItemId, set[Key]] = field(default_factory=lambda: defaultdict(set))
    registered: int = 0
    owed: float = 0.0  # items to register by now, in part
    figures: Counter[str] = field(default_factory=Counter)

    def live(self, days: int, each_day: Callable[[World], None] = lambda _: None) -> None:
        """Let time pass."""
        end, day = START + timedelta(days=days), START.date()
        while self.now < end:
            self.pass_time()
            self.change()
            self.check(self.machine.beat(self.now))
            if self.now.date() > day:
                day = self.now.date()
                each_day(self)

    def pass_time(self) -> None:
        """Mostly some hours; sometimes the machine is off for days, or the clock is set."""
        before, kind = self.now, self.chance.random()
        if kind < 0.008:
            self.now += timedelta(hours=self.chance.randint(10, 160))
            self.figures["off"] += 1
        elif kind < 0.016:
            self.now -= timedelta(minutes=self.chance.randint(1, 2_880))
            self.figures["clock set back"] += 1
        elif kind < 0.02:
            self.now += timedelta(days=1)
        else:
            self.now += timedelta(minutes=self.chance.randint(20, 720))
        self.owed += max((self.now - before) / timedelta(days=1), 0) * self.items_a_day

    def change(self) -> None:
        """People register, sign, report, extend and close."""
        alive = list(self.items.values())
        count = min(len(alive), 1 + len(alive) // 15)
        with self.unit_of_work() as uow:
            while self.owed >= 1:
                self.owed -= 1
                item = self._new_item()
                uow.items.add(item, item.supervisor, self.now)
                self.items[item.id] = item
            for item in self.chance.sample(alive, count):
                changed = self.chance.choice(STEPS)(item, self.now, self.chance)
                if changed is not item:
                    uow.items.update(changed, "changed", item.supervisor, self.now)
                    self.items[item.id] = changed
                if changed.state not in OPEN_STATES:
                    del self.items[item.id]
            uow.commit()

    def _new_item(self) -> Item:
        self.registered += 1
        number, today, chance = self.registered, self.now.date(), self.chance
        directory = self.people[chance.choice(OFFICES)]
        org, unit = directory.office.id, chance.choice(directory.units)
        kind = chance.choice([ItemKind.FAST, ItemKind.ORDINARY, ItemKind.LONG])
        endless = kind is ItemKind.LONG and chance.random() < 0.5
        return Item(
            id=ItemId(number),
            org=org,
            number=item_number(today.year, number),
            content="报送重点项目进展",
            source="县长批示",
            kind=kind,
            lead_unit=unit.name,
            registered_unit=True,
            assist_units=(),
            person=unit.head,
            supervisor=PersonId(f"{org}/supervisor1"),
            leader=unit.leader,
            urgent=chance.random() < 0.15,
            assigned_day=today,
            deadline=None if endless else today + timedelta(days=chance.randint(0, 40)),
            deadline_rule=None,
            state=ItemState.UNSIGNED,
        )

    def check(self, completed: bool) -> None:
        """Hold what was written at this beat against the clerk."""
        wanted = {
            (item.id, occasion, day, to): late
            for item in self.items.values()
            for occasion, day, to, late in expected(item, self.told.get(item.id), self.now)
        }
        news = self.machine.news()
        keys = [written.key for written in news]
        owed = {key for key in wanted if key not in self.sent[key[0]]}
        self.figures["beats" if completed else "stopped"] += 1
        self.figures["sent"] += len(keys)
        self.figures["early"] += len(set(keys) - wanted.keys())
        self.figures["doubled"] += len(keys) - len(set(keys) - self._sent(keys))
        self.figures["missed"] += len(owed - set(keys)) if completed else 0
        self.figures["late"] += sum(wanted.get(key, False) for key in keys)
        self._check_messages(news, wanted, completed)
        for item_id, occasion, day, to in keys:
            self.sent[item_id].add((item_id, occasion, day, to))
            if occasion is Occasion.ASSIGNED:
                self.told[item_id] = self.now

    def _sent(self, keys: Iterable[Key]) -> set[Key]:
        return {key for key in keys if key in self.sent[key[0]]}

    def _check_messages(
        self, news: Sequence[Written], wanted: dict[Key, bool], completed: bool
    ) -> None:
        """One message a person, and a late reminder says that it is late."""
        pushes: defaultdict[str, list[Written]] = defaultdict(list)
        for written in news:
            pushes[written.push_key].append(written)
        people = Counter(rows[0].key[3] for rows in pushes.values())
        self.figures["messages"] += len(pushes)
        self.figures["bursts"] += sum(n - 1 for n in people.values()) if completed else 0
        for rows in pushes.values():
            text, lates = rows[0].text or "", [wanted.get(row.key, False) for row in rows]
            self.figures["lost"] += rows[0].text is None
            items = len({row.key[0] for row in rows})
            if all(lates):
                self.figures["mislabelled"] += text.count(LATE) != min(items, MOST_LINES)
            elif not any(lates):
                self.figures["mislabelled"] += LATE in text

    @property
    def faults(self) -> dict[str, int]:
        """What must all be nothing."""
        names = ("missed", "early", "doubled", "bursts", "lost", "mislabelled")
        return {name: self.figures[name] for name in names}


Step = Callable[[Item, datetime, random.Random], Item]


def sign(item: Item, now: datetime, chance: random.Random) -> Item:
    return item.to(ItemState.WORKING) if item.state is ItemState.UNSIGNED else item


def report(item: Item, now: datetime, chance: random.Random) -> Item:
    return replace(item, progress=(*item.progress, Progress(now, item.supervisor, "进展")))


def extend(item: Item, now: datetime, chance: random.Random) -> Item:
    return replace(item, deadline=now.date() + timedelta(days=chance.randint(0, 30)))


def finish(item: Item, now: datetime, chance: random.Random) -> Item:
    return item.to(ItemState.IN_REVIEW) if item.state is ItemState.WORKING else item


def send_back(item: Item, now: datetime, chance: random.Random) -> Item:
    return item.to(ItemState.WORKING) if item.state is ItemState.IN_REVIEW else item


def close(item: Item, now: datetime, chance: random.Random) -> Item:
    if item.state is ItemState.UNSIGNED or chance.random() < 0.3:
        return item
    return item.to(ItemState.CLOSED)


def cancel(item: Item, now: datetime, chance: random.Random) -> Item:
    return item.to(ItemState.CANCELLED) if chance.random() < 0.2 else item


STEPS: tuple[Step, ...] = (sign, report, extend, finish, send_back, close, close, cancel)
