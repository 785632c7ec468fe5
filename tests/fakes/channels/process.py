"""A stand-in started as a process, and what tests ask it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

START_S = 60.0


class StandIn:
    """A running stand-in as tests see it, through `/_control`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._http = httpx.Client(base_url=url, timeout=30.0, trust_env=False)

    def load(self, **world: Any) -> None:
        """Take apps, members, groups, speed, limits: fields as in `state.py`."""
        self.order("world", world)

    def plan(self, *faults: dict[str, Any]) -> None:
        """Plan faults, in place of those still to come."""
        self.order("faults", list(faults))

    def sent(self, to: str | None = None, after: int = 0) -> list[dict[str, Any]]:
        """What a person or a group can see, or everybody, oldest first; `after` a number of it."""
        seen: list[dict[str, Any]] = self.ask("sent", to=to, after=after)
        return seen

    def calls(self, path: str = "") -> list[dict[str, Any]]:
        """The calls to paths that begin so."""
        made: list[dict[str, Any]] = self.ask("calls", path=path)
        return made

    def order(self, what: str, body: Any = None) -> Any:
        """POST to a control."""
        answer = self._http.post(f"/_control/{what}", json=body)
        answer.raise_for_status()
        return answer.json()

    def ask(self, what: str, **params: Any) -> Any:
        """GET from a control."""
        asked = {name: value for name, value in params.items() if value is not None}
        answer = self._http.get(f"/_control/{what}", params=asked)
        answer.raise_for_status()
        return answer.json()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


@contextmanager
def running(module: str, *options: str) -> Iterator[StandIn]:
    """A stand-in of its own process on a free port; `module` is run."""
    port = _free_port()
    command = [sys.executable, "-m", module, "--port", str(port), *options]
    process = subprocess.Popen(command)
    stand_in = StandIn(f"http://127.0.0.1:{port}")
    try:
        _wait_for(port, process)
        yield stand_in
    finally:
        stand_in.close()
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    ends_at = time.monotonic() + START_S
    while time.monotonic() < ends_at and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the stand-in did not start")
