"""The whole installation as `make up` starts it: process manager, service, Rasa, PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from sqlalchemy import URL, create_engine, select, text

from bot.adapters.postgres import tables
from bot.adapters.postgres.tables import metadata
from bot.cli import installation as private
from tests.e2e.api_client import ApiClient
from tests.e2e.browser_failures import pytest_runtest_makereport as pytest_runtest_makereport

INDEX = Path(__file__).parents[2] / "var" / "index"  # embedding the documents takes minutes
CHANGLE = "changle"
# Offices and rules are read at the start, and the chain of the audit must not break.
_KEPT = (
    tables.office,
    tables.person,
    tables.unit,
    tables.document,
    tables.edition,
    tables.article,
    tables.clause,
    tables.audit,
    tables.setting,
)
_SOCKET_FOLDER = 4  # its line in PostgreSQL's postmaster.pid


class Installation(private.Installation):
    """A running installation, parts of which may be killed."""

    def forget(self) -> None:
        """Empty the ledgers and begin every conversation anew: no test goes on with another's."""
        # The server is asked without joining it: it has to stop with the installation.
        postmaster = (self.var / "postgres" / "postmaster.pid").read_text().splitlines()
        query = {"host": postmaster[_SOCKET_FOLDER]}
        url = URL.create("postgresql+psycopg", "postgres", database="postgres", query=query)
        engine = create_engine(url)
        names = ", ".join(table.name for table in metadata.sorted_tables if table not in _KEPT)
        with engine.begin() as connection:
            threads = connection.execute(select(tables.inbox.c.thread).distinct()).scalars().all()
            connection.execute(text(f"truncate {names} cascade"))
        engine.dispose()
        webhook = f"{self.dialogue_url}/webhooks/rest/webhook"
        with httpx.Client(trust_env=False, timeout=private.READY_WITHIN_S) as rasa:
            for thread in threads:
                body = {"sender": thread, "message": "/restart"}
                rasa.post(webhook, json=body).raise_for_status()

    def kill(self, command: str) -> None:
        """Kill -9 the process whose command line holds `command`; its manager restarts it."""
        for process in psutil.Process(self.process.pid).children(recursive=True):
            if command in " ".join(process.cmdline()):
                process.kill()
                psutil.wait_procs([process], timeout=10)
                return
        raise AssertionError(f"no process runs {command}")


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    with private.private_installation(INDEX) as running:
        yield Installation(running.process, running.url, running.dialogue_url, running.var)


@pytest.fixture
def api(installation: Installation) -> Iterator[ApiClient]:
    """A client, with the clock on Monday, 23 November 2026, 09:00."""
    installation.wait_until_ready()
    client = ApiClient(installation.url)
    client.set_clock("2026-11-23T09:00:00+08:00")
    yield client
    client.close()
    installation.wait_until_ready()
    installation.forget()
