from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest

from bot.adapters.chinese.calendar import PublishedCalendar
from bot.core.clock import OFFICE_TIME
from bot.core.reminders import Reminder, due_reminders
from bot.core.supervision import (
    OPEN_STATES,
    Item,
    ItemId,
    ItemKind,
    ItemState,
    Occasion,
    Progress,
    SentReminder,
)
from tests.unit.supervision.naive import expected
from tests.unit.supervision.stage import sample_item

Key = tuple[ItemId, Occasion, date, str]
START = datetime(2026, 1, 12, 9, 0, tzinfo=OFFICE_TIME)
END = datetime(2027, 1, 25, 0, 0, tzinfo=OFFICE_TIME)
MOST_ALIVE = 10


@dataclass
class Year:
    """A ledger that lives through a year on a machine that is often off and whose clock jumps."""

    chance: random.Random
    now: datetime = START
    items: dict[ItemId, Item] = field(default_factory=dict)
    sent: dict[ItemId, list[SentReminder]] = field(default_factory=dict)
    wanted: dict[Key, bool] = field(default_factory=dict)
    given: Counter[Key] = field(default_factory=Counter)
    late: dict[Key, bool] = field(default_factory=dict)

    def live(self) -> None:
        while self.now < END:
            self.pass_time()
            self.change()
            self.tick(crash=self.chance.random() < 0.05)

    def pass_time(self) -> None:
        kind = self.chance.random()
        if kind < 0.006:  # off for days
            self.now += timedelta(hours=self.chance.randint(10, 160))
        elif kind < 0.012:  # somebody sets the clock back
            self.now -= timedelta(minutes=self.chance.randint(1, 1_440))
        elif kind < 0.016:
            self.now += timedelta(days=1)
        else:
            self.now += timedelta(minutes=self.chance.randint(15, 240))

    def change(self) -> None:
        """People register, sign, report, extend and close."""
        alive = [item for item in self.items.values() if item.state in OPEN_STATES]
        if len(alive) < MOST_ALIVE and self.chance.random() < 0.1:
            item = self.new_item(len(self.items) + 1)
            self.items[item.id] = item
        if alive and self.chance.random() < 0.2:
            item = self.chance.choice(alive)
            step = self.chance.choice([sign, report, extend, finish, send_back, close, close])
            self.items[item.id] = step(item, self.now, self.chance)

    def new_item(self, number: int) -> Item:
        today = self.now.date()
        kind = self.chance.choice([ItemKind.FAST, ItemKind.ORDINARY, ItemKind.LONG])
        days = self.chance.randint(0, 40)
        endless = kind is ItemKind.LONG and self.chance.random() < 0.5
        deadline = None if endless else today + timedelta(days=days)
        urgent = self.chance.random() < 0.25
        return sample_item(number, today, deadline, kind, ItemState.UNSIGNED, urgent)

    def tick(self, crash: bool) -> None:
        """One beat; a crash is a transaction that never commits."""
        found = due_reminders(self.items.values(), self.sent, self.now, PublishedCalendar())
        if crash:
            return
        for item in self.items.values():
            for occasion, day, to, late in expected(item, self.told(item.id), self.now):
                self.wanted.setdefault((item.id, occasion, day, to), late)
        for reminder in found:
            self.send(reminder)

    def send(self, reminder: Reminder) -> None:
        self.given[reminder.key] += 1
        self.late[reminder.key] = reminder.late
        row = SentReminder(self.now, reminder.occasion, reminder.to, "sent", reminder.day)
        self.sent.setdefault(reminder.item_id, []).append(row)

    def told(self, item_id: ItemId) -> datetime | None:
        rows = [r for r in self.sent.get(item_id, []) if r.occasion is Occasion.ASSIGNED]
        return min(r.at for r in rows) if rows else None


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
    if item.state is ItemState.UNSIGNED or chance.random() < 0.5:
        return item
    return item.to(ItemState.CLOSED)


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 5))]
)
def test_none_is_missed_none_doubled_none_early_and_late_ones_say_so(seed: int) -> None:
    year = Year(random.Random(seed))  # noqa: S311 - a repeatable year, no secret

    year.live()

    assert set(year.given) - set(year.wanted) == set()  # early, or uncalled for
    assert set(year.wanted) - set(year.given) == set()  # missed
    assert [key for key, count in year.given.items() if count > 1] == []
    assert {key for key in year.wanted if year.wanted[key] is not year.late[key]} == set()
    assert {occasion for _, occasion, _, _ in year.given} == set(Occasion)
    assert any(year.late.values())
