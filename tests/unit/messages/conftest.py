from __future__ import annotations

import pytest

from bot.core.messages import Incoming
from bot.core.people import Directory, Office, OrgId, Person, PersonId, Rank
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeDatabase

ORG = OrgId("changle")
LI = Person(PersonId("changle/staff1"), ORG, "李明", "县政府办公室", "科员", Rank.STAFF)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def database() -> FakeDatabase:
    database = FakeDatabase()
    with database.unit_of_work() as uow:
        uow.people.save(Directory(Office(ORG, "昌乐县人民政府", "昌乐县", "昌乐城区"), (LI,), ()))
        uow.commit()
    return database


def said(text: str, message_id: str = "m1", channel: str = "web") -> Incoming:
    return Incoming(channel, message_id, ORG, LI.id, "direct", text, FakeClock().now())
