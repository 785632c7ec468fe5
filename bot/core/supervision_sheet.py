"""Rows of a workbook of matters to be put under supervision."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.supervision import ItemParts


class Column(StrEnum):
    """What a column of the workbook holds."""

    CONTENT = "content"
    LEAD_UNIT = "lead_unit"
    ASSIST_UNITS = "assist_units"
    PERSON = "person"
    SUPERVISOR = "supervisor"
    SOURCE = "source"
    KIND = "kind"
    DEADLINE = "deadline"
    URGENT = "urgent"
    ASSIGNED_DAY = "assigned_day"
    LINK_TITLE = "link_title"
    LINK_NUMBER = "link_number"
    LINK_DAY = "link_day"


@dataclass(frozen=True)
class CellProblem:
    """A cell that cannot be used; `code` is that of an error."""

    column: Column
    code: str


@dataclass(frozen=True)
class SheetRow:
    """One row: `row` as the workbook numbers it, `key` the same whenever its cells are."""

    row: int
    key: str
    text: str  # all of it, for the secrecy gate; never logged
    parts: ItemParts
    problems: tuple[CellProblem, ...] = ()
