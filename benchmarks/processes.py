"""Starts the processes that are measured, each on free ports, and reads their memory."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).parent.parent
SERVICE_PYTHON = ROOT / ".venv/bin/python"
RASA_PYTHON = ROOT / ".venv-rasa/bin/python"
ECHO = ROOT / "benchmarks/echo"
RUN_RASA = ROOT / "scripts/run_rasa.py"
MODEL = ROOT / "models/dialogue.tar.gz"
READY_WITHIN_S = 900.0  # the first start embeds every clause
QUIET_RASA = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SANIC_WORKERS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "LOG_LEVEL": "WARNING",
}
Command = Sequence[str | Path]


@dataclass(frozen=True)
class Started:
    """A process that answers; `seconds` is what that took since all were started."""

    name: str
    url: str
    process: psutil.Popen
    seconds: float


@dataclass(frozen=True)
class Memory:
    """MiB of a process and its children; `pss` counts what is shared between them once."""

    rss: float
    pss: float


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def echo_bot(folder: Path) -> Iterator[Started]:
    """Train the bare Rasa bot in `folder` and run it."""
    shutil.copytree(ECHO, folder / "echo", dirs_exist_ok=True)
    options = ["--quiet", "--fixed-model-name", "echo"]
    command: Command = [RASA_PYTHON, "-m", "rasa", "train", *options]
    log = folder / "echo-training.log"
    with log.open("wb") as output:
        subprocess.run(
            command, cwd=folder / "echo", env=_environ(), stdout=output, stderr=output, check=True
        )
    port = free_port()
    command = [RASA_PYTHON, "-m", "rasa", *_options(port, "models/echo.tar.gz")]
    begun = time.perf_counter()
    with _running(command, folder / "echo", {}, folder) as rasa:
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(f"{url}/", rasa)
        yield Started("bare Rasa", url, rasa, time.perf_counter() - begun)


@contextmanager
def guiju(folder: Path, var: Path) -> Iterator[tuple[Started, Started]]:
    """Run the service and its Rasa side by side, as `make up` does."""
    port, rasa_port, action_port = free_port(), free_port(), free_port()
    rasa_url, url = f"http://127.0.0.1:{rasa_port}", f"http://127.0.0.1:{port}"
    environ = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "ACTION_PORT": str(action_port),
        "RASA_URL": rasa_url,
        "GUIJU_VAR": str(var),
    }
    begun = time.perf_counter()
    with (
        _running(
            [RASA_PYTHON, RUN_RASA, *_options(rasa_port, MODEL)], ROOT, environ, folder
        ) as rasa,
        _running([SERVICE_PYTHON, "-m", "bot", "serve"], ROOT, environ, folder) as service,
    ):
        _wait_until_ready(f"{rasa_url}/", rasa)
        rasa_seconds = time.perf_counter() - begun
        _wait_until_ready(f"{url}/readyz", service)
        service_seconds = time.perf_counter() - begun
        yield (
            Started("service", url, service, service_seconds),
            Started("Rasa", rasa_url, rasa, rasa_seconds),
        )


def memory_of(processes: list[psutil.Process]) -> Memory:
    """The memory of processes and all their children."""
    family = {
        member for process in processes for member in [process, *process.children(recursive=True)]
    }
    rss = sum(member.memory_info().rss for member in family)
    return Memory(rss / 2**20, sum(map(_pss_kib, family)) / 2**10)


def database_processes(var: Path) -> list[psutil.Process]:
    """The processes of the embedded PostgreSQL server, which work in its data folder."""
    found = (process for process in psutil.process_iter(["name", "cwd"]))
    return [
        process
        for process in found
        if process.info["name"] == "postgres"
        and Path(process.info["cwd"] or "/").is_relative_to(var.resolve())
    ]


def _pss_kib(process: psutil.Process) -> int:
    rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    [kib] = re.findall(r"^Pss:\s+(\d+) kB", rollup, flags=re.MULTILINE)
    return int(kib)


def _options(port: int, model: str | Path) -> Command:
    return ["run", "--model", model, "--interface", "127.0.0.1", "--port", str(port)]


def _environ() -> dict[str, str]:
    nobodys_own = {"DOTENV": os.devnull, "DATABASE_URL": "", "OMP_NUM_THREADS": "1"}
    return os.environ | nobodys_own | QUIET_RASA


@contextmanager
def _running(
    command: Command, cwd: Path, environ: dict[str, str], folder: Path
) -> Iterator[psutil.Popen]:
    log = folder / f"{Path(command[0]).parent.parent.name}-{cwd.name}.log"
    with log.open("ab") as output:
        process = psutil.Popen(
            command, cwd=cwd, env=_environ() | environ, stdout=output, stderr=output
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(url: str, process: psutil.Popen) -> None:
    deadline = time.perf_counter() + READY_WITHIN_S
    with httpx.Client(trust_env=False, timeout=5) as client:
        while time.perf_counter() < deadline:
            if process.poll() is not None:
                raise RuntimeError(f"ended with {process.returncode} before {url} answered")
            if _answers(client, url):
                return
            time.sleep(0.05)
    raise TimeoutError(f"{url} did not answer within {READY_WITHIN_S:.0f} s")


def _answers(client: httpx.Client, url: str) -> bool:
    try:
        return client.get(url).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
