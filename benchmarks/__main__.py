"""`make bench`: the service beside a bare Rasa bot and one embedding, in the same run."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import click
import httpx

from benchmarks import calls
from benchmarks.processes import (
    ROOT,
    Memory,
    Started,
    database_processes,
    echo_bot,
    guiju,
    memory_of,
)
from benchmarks.report import Figures, as_json, as_markdown
from benchmarks.rounds import Timing, measure

WARM_UP = 20


@click.command()
@click.option("--rounds", default=6, show_default=True)
@click.option("--calls-a-round", default=50, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=ROOT / "var/bench.json")
def main(rounds: int, calls_a_round: int, out: Path) -> None:
    """Measure speed, memory and start; print Markdown, keep every call's time as JSON."""
    with tempfile.TemporaryDirectory(prefix="guiju-bench-") as name:
        figures = run(Path(name), rounds, calls_a_round)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(as_json(figures), ensure_ascii=False))
    click.echo(as_markdown(figures))


def run(folder: Path, rounds: int, calls_a_round: int) -> Figures:
    """Start everything twice, the second time with a database and an index at hand."""
    folder.chmod(0o755)  # run as root, PostgreSQL works under another user
    var = folder / "var"
    start_s = {}
    with guiju(folder, var) as (service, rasa):
        start_s["service, empty database"] = service.seconds
    with echo_bot(folder) as echo, guiju(folder, var) as (service, rasa):
        start_s |= {"service": service.seconds, "Rasa": rasa.seconds, "bare Rasa": echo.seconds}
        timings = _time(echo, service, rounds, calls_a_round)
        memory = _weigh(var, echo, service, rasa)
    return Figures(timings, start_s, memory, calls_a_round)


def _time(echo: Started, service: Started, rounds: int, calls_a_round: int) -> list[Timing]:
    with httpx.Client(trust_env=False, timeout=30) as client:
        users = calls.people(service.url, client)
        measured = {
            calls.EMBEDDING: calls.embedding(),
            calls.ECHO: calls.echo_turn(echo.url, client, users),
            calls.ASK: calls.ask(service.url, client),
            calls.CHAT: calls.chat_turn(service.url, client, users),
        }
        return measure(measured, rounds, calls_a_round, WARM_UP)


def _weigh(var: Path, *started: Started) -> dict[str, Memory]:
    weights = {one.name: memory_of([one.process]) for one in started}
    return weights | {"PostgreSQL": memory_of(database_processes(var))}


if __name__ == "__main__":
    main()
