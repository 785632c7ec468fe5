"""Counting calls."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.people import OrgId
from bot.services.calls import CallCounter
from bot.services.card_store import CallCount
from bot.services.storage import UnitOfWork
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeDatabase

ORG, NOVEMBER = OrgId("changle"), date(2026, 11, 1)


def test_calls_are_written_at_the_beat_and_once() -> None:
    database = FakeDatabase()
    counter = CallCounter(database.unit_of_work, FakeClock())
    for _ in range(3):
        counter.count(ORG, "dingtalk", "token")

    counter.tick()
    counter.tick()

    with database.unit_of_work() as uow:
        assert uow.calls.of_month(NOVEMBER) == [CallCount(ORG, "dingtalk", "token", NOVEMBER, 3)]


def test_what_could_not_be_written_is_written_later() -> None:
    database, broken = FakeDatabase(), True

    def unit_of_work() -> UnitOfWork:
        if broken:
            raise ConnectionError
        return database.unit_of_work()

    counter = CallCounter(unit_of_work, FakeClock())
    counter.count(ORG, "dingtalk", "token")
    with pytest.raises(ConnectionError):
        counter.tick()

    broken = False
    counter.tick()

    with database.unit_of_work() as uow:
        assert [each.calls for each in uow.calls.of_month(NOVEMBER)] == [1]
