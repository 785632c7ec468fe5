"""The whole installation as `make up` starts it: process manager, service, Rasa, PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bot.cli import installation as private
from tests.e2e.api_client import ApiClient

INDEX = Path(__file__).parents[2] / "var" / "index"  # embedding the documents takes minutes
CHANGLE = "changle"


class Installation(private.Installation):
    """A running installation, parts of which may be killed."""

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
        yield Installation(running.process, running.url, running.var)


@pytest.fixture
def api(installation: Installation) -> Iterator[ApiClient]:
    """A client, with the clock on Monday, 23 November 2026, 09:00."""
    installation.wait_until_ready()
    client = ApiClient(installation.url)
    client.set_clock("2026-11-23T09:00:00+08:00")
    yield client
    client.close()
