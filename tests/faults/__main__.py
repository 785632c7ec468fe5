"""A fault run against the stand-in for DingTalk, with the service killed in its work.

python -m tests.faults [--messages 2000] [--approvals 300] [--kills 15] [--seed 1]
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlalchemy import URL

from bot.adapters.postgres.server import start_server, stop_server
from tests.fakes.dingtalk.process import running
from tests.faults.run import SPEED, Asker, Plan, Run, Service
from tests.faults.verdict import Verdict, judge, settle
from tests.faults.world import environment, fill_database, fill_stand_in, people_with, staff

LEAVES_EACH = 10  # of one asker, on days of their own


def lead(plan: Plan, url: URL, folder: Path) -> Verdict:
    """One whole run on an empty database."""
    askers = staff(max(1, -(-plan.approvals // LEAVES_EACH), 30 if plan.approvals > 30 else 5))
    directory = people_with(askers)
    fill_database(url, directory)
    with running("--speed", str(SPEED)) as stand_in:
        fill_stand_in(stand_in, directory)
        service = Service(environment(stand_in, url, folder))
        service.start()
        try:
            run = Run(plan, stand_in, service, [Asker(userid) for userid in askers])
            began = time.monotonic()
            run.go()
            said_s, settled_s = time.monotonic() - began, settle(run, url)
            verdict = judge(run, url)
        finally:
            service.stop()
    times = {"said within, s": round(said_s), "settled after, s": round(settled_s)}
    return Verdict(verdict.wrong, times | verdict.figures)


@contextmanager
def _database(folder: Path) -> Iterator[URL]:
    url = start_server(folder / "postgres")
    try:
        yield url
    finally:
        stop_server(folder / "postgres")


@click.command()
@click.option("--messages", default=Plan.messages)
@click.option("--approvals", default=Plan.approvals)
@click.option("--kills", default=Plan.kills)
@click.option("--seed", default=Plan.seed)
def main(messages: int, approvals: int, kills: int, seed: int) -> None:
    """Lead one run and tell what came of it; exit code 1 if anything went wrong."""
    with TemporaryDirectory(prefix="guiju-") as name, _database(Path(name)) as url:
        verdict = lead(Plan(messages, approvals, kills, seed), url, Path(name))
    click.echo("\n".join(verdict.lines()))
    raise SystemExit(any(verdict.wrong.values()))


if __name__ == "__main__":
    main()
