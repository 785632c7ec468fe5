"""What sentences wish for that concern several items, or the ledger as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from bot.core.supervision import ItemParts


class ItemName(NamedTuple):
    """What an item is called by within its office."""

    year: int
    serial: int


class GroupWish(Enum):
    """What becomes of the group that reads the digest."""

    NAME = auto()  # this group is to be it
    END = auto()
    ASK = auto()  # which one it is


@dataclass(frozen=True)
class MergeWish:
    """Which items a sentence would merge into which; `main` None: it does not say.

    `undo`: those items are to stand on their own again.
    """

    items: tuple[ItemName, ...]
    main: ItemName | None
    undo: bool = False


@dataclass(frozen=True)
class Minute:
    """A pasted minute, taken apart: each point may become an item; nothing is stored yet.

    `skipped` are the points in which no unit is to do anything.
    """

    points: tuple[MinutePoint, ...]
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class MinutePoint:
    """One point of a minute; `problem` is the code of what keeps it from being an item."""

    parts: ItemParts
    problem: str | None = None
