"""Texts cut to what a platform takes, counted in bytes, at a place where one would stop."""

from __future__ import annotations

import re
from collections.abc import Callable

Size = Callable[[str], int]
# Where to stop, the best first, each kept with what it ends; a surrogate never stands alone here.
_STOPS = tuple(map(re.compile, ("\n{2,}", "\n", "[。！？；!?;]", "[，、,：: ]")))
WORTH_KEEPING = 0.5  # of what fits: a better place is not taken if it costs more


def utf8(text: str) -> int:
    """Bytes of a text in UTF-8."""
    return len(text.encode())


def cut(text: str, most: int, more: str, size: Size = utf8) -> str:
    """The text, or its beginning with `more` after it, in at most `most` by `size`.

    `size` must not shrink when a text grows. Characters are never cut in two.
    """
    if size(text) <= most:
        return text
    fits = _fitting(text, most - size(more), size)
    return text[: _stop(text, fits)].rstrip() + more


def _fitting(text: str, most: int, size: Size) -> int:
    """How many characters of the text fit."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if size(text[:middle]) <= most:
            low = middle
        else:
            high = middle - 1
    return low


def _stop(text: str, fits: int) -> int:
    for stops in _STOPS:
        ends = [found.end() for found in stops.finditer(text, 0, fits)]
        if ends and ends[-1] >= fits * WORTH_KEEPING:
            return ends[-1]
    return fits
