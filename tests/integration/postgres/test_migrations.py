from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, Engine, inspect

from bot.adapters.postgres.engine import make_engine
from bot.adapters.postgres.migrate import downgrade, migrate
from bot.adapters.postgres.tables import metadata
from bot.adapters.postgres.unit_of_work import SqlUnitOfWork
from tests.contract.samples import CLERK, NOW, ORG
from tests.integration.postgres.test_concurrency import side_by_side


@pytest.fixture
def empty_engine(empty_database: URL) -> Iterator[Engine]:
    engine = make_engine(empty_database)
    yield engine
    engine.dispose()


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_the_migrations_build_the_tables_that_the_code_knows(empty_engine: Engine) -> None:
    migrate(empty_engine)

    assert differences(empty_engine) == []


def test_the_way_back_leads_to_nothing_and_forth_again(empty_engine: Engine) -> None:
    migrate(empty_engine)
    downgrade(empty_engine, "base")
    left = inspect(empty_engine).get_table_names()
    sequences = inspect(empty_engine).get_sequence_names()

    migrate(empty_engine)

    assert (left, sequences) == (["alembic_version"], [])
    assert differences(empty_engine) == []


def test_a_database_that_is_up_to_date_is_left_alone(empty_engine: Engine) -> None:
    migrate(empty_engine)
    with SqlUnitOfWork(empty_engine) as uow:
        uow.audit.append(ORG, CLERK, "test", "1", NOW)
        uow.commit()

    migrate(empty_engine)

    with SqlUnitOfWork(empty_engine) as uow:
        assert len(uow.audit.listing(ORG)) == 1


def test_processes_that_start_at_once_take_turns(empty_engine: Engine) -> None:
    side_by_side(4, lambda _: migrate(empty_engine))

    assert differences(empty_engine) == []
