"""Workbooks (xlsx) written with openpyxl."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.services.sheets import Cell, Sheet

LONGEST_TITLE = 31  # Excel takes no more
WIDEST = 48  # characters of a column; a Chinese one counts as two
_NOT_IN_A_TITLE = re.compile(r"[\\*?:/\[\]]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class XlsxWriter:
    """Writes `Sheet`s; the header stays in sight and can be filtered by."""

    def write(self, sheets: Sequence[Sheet]) -> bytes:
        """See `bot.services.sheets.SheetWriter`."""
        book = Workbook()
        book.remove(book.worksheets[0])
        for sheet in sheets:
            title = _NOT_IN_A_TITLE.sub(" ", sheet.title)[:LONGEST_TITLE]
            _fill(book.create_sheet(title), sheet)
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for row, cells in enumerate((sheet.header, *sheet.rows), start=1):
        for column, value in enumerate(cells, start=1):
            _put(page, row, column, value)
    for column in range(1, len(sheet.header) + 1):
        page.cell(1, column).font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = _width(sheet, column - 1)
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions


def _put(page: Worksheet, row: int, column: int, value: Cell) -> None:
    cell = page.cell(row, column)
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"  # openpyxl takes what starts with "=" for a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if value.startswith(_STARTS_A_FORMULA):
        cell.quotePrefix = True  # Excel keeps it text, also when the cell is edited


def _width(sheet: Sheet, column: int) -> int:
    cells = (str(row[column]) for row in (sheet.header, *sheet.rows) if row[column] is not None)
    return min(max(map(_columns, cells), default=0) + 2, WIDEST)


def _columns(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)
