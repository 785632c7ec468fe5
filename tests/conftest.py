"""What all tests share: no way to the outside, and one database server for the whole run."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import URL, Engine, NullPool, create_engine, delete, text

from bot.adapters.postgres.engine import make_engine
from bot.adapters.postgres.migrate import migrate
from bot.adapters.postgres.server import start_server, stop_server
from bot.adapters.postgres.tables import metadata
from bot.adapters.postgres.unit_of_work import SqlUnitOfWork

LOOPBACK = ("127.", "::1", "localhost")
# What a crash would cost does not matter here, and waiting for the disk does.
CARELESS = ("fsync", "full_page_writes", "synchronous_commit")
_numbers = count(1)
# How long an example takes says how busy the machine is, and nothing of the code.
settings.register_profile(
    "unhurried", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """After a failure tell how the same order is had again; `-q` keeps it to itself."""
    seed = getattr(config.option, "randomly_seed", None)
    if exitstatus and seed is not None:
        terminalreporter.write_line(f"the same order again: --randomly-seed={seed}")


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            self.close()  # or the test ends in a warning about a leak instead
            raise RuntimeError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """A folder for a server. Not pytest's: those shut out `pgserver`, who works for root."""
    with TemporaryDirectory(prefix="guiju-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def database_server() -> Iterator[URL]:
    """The embedded server of this run, made careless: the disk is not waited for."""
    with TemporaryDirectory(prefix="guiju-") as var:
        folder = Path(var) / "postgres"
        url = start_server(folder)
        _neglect_the_disk(url)
        yield url
        stop_server(folder)


def _neglect_the_disk(url: URL) -> None:
    for name in CARELESS:
        _administer(url, f"ALTER SYSTEM SET {name} = off")
    _administer(url, "SELECT pg_reload_conf()")


@pytest.fixture
def empty_database(database_server: URL) -> Iterator[URL]:
    """A database of the test's own without any table."""
    name = f"test_{next(_numbers)}"
    _administer(database_server, f"CREATE DATABASE {name}")
    yield database_server.set(database=name)
    _administer(database_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _migrated_database(database_server: URL) -> URL:
    _administer(database_server, "CREATE DATABASE migrated")
    url = database_server.set(database="migrated")
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()
    return url


@pytest.fixture
def engine(_migrated_database: URL) -> Iterator[Engine]:
    """An engine on migrated, empty tables; whoever changes tables takes `empty_database`."""
    engine = make_engine(_migrated_database)
    yield engine
    _empty(engine)
    engine.dispose()


@pytest.fixture
def unit_of_work_factory(engine: Engine) -> Callable[[], SqlUnitOfWork]:
    """Units of work on migrated, empty tables."""
    return partial(SqlUnitOfWork, engine)


def _empty(engine: Engine) -> None:
    """Delete all rows: a few in many tables, which is faster than a new database or TRUNCATE."""
    with engine.begin() as connection:
        # The audit's guard and the foreign keys stand aside.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in metadata.sorted_tables:
            connection.execute(delete(table))


def _administer(url: URL, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
