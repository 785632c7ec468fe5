from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, text
from sqlalchemy.exc import OperationalError

from bot.adapters.postgres.engine import DatabaseUnreachableError, make_engine, read_url
from bot.adapters.postgres.server import (
    EmbeddedServerError,
    open_database,
    start_server,
    stop_server,
)
from bot.adapters.postgres.unit_of_work import DatabaseError, SqlUnitOfWork
from bot.core.errors import ConfigurationError
from bot.settings import ROOT, Settings

OPEN_AND_COUNT = """
import sys
from pathlib import Path
from sqlalchemy import text
from bot.adapters.postgres.server import open_database
from bot.settings import Settings

engine = open_database(Settings(var=Path(sys.argv[1])))
with engine.connect() as connection:
    print(connection.execute(text("SELECT pg_backend_pid() > 0")).scalar_one(), engine.url.query)
engine.dispose()
"""

END_OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def answers(url: URL) -> bool:
    engine = make_engine(url)
    found = is_answering(engine)
    engine.dispose()
    return found


def test_another_process_joins_the_running_server(database_server: URL) -> None:
    var = Path(str(database_server.query["host"])).parent

    joined = subprocess.run(
        [sys.executable, "-c", OPEN_AND_COUNT, str(var)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )

    assert joined.stdout.startswith("True")
    assert answers(database_server)  # the process that left did not stop it


def test_what_killed_processes_left_behind_is_cleared_away(server_folder: Path) -> None:
    folder = server_folder / "postgres"
    start_server(folder)
    stop_server(folder)
    # As after a restart of a container: our own number stands where the server's did.
    lines = [str(os.getpid()), str(folder), "1", "5432", str(folder), "", "1 1", "ready"]
    (folder / "postmaster.pid").write_text("\n".join(lines))
    (folder / ".s.PGSQL.5432.lock").write_text("\n".join(lines[:5]))
    (folder / ".handle_pids.json").write_text(json.dumps([2**22 + 1]))

    url = start_server(folder)

    assert answers(url)
    stop_server(folder)
    assert not (folder / "postmaster.pid").exists()


def test_a_locale_that_is_not_installed_does_no_harm(
    server_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zz_ZZ.UTF-8")

    url = start_server(server_folder / "postgres")

    assert answers(url)
    assert os.environ["LC_ALL"] == "zz_ZZ.UTF-8"
    stop_server(server_folder / "postgres")


@pytest.mark.parametrize("folder", ["a b/postgres", "file/postgres"])
def test_a_folder_that_cannot_be_used_is_named(server_folder: Path, folder: str) -> None:
    (server_folder / "file").touch()

    with pytest.raises(EmbeddedServerError) as refusal:
        start_server(server_folder / folder)

    assert refusal.value.details["folder"] == str(server_folder / folder)
    assert "\n" not in str(refusal.value)


def test_a_database_that_does_not_answer_is_told_in_one_line_without_the_password() -> None:
    settings = Settings(database_url="postgresql://guiju:geheim@127.0.0.1:1/guiju")

    with pytest.raises(DatabaseUnreachableError) as refusal:
        open_database(settings)

    told = str(refusal.value)
    assert refusal.value.code == "database_unreachable"
    assert "127.0.0.1:1/guiju" in told
    assert "geheim" not in told
    assert "\n" not in told


@pytest.mark.parametrize(
    "url",
    ["", "geheim", "mysql://a:geheim@h/d", "postgresql+asyncpg://h/d", "postgresql://h:geheim/d"],
)
def test_a_url_that_is_none_is_not_shown(url: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        read_url(url)

    assert str(refusal.value) == "database_url_invalid: variable='DATABASE_URL'"
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_the_usual_spellings_of_a_url_are_taken(scheme: str) -> None:
    url = read_url(f"{scheme}://guiju:p%40ss@db.example/guiju?sslmode=require")

    assert url.drivername == "postgresql+psycopg"
    assert (url.password, url.query["sslmode"]) == ("p@ss", "require")


def test_a_lost_database_is_an_outside_error_that_may_pass(empty_database: URL) -> None:
    engine = make_engine(empty_database)

    with pytest.raises(DatabaseError) as lost:
        lose_the_database_halfway(engine)

    assert lost.value.code == "database"
    with SqlUnitOfWork(engine):
        pass  # the next one has a new connection
    engine.dispose()


def test_a_connection_lost_while_it_rested_is_replaced_unnoticed(empty_database: URL) -> None:
    engine = make_engine(empty_database, rested_s=0.0)
    engine.connect().close()

    lose_connections(engine)

    assert is_answering(engine)
    engine.dispose()


def test_one_that_has_not_rested_is_lost_once_and_then_replaced(empty_database: URL) -> None:
    engine = make_engine(empty_database, rested_s=60.0)
    engine.connect().close()

    lose_connections(engine)

    with pytest.raises(OperationalError):
        is_answering(engine)
    assert is_answering(engine)
    engine.dispose()


def is_answering(engine: Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.execute(text("SELECT 1")).scalar_one() == 1)


def lose_the_database_halfway(engine: Engine) -> None:
    with SqlUnitOfWork(engine) as uow:
        lose_connections(engine)
        uow.settings.get("s")


def lose_connections(engine: Engine) -> None:
    other = make_engine(engine.url)
    with other.begin() as connection:
        connection.execute(END_OTHERS)
    other.dispose()
