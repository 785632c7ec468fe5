"""Days as people name them, found in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.adapters.chinese.lunar import FEAST
from bot.adapters.chinese.resolving import KINDS, Asked, Days, Resolver
from bot.core.leave import Half

_HALF = re.compile(
    r"的?(?:(?P<am>上午|早上|早晨|清晨|一早|早|上半天)|(?P<pm>下午|午后|中午|傍晚|晚上|晚|下半天))?"
)


@dataclass(frozen=True)
class Mention:
    """Words at `start`..`end` of a text that name a day or several, perhaps half of one."""

    start: int
    end: int
    half: Half | None
    is_feast: bool
    resolve: Callable[[Asked], Days]


def find_mentions(text: str) -> Iterator[Mention]:
    """Every mention of days in a normalised text, in order."""
    position = 0
    while (found := _next_match(text, position)) is not None:
        match, resolver, is_feast = found
        half = _HALF.match(text, match.end())
        end = half.end() if half and half.lastgroup else match.end()
        which = Half(half.lastgroup) if half and half.lastgroup else None
        yield Mention(match.start(), end, which, is_feast, _bound(resolver, match))
        position = end


def _bound(resolver: Resolver, match: re.Match[str]) -> Callable[[Asked], Days]:
    return lambda asked: resolver(match, asked)


def _next_match(text: str, position: int) -> tuple[re.Match[str], Resolver, bool] | None:
    """The leftmost match; of several that start together the first listed."""
    found = None
    for pattern, resolver in KINDS:
        match = pattern.search(text, position)
        if match and (found is None or match.start() < found[0].start()):
            found = match, resolver, pattern is FEAST
    return found
