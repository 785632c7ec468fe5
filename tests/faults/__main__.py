"""A fault run against a stand-in for a platform, with the service killed in its work.

python -m tests.faults [--platform wecom] [--messages 2000] [--approvals 300] [--kills 15]
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlalchemy import URL

from bot.adapters.postgres.server import start_server, stop_server
from bot.core.people import Directory
from tests.fakes.dingtalk.process import StandIn, running
from tests.faults import wecom
from tests.faults.run import Asker, Plan, Run, Service
from tests.faults.verdict import DingTalkSight, Sight, Verdict, judge, settle
from tests.faults.world import (
    SPEED,
    environment,
    fill_database,
    fill_stand_in,
    people_with,
    staff,
)

LEAVES_EACH = 10  # of one asker, on days of their own


@dataclass(frozen=True)
class Side:
    """What of a run differs from platform to platform."""

    running: Callable[..., AbstractContextManager[StandIn]]
    fill: Callable[[StandIn, Directory], None]
    environment: Callable[[StandIn, URL, Path], Mapping[str, str]]
    run: type[Run]
    sight: Sight


SIDES = {
    "dingtalk": Side(running, fill_stand_in, environment, Run, DingTalkSight()),
    "wecom": Side(
        wecom.running, wecom.fill_stand_in, wecom.environment, wecom.WeComRun, wecom.WeComSight()
    ),
}


def lead(plan: Plan, url: URL, folder: Path, platform: str = "dingtalk") -> Verdict:
    """One whole run on an empty database."""
    side = SIDES[platform]
    askers = staff(max(1, -(-plan.approvals // LEAVES_EACH), 30 if plan.approvals > 30 else 5))
    directory = people_with(askers)
    fill_database(url, directory)
    with side.running("--speed", str(SPEED)) as stand_in:
        side.fill(stand_in, directory)
        service = Service(side.environment(stand_in, url, folder))
        service.start()
        try:
            run = side.run(plan, stand_in, service, [Asker(userid) for userid in askers])
            began = time.monotonic()
            run.go()
            said_s, settled_s = time.monotonic() - began, settle(run, url, side.sight)
            verdict = judge(run, url, side.sight)
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
@click.option("--platform", default="dingtalk", type=click.Choice(list(SIDES)))
def main(messages: int, approvals: int, kills: int, seed: int, platform: str) -> None:
    """Lead one run and tell what came of it; exit code 1 if anything went wrong."""
    with TemporaryDirectory(prefix="guiju-") as name, _database(Path(name)) as url:
        verdict = lead(Plan(messages, approvals, kills, seed), url, Path(name), platform)
    click.echo("\n".join(verdict.lines()))
    raise SystemExit(any(verdict.wrong.values()))


if __name__ == "__main__":
    main()
