"""A real Rasa process, and the loopback door for its actions, for tests."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from actions.executor import create_runner
from bot.adapters.rasa import RasaDialogue
from bot.api.actions import create_action_app
from bot.wiring import Wiring

ROOT = Path(__file__).parent.parent.parent
MODEL = ROOT / "models" / "dialogue.tar.gz"
START_TIMEOUT_S = 120.0


def rasa_python() -> Path:
    """Rasa's interpreter; RASA_PYTHON overrules the one in the checkout."""
    return Path(os.environ.get("RASA_PYTHON", ROOT / ".venv-rasa" / "bin" / "python"))


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class RasaProcess:
    """Rasa as the process manager runs it."""

    def __init__(self, action_port: int, log: Path) -> None:
        self.port, self._action_port, self._log = free_port(), action_port, log
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Start and wait until the probe is answered; returns the seconds it took."""
        began = time.monotonic()
        command = [str(rasa_python()), "scripts/run_rasa.py", "run", "--model", str(MODEL)]
        command += ["-i", "127.0.0.1", "-p", str(self.port), "--endpoints", "endpoints.yml"]
        command += ["--credentials", "credentials.yml"]
        environ = os.environ | {
            "ACTION_PORT": str(self._action_port),
            "RASA_TELEMETRY_ENABLED": "false",
            "SANIC_WORKERS": "1",
            "OMP_NUM_THREADS": "1",
            "LOG_LEVEL": "WARNING",
        }
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT
            )
        dialogue = RasaDialogue(self.url, clock=_Steps())
        while not dialogue.is_ready():
            if time.monotonic() - began > START_TIMEOUT_S or self._process.poll() is not None:
                raise RuntimeError(f"Rasa did not start: {self._log.read_text()[-2000:]}")
            threading.Event().wait(0.2)
        dialogue.close()
        return time.monotonic() - began

    def kill(self) -> None:
        """Kill it as the kernel would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class _Steps:
    """A clock that is always later, so that the probe is never answered from memory."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 60.0
        return self._now


@contextmanager
def action_server(wiring: Wiring) -> Iterator[int]:
    """Serve the actions in a thread; yields the port."""
    with served(create_action_app(create_runner(wiring))) as port:
        yield port


@contextmanager
def served(app: FastAPI, port: int | None = None) -> Iterator[int]:
    """Serve an app on loopback in a thread; yields the port."""
    port = port or free_port()
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        threading.Event().wait(0.01)
    yield port
    server.should_exit = True
    thread.join()
