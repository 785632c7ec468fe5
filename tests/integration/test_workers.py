"""Messages worked by threads on the real database, the way the service does it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.adapters.clock import SystemClock
from bot.adapters.texts import YamlTexts
from bot.core.messages import Incoming, Message
from bot.core.people import Directory, Office, OrgId, Person, PersonId, Rank
from bot.services.deliver import Delivery
from bot.services.inbox import Conversation, Reception
from bot.services.storage import UnitOfWorkFactory
from bot.services.tick import Ticker
from bot.services.turns import TurnBook
from bot.services.workers import Pace, Workers
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


@pytest.fixture
def workers(unit_of_work_factory: UnitOfWorkFactory, watch: Watch) -> Iterator[Workers]:
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
    delivery = Delivery(unit_of_work_factory, clock, FakePlatform(), desks.leave_desk)
    ticker = Ticker(
        desks.leave_desk,
        desks.supervision_desk,
        desks.unanswered_desk,
        desks.bulletin_desk,
        delivery,
        None,
    )
    workers = Workers(conversation, delivery, ticker, unit_of_work_factory, Pace(3600, 0.05))
    workers.start()
    yield workers
    workers.stop()


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
