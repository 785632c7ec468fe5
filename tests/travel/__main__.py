"""The long journey: two years, 20,000 items, a real database, a process killed in its work.

python -m tests.travel [--items 20000] [--days 730] [--kills 200] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import URL, Engine, NullPool, create_engine, text

from bot.adapters.postgres.migrate import migrate
from bot.adapters.postgres.server import start_server, stop_server
from bot.adapters.postgres.unit_of_work import SqlUnitOfWork
from bot.core.supervision import ItemId, Occasion
from tests.travel.worker import DONE, work
from tests.travel.world import START, World, Written, directories

BEATS_A_DAY = 3.8  # about
# Workers are forked from a process that has read the code: most of a start would be that.
NURSERY = get_context("forkserver")
NURSERY.set_forkserver_preload(["tests.travel.worker"])
NEWS = text(
    """
    SELECT r.id, r.item_id, r.occasion, r.day, r.recipient, r.push_key,
           o.payload -> 'message' ->> 'text' AS text
    FROM reminder r LEFT JOIN outbox o ON o.key = r.push_key WHERE r.id > :last ORDER BY r.id"""
)
WORKING = text("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'guiju'")


@dataclass
class KilledMachine:
    """A worker process that is killed with signal 9 while it works, and started again."""

    chance: random.Random
    url: URL
    engine: Engine  # of this process, not the worker's
    kill_share: float
    last: int = 0
    worker: BaseProcess | None = None
    orders: Connection = field(init=False)
    beat_s: list[float] = field(default_factory=list)

    def beat(self, now: datetime) -> bool:
        worker = self.worker = self.worker or self._start()
        began = time.monotonic()
        self.orders.send(now)
        if self.chance.random() < self.kill_share:
            # Within the time that beats take: many are stopped halfway.
            time.sleep(self.chance.uniform(0, median(self.beat_s[-50:] or [0.1])))
            worker.kill()
            return self._bury(worker)
        if self.orders.recv() != DONE:
            raise RuntimeError("the worker says something else")
        self.beat_s.append(time.monotonic() - began)
        return True

    def news(self) -> Sequence[Written]:
        with self.engine.connect() as connection:
            rows = connection.execute(NEWS, {"last": self.last}).all()
        self.last = max((row.id for row in rows), default=self.last)
        return [
            Written(
                (ItemId(row.item_id), Occasion(row.occasion), row.day, row.recipient),
                row.push_key,
                row.text,
            )
            for row in rows
        ]

    def stop(self) -> None:
        """Let the worker end by itself."""
        if self.worker is not None:
            self.orders.send(None)
            self.worker.join()

    def _start(self) -> BaseProcess:
        self.orders, theirs = Pipe()
        url = self.url.render_as_string(hide_password=False)
        worker = NURSERY.Process(target=work, args=(url, theirs), daemon=True)
        worker.start()
        theirs.close()  # so that its end is heard
        return worker

    def _bury(self, worker: BaseProcess) -> bool:
        """Whether the beat was through, once the server has noticed what may still be committed."""
        worker.join()
        self.worker = None
        try:
            completed = bool(self.orders.recv() == DONE)
        except (EOFError, ConnectionResetError):
            completed = False
        while self._is_working():
            time.sleep(0.01)
        return completed

    def _is_working(self) -> bool:
        with self.engine.connect() as connection:  # one transaction sees the same sessions always
            return bool(connection.execute(WORKING).scalar_one())


def travel(url: URL, arguments: argparse.Namespace) -> tuple[World, KilledMachine]:
    """Live through the years on a database that is there."""
    engine = create_engine(url)
    migrate(engine)
    unit_of_work, people = partial(SqlUnitOfWork, engine), directories()
    with unit_of_work() as uow:
        for directory in people.values():
            uow.people.save(directory)
        uow.commit()
    chance = random.Random(arguments.seed)  # noqa: S311 - a repeatable life, no secret
    share = arguments.kills / (arguments.days * BEATS_A_DAY)
    machine = KilledMachine(chance, url, engine, share)
    a_day = arguments.items / arguments.days
    world = World(chance, unit_of_work, machine, people, a_day)
    world.live(arguments.days, each_day=report_now_and_then)
    machine.kill_share = 0
    deliver_the_rest(world, machine, engine)
    machine.stop()
    return world, machine


def neglect_the_disk(url: URL) -> None:
    """A killed process loses nothing that the server has; only a failing machine would."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {name} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))


def report_now_and_then(world: World) -> None:
    """Show that time passes."""
    if world.now.day == 1:
        print(world.now.date(), world.registered, dict(world.figures), flush=True)  # noqa: T201


def deliver_the_rest(world: World, machine: KilledMachine, engine: Engine) -> None:
    """What a killed worker had leased is delivered by the next, and nothing twice."""
    machine.beat(world.now + timedelta(days=3))
    with engine.connect() as connection:
        states = Counter(row[0] for row in connection.execute(text("SELECT state FROM outbox")))
        count = connection.execute(text("SELECT count(*) FROM local_message")).scalar_one()
    world.figures["undelivered"] = sum(states.values()) - states["sent"]
    world.figures["delivered twice"] = count - states["sent"]


def main() -> int:
    """Travel on a server of its own; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.travel")
    for name, default in (("items", 20_000), ("days", 730), ("kills", 200), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    arguments = parser.parse_args()
    began = time.monotonic()
    with TemporaryDirectory(prefix="guiju-") as var:
        folder = Path(var) / "postgres"
        url = start_server(folder)
        neglect_the_disk(url)
        world, machine = travel(url, arguments)
        stop_server(folder)
    faults = world.faults | {
        name: world.figures[name] for name in ("undelivered", "delivered twice")
    }
    beats = sorted(machine.beat_s)
    lines = (
        f"{arguments.days} days from {START.date()}, {world.registered} items, five offices, "
        f"{time.monotonic() - began:.0f} s",
        f"figures: {dict(world.figures)}",
        f"a beat: median {beats[len(beats) // 2]:.3f} s, longest {beats[-1]:.2f} s",
        f"faults: {faults}",
    )
    print("\n".join(lines))  # noqa: T201 - a command's answer
    return int(any(faults.values()))


if __name__ == "__main__":
    sys.exit(main())
