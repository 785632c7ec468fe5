"""Which lines begin an article, and with which ordinal, when digits of ordinals were lost.

The sequence decides, not the single line: docs/decisions/0010-ordinal-repair.md.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from knowledge.ingest.numerals import to_number, to_numeral

EXACT = 3.0  # the printed ordinal is the ordinal
SHORTENED = 1.0  # characters are missing, the first one stands or none is left
BEHEADED = -1.5  # the leading tens are missing: more likely a list inside an article
STRAY = 1.0  # more, if the candidate is in no list 一、二、三 that it could belong to instead
LED_IN = -1.0  # less, if it is in a list that a colon leads in
RELISTED = -1.5  # less, if a candidate of a list would need another ordinal than it has
MISSING = 2.0  # for each ordinal that no line carries ...
MISSING_MOST = 6.0  # ... up to this, since whole pages may be missing
NEIGHBOURS = 0.5  # two articles with no other candidate between them
MOST_ORDINALS = 2_000  # beyond, nothing is repaired; the Civil Code has 1,260 articles
WINDOW = 8  # so many missing ordinals are looked for one by one


@dataclass(frozen=True)
class Mark:
    """A candidate: one line's printed ordinal, 二十 or empty.

    `is_led_in`: the text before it ends with a colon.
    """

    line: int
    printed: str
    is_led_in: bool = False

    @cached_property
    def exact(self) -> int | None:
        """The ordinal whose full numeral is printed; None if there is none."""
        number = to_number(self.printed)
        if number and self.printed.replace("〇", "零") in (str(number), to_numeral(number)):
            return number
        return None


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
    most = len(marks) + WINDOW
    for index, (mark, run) in enumerate(zip(marks, _runs(marks), strict=True)):
        summits = _summits(best)
        steps = [
            _best_step(index, ordinal, worth, (best, latest, summits))
            for ordinal, worth in _readings(mark, run, min(index + 1 + WINDOW, most))
        ]
        latest = {step.ordinal: step for step in steps}
        for step in steps:
            if step.ordinal not in best or step.score > best[step.ordinal].score:
                best[step.ordinal] = step
    last = max(best.values(), key=lambda step: step.score, default=None)
    return _unwind(last, marks) if last and last.score > 0 else []


@dataclass
class _Run:
    """Candidates one after the other that count 一、二、三: a list, or the articles themselves."""

    length: int
    is_led_in: bool


def _runs(marks: Sequence[Mark]) -> list[_Run | None]:
    """The run that each candidate is in; None for a candidate that continues none."""
    runs: list[_Run | None] = []
    run: _Run | None = None
    for mark in marks:
        if mark.exact == 1:
            run = _Run(0, mark.is_led_in)
        elif run is None or mark.exact != run.length + 1:
            run = None
        if run:
            run.length += 1
        runs.append(run)
    return runs


def _readings(mark: Mark, run: _Run | None, most: int) -> list[tuple[int, float]]:
    """Every ordinal up to `most` that the candidate may have, and the printed one, with worths."""
    if run is None:
        exact, other = EXACT + STRAY, STRAY
    else:
        exact = EXACT + (LED_IN if run.is_led_in else 0.0)
        other = RELISTED if run.length > 1 else 0.0
    readings = [(mark.exact, exact)] if mark.exact else []
    for ordinal, worth in _shortened_readings(mark.printed):
        if ordinal > most:
            break
        readings.append((ordinal, worth + other))
    return readings


@lru_cache(maxsize=2_048)
def _shortened_readings(printed: str) -> tuple[tuple[int, float], ...]:
    readings: list[tuple[int, float]] = []
    for ordinal in range(1, MOST_ORDINALS + 1):
        numeral = str(ordinal) if printed.isdecimal() else to_numeral(ordinal)
        if _is_shortened(printed, numeral):
            is_headed = not printed or numeral[0] == printed[0]
            readings.append((ordinal, SHORTENED if is_headed else BEHEADED))
    return tuple(readings)


def _is_shortened(printed: str, numeral: str) -> bool:
    rest = iter(numeral)
    return len(printed) < len(numeral) and all(char in rest for char in printed)


def _summits(best: dict[int, _Step]) -> tuple[list[int], list[_Step]]:
    """For every ordinal reached so far, the best step at it or below."""
    ordinals = sorted(best)
    steps = list(accumulate((best[n] for n in ordinals), _higher))
    return ordinals, steps


def _higher(one: _Step, other: _Step) -> _Step:
    return other if other.score > one.score else one


def _best_step(
    index: int,
    ordinal: int,
    worth: float,
    reached: tuple[dict[int, _Step], dict[int, _Step], tuple[list[int], list[_Step]]],
) -> _Step:
    best, latest, (ordinals, summits) = reached
    step = _Step(worth - _gap(0, ordinal), index, ordinal, None)
    near = [best[n] for n in range(max(1, ordinal - WINDOW), ordinal) if n in best]
    below = bisect_left(ordinals, ordinal)
    for before in [*near, *summits[below - 1 : below]]:
        score = before.score + worth - _gap(before.ordinal, ordinal)
        step = _higher(step, _Step(score, index, ordinal, before))
    if neighbour := latest.get(ordinal - 1):
        score = neighbour.score + worth + NEIGHBOURS
        step = _higher(step, _Step(score, index, ordinal, neighbour))
    return step


def _gap(before: int, ordinal: int) -> float:
    return min(MISSING * (ordinal - before - 1), MISSING_MOST)


def _unwind(step: _Step | None, marks: Sequence[Mark]) -> list[Numbered]:
    chosen: list[Numbered] = []
    while step:
        mark = marks[step.mark]
        chosen.append(Numbered(mark, step.ordinal, step.ordinal != mark.exact))
        step = step.before
    return chosen[::-1]
