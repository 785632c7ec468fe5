"""The short journey: in memory, stopped between statements. `make travel` is the long one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self, cast

from bot.core.supervision import Occasion
from bot.services.storage import UnitOfWork
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeDatabase
from tests.travel.world import START, Key, World, Written, directories
from tests.unit.supervision.stage import Stage

DAYS = 110
ITEMS_A_DAY = 2.0


class StoppedError(Exception):
    """The machine stops here."""


@dataclass
class Fuse:
    """Blows after a number of statements; None: never."""

    left: int | None = None

    def pass_one(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise StoppedError


class FusedRepository:
    """A repository each of whose calls may be the last."""

    def __init__(self, repository: Any, fuse: Fuse) -> None:
        self._repository, self._fuse = repository, fuse

    def __getattr__(self, name: str) -> Any:
        self._fuse.pass_one()
        return getattr(self._repository, name)


class FusedUnitOfWork:
    """A unit of work that may stop before any statement, and before or after its commit."""

    def __init__(self, uow: UnitOfWork, fuse: Fuse) -> None:
        self._uow, self._fuse = uow, fuse

    def __enter__(self) -> Self:
        self._uow.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._uow.__exit__(kind, error, trace)

    def commit(self, *, durable: bool = True) -> None:
        self._fuse.pass_one()
        self._uow.commit(durable=durable)
        self._fuse.pass_one()

    def __getattr__(self, name: str) -> Any:
        return FusedRepository(getattr(self._uow, name), self._fuse)


@dataclass
class MemoryMachine:
    """The desk in this process."""

    chance: random.Random
    database: FakeDatabase = field(default_factory=FakeDatabase)
    fuse: Fuse = field(default_factory=Fuse)
    clock: FakeClock = field(default_factory=FakeClock)
    seen: set[Key] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.desk = Stage(clock=self.clock, database=self.database).desk_on(self.unit_of_work)

    def unit_of_work(self) -> UnitOfWork:
        return cast("UnitOfWork", FusedUnitOfWork(self.database.unit_of_work(), self.fuse))

    def beat(self, now: datetime) -> bool:
        self.clock.set(now)
        self.fuse.left = self.chance.randint(0, 60) if self.chance.random() < 0.15 else None
        try:
            self.desk.tick()
        except StoppedError:
            return False
        return True

    def news(self) -> Sequence[Written]:
        tables = self.database.tables
        texts = {
            row.entry.key: row.entry.payload.message.text  # type: ignore[union-attr]
            for row in tables.outbox.values()
        }
        new = [(key, row) for key, row in tables.reminders.items() if key not in self.seen]
        self.seen.update(key for key, _ in new)
        return [Written(key, push_key, texts.get(push_key)) for key, (_, push_key) in new]


def test_none_is_missed_none_early_none_doubled_and_late_ones_say_so() -> None:
    chance = random.Random(7)  # noqa: S311 - a repeatable life, no secret
    machine = MemoryMachine(chance)
    people = directories()
    with machine.database.unit_of_work() as uow:
        for directory in people.values():
            uow.people.save(directory)
        uow.commit()
    world = World(chance, machine.database.unit_of_work, machine, people, ITEMS_A_DAY, START)

    world.live(DAYS)

    assert world.faults == dict.fromkeys(world.faults, 0)
    assert world.registered > DAYS
    assert world.figures["stopped"] > 15
    assert world.figures["late"] > 20
    assert {key[1] for keys in world.sent.values() for key in keys} == set(Occasion)
