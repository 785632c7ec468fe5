"""Likeness by single characters and pairs of them: 密件 and 密级文件 share no word, but what tells.

Rare characters count more; those that only join or ask count nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.rules import Edition
from knowledge.search.segments import segments
from knowledge.search.spoken import spoken_of
from knowledge.search.words import normalise, pairs

EMPTY = frozenset(
    "的了是在有和与及或把被给让对向为吗呢吧么啊呀这那哪谁什怎几个些上下里"
    "不也就都还要会能可以得一我你他咱们请问说到去来没过着"
)
HAN = re.compile(r"[\u4e00-\u9fff]")
SHORTEST = 3  # characters; a smaller part of a clause is like too much
KEPT = 16_384  # texts: rule text is read again and again
FINE = 1000  # weights are whole numbers, so that a sum is the same in any order
Parts = frozenset[str]


@lru_cache(KEPT)
def characters_in(plain: str) -> Parts:
    """The characters of a text that name something."""
    return frozenset(HAN.findall(plain)) - EMPTY


@lru_cache(KEPT)
def pairs_in(plain: str) -> Parts:
    """Every two neighbouring characters."""
    return frozenset(pairs(plain))


@dataclass(frozen=True)
class Weighed:
    """The parts of a text, and what all of them weigh."""

    parts: Parts
    weight: int


class Characters:
    """How much characters and pairs of them tell about an edition.

    Texts are those of `normalise`.
    """

    def __init__(self, edition: Edition) -> None:
        clauses = [clause.text for article in edition.articles for clause in article.clauses]
        texts = [normalise(text + "".join(spoken_of(text))) for text in clauses]
        self._most = _weight(1, len(texts))
        self._weights = {
            **_weights(map(characters_in, texts), len(texts)),
            **_weights(map(pairs_in, texts), len(texts)),
        }
        self.of_segments = lru_cache(KEPT)(self._of_segments)
        self.of_lines = lru_cache(KEPT)(self._of_lines)

    def weigh(self, parts: Parts) -> int:
        """What some parts weigh together."""
        weight, most = self._weights.get, self._most
        return sum(weight(part, most) for part in parts)

    def _of_segments(self, clause: str) -> Sequence[Weighed]:
        """The characters of each part of a clause between its stops."""
        parts = (normalise(clause[a:b]) for a, b in segments(clause) if b - a >= SHORTEST)
        return [self._weighed(characters_in(part)) for part in parts]

    def _of_lines(self, lines: Sequence[str]) -> tuple[Sequence[Weighed], Sequence[Weighed]]:
        """The characters and the pairs of each line."""
        plain = [normalise(line) for line in lines]
        single = [self._weighed(characters_in(line)) for line in plain]
        return single, [self._weighed(pairs_in(line)) for line in plain]

    def _weighed(self, parts: Parts) -> Weighed:
        return Weighed(parts, self.weigh(parts))


class Wording:
    """A question, to be held against the clauses of an edition character by character."""

    def __init__(self, question: str, characters: Characters) -> None:
        self._characters = characters
        pairs = frozenset(pair for pair in pairs_in(question) if not EMPTY & frozenset(pair))
        self._single, self._pairs = map(self._weighed, (characters_in(question), pairs))

    def share(self, plain: str) -> float:
        """How much of the question a text says, in 0..1."""
        said = self._characters.weigh(self._single.parts & characters_in(plain))
        return said / (self._single.weight or 1)

    def nearest_segment(self, clause: str) -> float:
        """Likeness of the nearest part of a clause, in 0..1."""
        return self._nearest(self._single, self._characters.of_segments(clause))

    def nearest_line(self, lines: Sequence[str]) -> tuple[float, float]:
        """Likeness of the nearest of some lines, by characters and by pairs, in 0..1."""
        single, pairs = self._characters.of_lines(lines)
        return self._nearest(self._single, single), self._nearest(self._pairs, pairs)

    def _nearest(self, asked: Weighed, texts: Sequence[Weighed]) -> float:
        weigh, parts, weight = self._characters.weigh, asked.parts, asked.weight or 1
        shares = (2 * weigh(parts & text.parts) / (weight + text.weight) for text in texts)
        return max(shares, default=0.0)

    def _weighed(self, parts: Parts) -> Weighed:
        return Weighed(parts, self._characters.weigh(parts))


def _weights(said: Iterable[Parts], count: int) -> Mapping[str, int]:
    counted = Counter(part for parts in said for part in parts)
    return {part: _weight(times, count) for part, times in counted.items()}


def _weight(times: int, count: int) -> int:
    return round(FINE * math.log((count + 1) / times))
