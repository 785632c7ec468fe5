"""Which lines begin an article, and with which ordinal, when digits of ordinals were lost.

The sequence decides, not the single line: docs/decisions/0010-ordinal-repair.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.ingest.numerals import to_number, to_numeral

EXACT = 3.0  # the printed ordinal is the ordinal
SHORTENED = 1.0  # characters are missing, the first one stands or none is left
BEHEADED = -0.5  # the leading tens are missing: more likely a list inside an article
MISSING = 2.0  # for each ordinal that no line carries ...
MISSING_MOST = 6.0  # ... up to this, since whole pages may be missing
NEIGHBOURS = 0.5  # two articles with no other candidate between them
WINDOW = 8  # so many missing ordinals are looked for one by one
NO_SCORE = float("-inf")


@dataclass(frozen=True)
class Mark:
    """A candidate: one line's printed ordinal, 二十 or empty, and what it would exactly be."""

    line: int
    printed: str

    @property
    def exact(self) -> int | None:
        """The value of the printed ordinal."""
        return to_number(self.printed) if self.printed else None


@dataclass(frozen=True)
class Numbered:
    """A candidate that is an article. `is_repaired`: its printed ordinal is not its ordinal."""

    mark: Mark
    ordinal: int
    is_repaired: bool


@dataclass(frozen=True)
class _Step:
    score: float
    mark: int  # index of the candidate
    ordinal: int
    before: _Step | None


def number_articles(marks: Sequence[Mark]) -> list[Numbered]:
    """Choose the candidates that form the most plausible rising sequence of ordinals.

    Candidates that fit nowhere (a numbered list inside an article) are left out.
    """
    best: dict[int, _Step] = {}  # by ordinal
    latest: dict[int, _Step] = {}  # steps that end at the candidate just before
    for index, mark in enumerate(marks):
        steps = [
            _best_step(index, ordinal, worth, best, latest)
            for ordinal, worth in _readings(mark, index, len(marks))
        ]
        latest = {step.ordinal: step for step in steps}
        for step in steps:
            if step.ordinal not in best or step.score > best[step.ordinal].score:
                best[step.ordinal] = step
    last = max(best.values(), key=lambda step: step.score, default=None)
    return _unwind(last, marks) if last and last.score > 0 else []


def _readings(mark: Mark, index: int, count: int) -> list[tuple[int, float]]:
    """Every ordinal the candidate may have, with its worth."""
    exact = mark.exact
    most = min(index + 1 + WINDOW, count + WINDOW)
    readings = [(exact, EXACT)] if exact else []
    for ordinal in range(1, most + 1):
        numeral = str(ordinal) if mark.printed.isdecimal() else to_numeral(ordinal)
        if ordinal != exact and _is_shortened(mark.printed, numeral):
            is_headed = not mark.printed or numeral[0] == mark.printed[0]
            readings.append((ordinal, SHORTENED if is_headed else BEHEADED))
    return readings


def _is_shortened(printed: str, numeral: str) -> bool:
    rest = iter(numeral)
    return len(printed) < len(numeral) and all(char in rest for char in printed)


def _best_step(
    index: int, ordinal: int, worth: float, best: dict[int, _Step], latest: dict[int, _Step]
) -> _Step:
    start = _Step(worth - _gap(0, ordinal), index, ordinal, None)
    steps = [start]
    near = range(max(1, ordinal - 1 - WINDOW), ordinal)
    for before in [best[n] for n in near if n in best] or _below(ordinal, best):
        score = before.score + worth - _gap(before.ordinal, ordinal)
        steps.append(_Step(score, index, ordinal, before))
    neighbour = latest.get(ordinal - 1)
    if neighbour:
        steps.append(_Step(neighbour.score + worth + NEIGHBOURS, index, ordinal, neighbour))
    return max(steps, key=lambda step: step.score)


def _below(ordinal: int, best: dict[int, _Step]) -> list[_Step]:
    return [step for number, step in best.items() if number < ordinal]


def _gap(before: int, ordinal: int) -> float:
    return min(MISSING * (ordinal - before - 1), MISSING_MOST)


def _unwind(step: _Step | None, marks: Sequence[Mark]) -> list[Numbered]:
    chosen: list[Numbered] = []
    while step:
        mark = marks[step.mark]
        chosen.append(Numbered(mark, step.ordinal, step.ordinal != mark.exact))
        step = step.before
    return chosen[::-1]
