"""What people say of a place in the rules: everyday words beside the rules' own (`spoken.yml`).

Rules of different offices are much alike, so a line is not kept by article: it belongs to every
clause that holds its mark, literal words of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.search.words import normalise

SPOKEN = Path(__file__).parent / "spoken.yml"
KEPT = 16_384  # clauses


@lru_cache(KEPT)
def spoken_of(clause: str) -> tuple[str, ...]:
    """The spoken lines of a clause."""
    plain = normalise(clause)
    marked = (lines for marks, lines in _read() if all(mark in plain for mark in marks))
    return tuple(dict.fromkeys(line for lines in marked for line in lines))


@lru_cache
def _read() -> tuple[tuple[Sequence[str], Sequence[str]], ...]:
    return tuple(_marked())


def _marked() -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    read: dict[str, list[str]] = yaml.safe_load(SPOKEN.read_text(encoding="utf-8"))
    for words, lines in read.items():
        yield [normalise(mark) for mark in str(words).split()], lines
