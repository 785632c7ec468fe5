"""Every contract is held against the storage in memory and against PostgreSQL."""

from __future__ import annotations

import pytest

from bot.services.storage import UnitOfWorkFactory
from tests.fakes.storage import FakeDatabase


@pytest.fixture(params=["memory", "postgres"])
def new(request: pytest.FixtureRequest) -> UnitOfWorkFactory:
    """Makes units of work on one storage: `with new() as uow: ...`."""
    if request.param == "memory":
        return FakeDatabase().unit_of_work
    factory: UnitOfWorkFactory = request.getfixturevalue("unit_of_work_factory")
    return factory
