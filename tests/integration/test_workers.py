"""Messages worked by threads on the real database, the way the service does it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace

import pytest

from bot.adapters.clock import SystemClock
from bot.adapters.texts import YamlTexts
from bot.core.messages import Incoming, Message
from bot.core.people import Directory, Office, OrgId, Person, PersonId, Rank
from bot.core.platform_events import EventKind, PlatformEvent
from bot.services.deliver import Delivery
from bot.services.inbox import Conversation, Reception
from bot.services.platform_events import PlatformEventDesk
from bot.services.storage import UnitOfWorkFactory
from bot.services.tick import Ticker
from bot.services.turns import TurnBook
from bot.services.workers import Listener, Pace, Workers
from tests.fakes.desks import Desks
from tests.fakes.dialogue import FakeDialogue, FakeEncoder
from tests.fakes.platform import FakePlatform

ORG = OrgId("changle")
PEOPLE = tuple(
    Person(PersonId(f"{ORG}/p{n}"), ORG, f"某{n}", "办公室", "科员", Rank.STAFF) for n in range(6)
)


class Watch:
    """A dialogue that notes who talks at once."""

    def __init__(self) -> None:
        self.talking: set[str] = set()
        self.heard: dict[str, list[str]] = {}
        self.overlaps: list[str] = []
        self._lock = threading.Lock()

    def reply(self, thread: str, text: str, metadata: Mapping[str, str]) -> list[Message]:
        with self._lock:
            if thread in self.talking:
                self.overlaps.append(thread)
            self.talking.add(thread)
            self.heard.setdefault(thread, []).append(text)
        with self._lock:
            self.talking.discard(thread)
        return [Message(f"heard {text}")]


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def reception(unit_of_work_factory: UnitOfWorkFactory) -> Reception:
    with unit_of_work_factory() as uow:
        uow.people.save(Directory(Office(ORG, "昌乐县人民政府", "昌乐县", "宝都街道"), PEOPLE, ()))
        uow.commit()
    return Reception(unit_of_work_factory, SystemClock(), FakeEncoder())


class Ear:
    """A listener that notes what it is told to do."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def start(self) -> None:
        self.told.append("start")

    def stop(self) -> None:
        self.told.append("stop")


@pytest.fixture
def platform() -> FakePlatform:
    return FakePlatform()


@pytest.fixture
def handled() -> list[PlatformEvent]:
    return []


@pytest.fixture
def begin(
    unit_of_work_factory: UnitOfWorkFactory,
    watch: Watch,
    platform: FakePlatform,
    handled: list[PlatformEvent],
) -> Iterator[Callable[[Pace], Workers]]:
    """Start workers, who stop with the test."""
    clock, texts, desks = SystemClock(), YamlTexts(), Desks().wiring()
    conversation = Conversation(
        unit_of_work_factory,
        clock,
        clock,
        FakeDialogue(watch.reply),
        lambda person, incoming, key: [Message("fallback")],
        FakeEncoder(),
        TurnBook(),
        texts,
    )
    delivery = Delivery(unit_of_work_factory, clock, platform, desks.leave_desk)
    ticker = Ticker(
        desks.leave_desk,
        desks.supervision_desk,
        desks.unanswered_desk,
        desks.bulletin_desk,
        delivery,
        None,
    )
    events = PlatformEventDesk(unit_of_work_factory, clock, {EventKind.APPROVAL: handled.append})
    with ExitStack() as begun:

        def start(pace: Pace, *listeners: Listener) -> Workers:
            workers = Workers(
                conversation, delivery, ticker, unit_of_work_factory, pace, events, listeners
            )
            workers.start()
            begun.callback(workers.stop)
            return workers

        yield start


@pytest.fixture
def workers(begin: Callable[[Pace], Workers]) -> Workers:
    return begin(Pace(3600, 0.05))


def said(person: Person, number: int) -> Incoming:
    now = SystemClock().now()
    return Incoming("web", f"{person.id}-{number}", ORG, person.id, "direct", f"{number}", now)


def test_every_caller_gets_the_reply_to_its_own_message_and_threads_keep_their_order(
    reception: Reception, workers: Workers, watch: Watch
) -> None:
    def talk(person: Person) -> list[str]:
        replies = []
        for number in range(15):
            entry = workers.wait_for(reception.receive(said(person, number)), 20)
            replies.append(entry.reply[0].text)
        return replies

    with ThreadPoolExecutor(len(PEOPLE)) as talkers:
        replies = list(talkers.map(talk, PEOPLE))

    assert replies == [[f"heard {number}" for number in range(15)]] * len(PEOPLE)
    assert watch.overlaps == []
    assert all(texts == [f"{n}" for n in range(15)] for texts in watch.heard.values())


def test_messages_of_one_person_sent_at_once_are_all_answered_one_at_a_time(
    reception: Reception, workers: Workers, watch: Watch
) -> None:
    def send(number: int) -> str:
        entry = workers.wait_for(reception.receive(said(PEOPLE[0], number)), 20)
        return entry.reply[0].text

    with ThreadPoolExecutor(8) as senders:
        replies = set(senders.map(send, range(8)))

    assert replies == {f"heard {number}" for number in range(8)}
    assert watch.overlaps == []


def until(reached: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + 10
    while not reached():
        assert time.monotonic() < ends_at, "it did not come true in time"
        time.sleep(0.01)


def test_what_a_channel_notices_is_answered_without_waiting_for_the_next_look(
    begin: Callable[[Pace], Workers],
    reception: Reception,
    platform: FakePlatform,
) -> None:
    workers = begin(Pace(3600, poll_s=60))

    for number in range(3):
        reception.receive(replace(said(PEOPLE[0], number), channel="dingtalk"))
        workers.notice()
        until(lambda: len(platform.sent) > number)  # noqa: B023 - called at once

    assert [push.message.text for push in platform.sent] == ["heard 0", "heard 1", "heard 2"]


def test_an_event_is_handed_to_whom_it_concerns(
    begin: Callable[[Pace], Workers],
    unit_of_work_factory: UnitOfWorkFactory,
    handled: list[PlatformEvent],
) -> None:
    workers, now = begin(Pace(3600, poll_s=60)), SystemClock().now()
    moved = PlatformEvent("dingtalk", "e1", ORG, EventKind.APPROVAL, "moved", ("p1",), now)

    PlatformEventDesk(unit_of_work_factory, SystemClock(), {}).take(moved)
    workers.notice()

    until(lambda: handled == [moved])


def test_who_listens_begins_and_ends_with_the_workers(
    begin: Callable[..., Workers],
) -> None:
    ear = Ear()

    workers = begin(Pace(3600, 0.05), ear)
    begun = list(ear.told)
    workers.stop()

    assert (begun, ear.told) == (["start"], ["start", "stop"])
