"""A bot that receives from the stand-in into the real database, without the rest of the service."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Engine, select

from bot.adapters.clock import SystemClock
from bot.adapters.dingtalk.config import DingTalkConfig
from bot.adapters.dingtalk.receiver import DingTalkReceiver
from bot.adapters.postgres.tables import inbox
from bot.adapters.texts import YamlTexts
from bot.core.errors import OutsideServiceError
from bot.core.people import Directory, Office, Person, PersonId, Rank
from bot.services.channel_messages import ChannelDesk
from bot.services.inbox import Reception
from bot.services.platform_event_store import EventState
from bot.services.platform_events import PlatformEventDesk
from bot.services.storage import UnitOfWork, UnitOfWorkFactory
from tests.fakes.dialogue import FakeEncoder
from tests.integration.dingtalk.offices import ORG

PEOPLE = ("head", "staff1", "supervisor1")
WAIT_S = 30.0  # two cores, perhaps busy


@dataclass
class Database:
    """Units of work, unless it is said to be down."""

    unit_of_work: UnitOfWorkFactory
    is_down: bool = False

    def __call__(self) -> UnitOfWork:
        if self.is_down:
            raise OutsideServiceError("database")
        return self.unit_of_work()


@dataclass(frozen=True)
class Receiving:
    """The receiver and what it stored."""

    receiver: DingTalkReceiver
    engine: Engine
    unit_of_work: UnitOfWorkFactory
    database: Database
    notices: list[None] = field(default_factory=list)

    def texts(self) -> list[str]:
        """What is in the inbox, oldest first."""
        with self.engine.connect() as connection:
            return list(connection.execute(select(inbox.c.text).order_by(inbox.c.id)).scalars())

    def events(self) -> list[tuple[str, tuple[str, ...]]]:
        """The names of the stored events and whom they concern."""
        with self.unit_of_work() as uow:
            entries = uow.platform_events.listing(None, list(EventState))
        return [(entry.event.name, entry.event.subjects) for entry in entries]


def receiving(config: DingTalkConfig, engine: Engine, unit_of_work: UnitOfWorkFactory) -> Receiving:
    """A receiver whose office knows a few of the stand-in's people."""
    people = tuple(
        Person(PersonId(f"{ORG}/{each}"), ORG, each, "办公室", "科员", Rank.STAFF)
        for each in PEOPLE
    )
    with unit_of_work() as uow:
        uow.people.save(Directory(Office(ORG, "昌乐县人民政府", "昌乐县", "宝都街道"), people, ()))
        uow.commit()
    clock, notices = SystemClock(), list[None]()
    database = Database(unit_of_work)
    reception = Reception(database, clock, FakeEncoder())
    receiver = DingTalkReceiver(
        config,
        ChannelDesk(unit_of_work, clock, reception, YamlTexts()),
        PlatformEventDesk(database, clock, {}),
        clock,
        lambda: notices.append(None),
    )
    return Receiving(receiver, engine, unit_of_work, database, notices)


def until(reached: Callable[[], bool], timeout_s: float = WAIT_S) -> float:
    """Wait for something to come true; how long it took."""
    begun = time.monotonic()
    while not reached():
        assert time.monotonic() - begun < timeout_s, "it did not come true in time"
        time.sleep(0.02)
    return time.monotonic() - begun
