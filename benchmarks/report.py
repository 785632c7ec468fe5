"""The figures of one run, as Markdown for people and as JSON for comparing runs."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.calls import CHAT, ECHO, EMBEDDING
from benchmarks.processes import Memory
from benchmarks.rounds import Timing


@dataclass(frozen=True)
class Figures:
    """Everything one run found out."""

    timings: Sequence[Timing]
    start_s: Mapping[str, float]
    memory: Mapping[str, Memory]
    calls_a_round: int


def chat_ratio(timings: Sequence[Timing]) -> float:
    """A chat turn against (a bare Rasa turn + one embedding): p95s of a round, median of rounds."""
    by_name = {timing.name: timing for timing in timings}
    ratios = [
        by_name[CHAT].p95_of_round_ms(number)
        / (by_name[ECHO].p95_of_round_ms(number) + by_name[EMBEDDING].p95_of_round_ms(number))
        for number in range(len(by_name[CHAT].rounds_ms))
    ]
    return median(ratios)


def as_json(figures: Figures) -> dict[str, object]:
    """Every call's time, and the rest as it is."""
    return {
        "machine": machine(),
        "rounds_ms": {timing.name: timing.rounds_ms for timing in figures.timings},
        "chat_ratio_p95": chat_ratio(figures.timings),
        "start_s": dict(figures.start_s),
        "memory_mib": {
            name: {"rss": memory.rss, "pss": memory.pss} for name, memory in figures.memory.items()
        },
    }


def as_markdown(figures: Figures) -> str:
    """Three tables."""
    rounds = len(figures.timings[0].rounds_ms)
    return "\n\n".join(
        [
            f"{machine()}; {rounds} alternating rounds of {figures.calls_a_round} calls.",
            _table("| call | p50 ms | p95 ms |", map(_timing_row, figures.timings)),
            f"A chat turn takes {chat_ratio(figures.timings):.2f} times a bare Rasa turn plus one"
            " embedding (p95 of a round, median of the rounds).",
            _table(
                "| ready after | s |",
                [f"| {name} | {seconds:.1f} |" for name, seconds in figures.start_s.items()],
            ),
            _table(
                "| process | RSS MiB | PSS MiB |",
                [
                    f"| {name} | {memory.rss:.0f} | {memory.pss:.0f} |"
                    for name, memory in figures.memory.items()
                ],
            ),
        ]
    )


def machine() -> str:
    """What the figures were taken on."""
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    return f"{system}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _timing_row(timing: Timing) -> str:
    return f"| {timing.name} | {timing.p50_ms:.1f} | {timing.p95_ms:.1f} |"


def _table(head: str, rows: Sequence[str] | map[str]) -> str:
    columns = head.count("|") - 1
    return "\n".join([head, "|" + "---|" * columns, *rows])
