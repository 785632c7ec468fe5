"""What a fault run may not leave behind: anything lost, said twice, filed twice, or open."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import URL, create_engine, text

from tests.fakes.channels.process import StandIn
from tests.faults.run import Run

PATIENCE_S = 300.0  # leases of the killed, uncertain filings, retries
QUIET = text(
    """
    SELECT (SELECT count(*) FROM inbox WHERE state = 'pending'),
           (SELECT count(*) FROM outbox WHERE state IN ('pending', 'uncertain')),
           (SELECT count(*) FROM platform_event WHERE state = 'pending'),
           (SELECT count(*) FROM leave WHERE state IN ('confirmed', 'filed'))"""
)
ROWS = {
    "inbox": "SELECT message_id, state FROM inbox",
    "outbox": "SELECT key, state FROM outbox WHERE kind = 'push'",
    "leave": "SELECT id::text, state FROM leave",
    "filed": "SELECT key, state FROM outbox WHERE kind = 'approval'",
}


@dataclass(frozen=True)
class Told:
    """One thing that the platform told the service, and what came of it."""

    key: str
    acknowledged: bool
    given_up: bool
    pushed: int  # how often it was told
    took_s: float  # until the acknowledgement


class Sight(Protocol):
    """How a run on one platform is looked at."""

    def told(self, stand_in: StandIn) -> list[Told]:
        """Everything that the platform told, or still tries to."""
        ...

    def shown(self, stand_in: StandIn, keys: Collection[str]) -> Counter[str]:
        """How often each push can be seen, by its key; "" for what has none of these keys."""
        ...

    def mark(self, approval: dict[str, Any]) -> str:
        """Our key in the form of an approval."""
        ...


class DingTalkSight:
    """Everything is a card, known by its outTrackId."""

    def told(self, stand_in: StandIn) -> list[Told]:
        names = ("key", "acknowledged", "given_up", "pushed", "took_s")
        return [Told(*(each[name] for name in names)) for each in stand_in.ask("deliveries")]

    def shown(self, stand_in: StandIn, keys: Collection[str]) -> Counter[str]:
        tracks = (each["param"].get("outTrackId", "") for each in stand_in.sent())
        return Counter(track.partition(".")[2] for track in tracks)

    def mark(self, approval: dict[str, Any]) -> str:
        return next(str(each["value"]) for each in approval["values"] if each["name"] == "规矩编号")


@dataclass(frozen=True)
class Verdict:
    """What went wrong, by kind; all zero when all went well. `figures` tell how it went."""

    wrong: dict[str, int]
    figures: dict[str, float] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """For a person to read."""
        told = [f"{name}: {value:g}" for name, value in self.figures.items()]
        return [*told, *(f"{name}: {count}" for name, count in self.wrong.items())]


def settle(run: Run, url: URL, sight: Sight) -> float:
    """Wait until nothing is on its way any more; the seconds that it took."""
    began, engine = time.monotonic(), create_engine(url)
    try:
        while time.monotonic() - began < PATIENCE_S:
            clicked = run.click()
            told = sight.told(run.stand_in)
            coming = any(not each.acknowledged and not each.given_up for each in told)
            with engine.connect() as connection:
                open_rows = sum(connection.execute(QUIET).one())
            if not clicked and not coming and not open_rows:
                break
            time.sleep(0.5)
        return time.monotonic() - began
    finally:
        engine.dispose()


def judge(run: Run, url: URL, sight: Sight) -> Verdict:
    """Hold what the platform shows against what was said and what the database says."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows: dict[str, dict[str, str]] = {
            name: {row[0]: row[1] for row in connection.execute(text(query))}
            for name, query in ROWS.items()
        }
    engine.dispose()
    seen = sight.shown(run.stand_in, rows["outbox"].keys())
    approvals = Counter(sight.mark(each) for each in run.stand_in.ask("approvals"))
    told = sight.told(run.stand_in)
    acknowledged = {each.key for each in told if each.acknowledged}
    states = Counter(rows["outbox"].values()) + Counter(rows["filed"].values())
    wrong = {
        "acknowledged and lost": len((acknowledged & set(run.said)) - rows["inbox"].keys()),
        "never taken in": len(set(run.said) - rows["inbox"].keys()),
        "not answered": sum(state != "done" for state in rows["inbox"].values()),
        "answers lost": sum(not seen[key] for key in rows["outbox"]),
        "shown twice": sum(count > 1 for count in seen.values()),
        "shown without a key": seen[""],
        "not filed": run.plan.approvals - len(approvals),
        "filed twice": sum(count > 1 for count in approvals.values()),
        "leaves not approved": sum(state != "approved" for state in rows["leave"].values()),
        "uncertain or open": states["uncertain"] + states["pending"],
        "given up": states["failed"],
    }
    return Verdict(wrong, figures_of(run, told))


def figures_of(run: Run, told: list[Told]) -> dict[str, float]:
    """How much happened, and how quickly what arrived was acknowledged."""
    at_once = sorted(each.took_s for each in told if each.took_s and each.pushed == 1)
    calls = Counter(call["fault"] for call in run.stand_in.calls() if call["fault"])
    return {
        "messages": len(run.said),
        "approvals": run.plan.approvals,
        "kills": run.service.kills,
        "links broken": run.breaks,
        "told again": sum(each.pushed > 1 for each in told),
        **{f"calls that met {fault}": count for fault, count in sorted(calls.items())},
        "acknowledgement p50, ms": _quantile(at_once, 0.5) * 1000,
        "acknowledgement p99, ms": _quantile(at_once, 0.99) * 1000,
    }


def _quantile(sorted_times: list[float], share: float) -> float:
    if not sorted_times:
        return 0.0
    return sorted_times[min(len(sorted_times) - 1, int(len(sorted_times) * share))]
