"""The whole installation as `make up` starts it: process manager, service, Rasa, PostgreSQL."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil
import pytest

from tests.e2e.api_client import ApiClient

ROOT = Path(__file__).parents[2]
READY_WITHIN_S = 180
CHANGLE = "changle"


@dataclass(frozen=True)
class Installation:
    """A running installation with a var folder of its own."""

    process: subprocess.Popen[bytes]
    url: str
    var: Path

    def wait_until_ready(self) -> None:
        """Wait until /readyz answers 200; the test fails with the logs if it never does."""
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None or self._is_ready():
                break
            time.sleep(0.1)  # the one wait for a process of another interpreter
        assert self._is_ready(), self._logs()

    def kill(self, command: str) -> None:
        """Kill -9 the process whose command line holds `command`; its manager restarts it."""
        for process in psutil.Process(self.process.pid).children(recursive=True):
            if command in " ".join(process.cmdline()):
                process.kill()
                psutil.wait_procs([process], timeout=10)
                return
        raise AssertionError(f"no process runs {command}")

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def _logs(self) -> str:
        tails = [path.read_text(errors="replace")[-2000:] for path in self.var.glob("log/*.log")]
        return "\n----\n".join(tails)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for probe in sockets:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in sockets]
    for probe in sockets:
        probe.close()
    return ports


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    # Not pytest's own folder: it closes that to the system user the database runs under as root.
    with TemporaryDirectory(prefix="guiju-") as folder:
        yield from _run(Path(folder))


def _run(var: Path) -> Iterator[Installation]:
    port, rasa_port, action_port = _free_ports(3)
    settings = {
        "DOTENV": os.devnull,  # nobody's own settings, least of all their database
        "DATABASE_URL": "",
        "PORT": str(port),
        "RASA_PORT": str(rasa_port),
        "ACTION_PORT": str(action_port),
        "RASA_URL": f"http://127.0.0.1:{rasa_port}",
        "GUIJU_VAR": str(var),
        "GUIJU_INDEX": str(ROOT / "var" / "index"),  # embedding the documents takes minutes
        "TICK_S": "3600",  # the tests beat the clock themselves
        # Two cores, and Rasa loads its libraries again after each kill.
        "RASA_TIMEOUT_S": "10",
    }
    process = subprocess.Popen(
        ["scripts/up.sh"], cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL
    )
    running = Installation(process, f"http://127.0.0.1:{port}", var)
    try:
        running.wait_until_ready()
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


@pytest.fixture
def api(installation: Installation) -> Iterator[ApiClient]:
    """A client, with the clock on Monday, 23 November 2026, 09:00."""
    installation.wait_until_ready()
    client = ApiClient(installation.url)
    client.set_clock("2026-11-23T09:00:00+08:00")
    yield client
    client.close()
