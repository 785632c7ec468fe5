"""Tables that leave the office as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Sheet:
    """One table of a workbook; every row is as long as the header."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class SheetWriter(Protocol):
    """Makes a workbook (xlsx) of tables."""

    def write(self, sheets: Sequence[Sheet]) -> bytes:
        """The bytes of the file. What people wrote stays text, never a formula."""
        ...
