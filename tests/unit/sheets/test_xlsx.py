from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from bot.adapters.xlsx import XlsxWriter
from bot.services.sheets import Sheet


def written(*sheets: Sheet) -> Workbook:
    return load_workbook(BytesIO(XlsxWriter().write(sheets)))


def test_numbers_and_days_stay_what_they_are() -> None:
    book = written(Sheet("台账", ("编号", "件数", "时限"), (("督1号", 3, date(2026, 11, 30)),)))

    rows = list(book["台账"].iter_rows(values_only=True))
    assert rows[0] == ("编号", "件数", "时限")
    assert rows[1][:2] == ("督1号", 3)
    assert rows[1][2].date() == date(2026, 11, 30)


@pytest.mark.parametrize("said", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_what_looks_like_a_formula_stays_text(said: str) -> None:
    cell = written(Sheet("台账", ("内容",), ((said,),)))["台账"]["A2"]

    assert (cell.value, cell.data_type) == (said, "s")
    assert cell.quotePrefix


def test_signs_that_a_workbook_cannot_hold_are_left_out() -> None:
    book = written(Sheet("a/b:c" + "长" * 40, ("内容",), (("报\x00送\x0b",),)))

    [page] = book.worksheets
    assert page["A2"].value == "报送"
    assert page.title.startswith("a b c长")


def test_a_table_without_rows_has_its_header() -> None:
    assert written(Sheet("空", ("甲", "乙"), ()))["空"]["B1"].value == "乙"
