"""What people say of a place in the rules: everyday words beside the rules' own (`spoken.yml`).

Rules of different offices are much alike, so a line is not kept by article: it belongs to every
clause that holds its mark, literal words of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.search.words import normalise

SPOKEN = Path(__file__).parent / "spoken.yml"
KEPT = 16_384  # clauses
SIZES = (4, 2, 1)  # characters of a word of the rules that are looked up before it is compared


@lru_cache(KEPT)
def spoken_of(clause: str) -> tuple[str, ...]:
    """The spoken lines of a clause."""
    plain, listed = normalise(clause), _by_beginning()
    near = [number for said in listed.keys() & _pieces(plain) for number in listed[said]]
    marked = (_read()[number] for number in sorted(near))
    lines = (said for marks, said in marked if all(mark in plain for mark in marks))
    return tuple(dict.fromkeys(line for said in lines for line in said))


@lru_cache
def _by_beginning() -> Mapping[str, Sequence[int]]:
    """Which marks to look for in a clause, by how the longest word of each begins."""
    found: dict[str, list[int]] = {}
    for number, (marks, _) in enumerate(_read()):
        longest = max(marks, key=len)
        size = next((size for size in SIZES if size <= len(longest)), 1)
        found.setdefault(longest[:size], []).append(number)
    return found


def _pieces(plain: str) -> set[str]:
    """What a text holds of each of the sizes."""
    return {plain[at : at + size] for size in SIZES for at in range(len(plain) - size + 1)}


@lru_cache
def _read() -> tuple[tuple[Sequence[str], Sequence[str]], ...]:
    return tuple(_marked())


def _marked() -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    read: dict[str, list[str]] = yaml.safe_load(SPOKEN.read_text(encoding="utf-8"))
    for words, lines in read.items():
        yield [normalise(mark) for mark in str(words).split()], lines
