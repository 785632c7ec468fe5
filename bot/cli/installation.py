"""An installation of one's own, started as `make up` does, for measuring and for tests."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bot.core.errors import OutsideServiceError
from bot.settings import ROOT

READY_WITHIN_S = 180
STOPPED_WITHIN_S = 60
POLL_S = 0.1
LOG_TAIL = 2000  # characters of each log that an error shows


@dataclass(frozen=True)
class Installation:
    """Process manager, service, Rasa and PostgreSQL with a var folder of their own."""

    process: subprocess.Popen[bytes]
    url: str
    dialogue_url: str  # Rasa's
    var: Path

    def wait_until_ready(self) -> None:
        """Wait until /readyz answers 200.

        Raises:
            OutsideServiceError: it never does ("installation_not_ready", with the logs).
        """
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline and self.process.poll() is None:
            if self._is_ready():
                return
            time.sleep(POLL_S)  # the one wait for a process of another interpreter
        raise OutsideServiceError("installation_not_ready", logs=self._logs())

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", trust_env=False).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def _logs(self) -> str:
        logs = sorted(self.var.glob("log/*.log"))
        return "\n----\n".join(path.read_text(errors="replace")[-LOG_TAIL:] for path in logs)


@contextmanager
def private_installation(
    index: Path,
    more: Mapping[str, str] | None = None,
    command: Sequence[str] = ("scripts/up.sh",),
) -> Iterator[Installation]:
    """Start one on free ports with an empty database, and stop it at the end.

    Args:
        index: The folder of the search index, which takes minutes to build.
        more: Further settings, such as the platform.
        command: What starts it, from the root of the repository.
    """
    # World-readable, unlike most private folders: as root the database runs under another user.
    with TemporaryDirectory(prefix="guiju-") as folder:
        settings = _settings(Path(folder), index)
        process = subprocess.Popen(  # noqa: S603 - a command of this repository
            command,
            cwd=ROOT,
            env={**os.environ, **settings, **(more or {})},
            stdout=subprocess.DEVNULL,
        )
        url = f"http://127.0.0.1:{settings['PORT']}"
        installation = Installation(process, url, settings["RASA_URL"], Path(folder))
        try:
            installation.wait_until_ready()
            yield installation
        finally:
            process.terminate()  # SIGINT would not reach one started in the background
            process.wait(STOPPED_WITHIN_S)


def _settings(var: Path, index: Path) -> Mapping[str, str]:
    port, rasa_port, action_port = _free_ports(3)
    return {
        "DOTENV": os.devnull,  # nobody's own settings, least of all their database
        "DATABASE_URL": "",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "RASA_PORT": str(rasa_port),
        "ACTION_PORT": str(action_port),
        "RASA_URL": f"http://127.0.0.1:{rasa_port}",
        "GUIJU_VAR": str(var),
        "GUIJU_INDEX": str(index),
        "TICK_S": "3600",  # whoever needs the clock beats it
        # Two cores, and Rasa loads its libraries again after each kill.
        "RASA_TIMEOUT_S": "10",
    }


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for probe in sockets:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in sockets]
    for probe in sockets:
        probe.close()
    return ports
