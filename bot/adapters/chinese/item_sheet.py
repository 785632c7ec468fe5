"""Reads a workbook (.xlsx) of matters, as offices keep their lists."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from unicodedata import normalize

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.adapters.chinese.dates import read_day
from bot.adapters.chinese.deadline_words import find_deadline
from bot.adapters.chinese.unit_kinds import names_kind
from bot.core.calendar import CalendarUnpublishedError
from bot.core.errors import InvalidInputError
from bot.core.supervision import ItemKind, ItemParts, Reference
from bot.core.supervision_sheet import CellProblem, Column, SheetRow

MOST_ROWS = 5_000
MOST_BYTES = 200_000_000  # unpacked
HEADING_ROWS = 10  # among which the headings stand
HEADINGS: Mapping[Column, re.Pattern[str]] = {
    Column.CONTENT: re.compile(
        r"(?:督办|督查|工作|交办|任务|事项)*(?:事项|内容|任务)(?:内容|名称)?"
    ),
    Column.LEAD_UNIT: re.compile(r"(?:牵头|责任|承办|主办)(?:单位|部门)"),
    Column.ASSIST_UNITS: re.compile(r"(?:配合|协办|参与)(?:单位|部门)"),
    Column.PERSON: re.compile(r"(?:责任|承办|经办|负责)(?:人|领导)(?:姓名)?"),
    Column.SUPERVISOR: re.compile(r"督(?:办|查)(?:人|人员|责任人|专员)"),
    Column.SOURCE: re.compile(r"(?:事项|任务|立项)?来源"),
    Column.KIND: re.compile(r"(?:事项|办理|督办)?(?:类型|类别)"),
    Column.DEADLINE: re.compile(
        r"(?:完成|办结|办理)?(?:时限|期限)|(?:完成|办结|截止)(?:时间|日期)"
    ),
    Column.URGENT: re.compile(r"紧急程度|缓急(?:程度)?|是否紧急|紧急"),
    Column.ASSIGNED_DAY: re.compile(r"(?:交办|立项|部署)(?:时间|日期)"),
    Column.LINK_TITLE: re.compile(r"(?:会议或文件|文件或会议|会议|文件|依据)(?:名称|标题)?"),
    Column.LINK_NUMBER: re.compile(r"(?:文件|会议|纪要)?文号|(?:文件|纪要)编号"),
    Column.LINK_DAY: re.compile(r"(?:会议|成文|文件)(?:时间|日期)"),
}
_NEEDED = (Column.CONTENT, Column.LEAD_UNIT)
_BETWEEN_UNITS = re.compile(r"[、,;/\s]+")
_YES = frozenset({"是", "紧急", "特急", "加急", "急件", "急", "特提", "平急"})
_NO = frozenset({"否", "不急", "一般", "普通", "平件", "无", ""})
_ERROR = re.compile(r"#(?:REF|N/A|VALUE|NAME|DIV/0|NUM|NULL)[!?]?")
_SIGNS = re.compile(r"[\s()（）:：*＊]+")
Cell = str | date | None


def read_sheet(data: bytes, today: date) -> tuple[SheetRow, ...]:
    """The rows of the first sheet below its headings; empty ones are left out.

    Raises:
        InvalidInputError: "sheet_broken" (no workbook), "sheet_too_long",
            "sheet_heading_missing" (with the columns that it lacks).
    """
    found: list[SheetRow] = []
    columns: dict[Column, int] = {}
    for number, values in _rows(data):
        if not columns:
            columns = _columns(values)
            if number >= HEADING_ROWS and not columns:
                break
            continue
        cells = {column: _cell(values, place) for column, place in columns.items()}
        if any(cells.values()):
            found.append(_Row(number, cells, today).read())
    if not columns:
        raise InvalidInputError("sheet_heading_missing")
    return tuple(found)


def _rows(data: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                raise InvalidInputError("sheet_too_long", most=MOST_ROWS)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > MOST_ROWS + HEADING_ROWS:
                raise InvalidInputError("sheet_too_long", most=MOST_ROWS)
            yield number, values
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise InvalidInputError("sheet_broken") from error


def _columns(values: Sequence[object]) -> dict[Column, int]:
    """Where each column stands, if this is the row of headings."""
    names = [_SIGNS.sub("", normalize("NFKC", str(value))) if value else "" for value in values]
    found = {
        column: next((n for n, name in enumerate(names) if name and pattern.fullmatch(name)), -1)
        for column, pattern in HEADINGS.items()
    }
    placed = {column: place for column, place in found.items() if place >= 0}
    return placed if all(column in placed for column in _NEEDED) else {}


def _cell(values: Sequence[object], place: int) -> Cell:
    value = values[place] if place < len(values) else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return normalize("NFKC", str(value)).strip() or None


class _Row:
    def __init__(self, number: int, cells: Mapping[Column, Cell], today: date) -> None:
        self._number, self._cells, self._today = number, cells, today
        self._problems: list[CellProblem] = []

    def read(self) -> SheetRow:
        cells = [f"{column}={self._cells.get(column) or ''}" for column in Column]
        for column, value in self._cells.items():
            if isinstance(value, str) and _ERROR.search(value):
                self._refuse(column, "sheet_cell_error")
        leads = self._units(Column.LEAD_UNIT)
        if any(map(names_kind, leads)):
            self._refuse(Column.LEAD_UNIT, "item_units_several")
        parts = ItemParts(
            content=self._text(Column.CONTENT),
            lead_unit=leads[0] if leads else None,
            assist_units=(*leads[1:], *self._units(Column.ASSIST_UNITS)),
            kind=self._kind(),
            deadline=self._day(Column.DEADLINE),
            source=self._text(Column.SOURCE),
            urgent=self._urgent(),
            person=self._text(Column.PERSON),
            supervisor=self._text(Column.SUPERVISOR),
            assigned_day=self._day(Column.ASSIGNED_DAY),
            links=self._links(),
        )
        text = "\n".join(str(value) for value in self._cells.values() if value)
        key = hashlib.sha256("\0".join(cells).encode()).hexdigest()
        return SheetRow(self._number, key, text, parts, tuple(self._problems))

    def _refuse(self, column: Column, code: str) -> None:
        self._problems.append(CellProblem(column, code))

    def _text(self, column: Column) -> str | None:
        value = self._cells.get(column)
        return str(value) if value is not None else None

    def _units(self, column: Column) -> tuple[str, ...]:
        spoken = self._text(column) or ""
        return tuple(unit for unit in _BETWEEN_UNITS.split(spoken) if unit)

    def _kind(self) -> ItemKind | None:
        spoken = (self._text(Column.KIND) or "").removesuffix("件").removesuffix("事项")
        if not spoken:
            return None
        if spoken not in list(ItemKind):
            self._refuse(Column.KIND, "sheet_kind_unknown")
            return None
        return ItemKind(spoken)

    def _urgent(self) -> bool | None:
        spoken = self._text(Column.URGENT) or ""
        if spoken not in _YES | _NO:
            self._refuse(Column.URGENT, "sheet_urgency_unknown")
        return spoken in _YES or None

    def _day(self, column: Column) -> date | None:
        value = self._cells.get(column)
        if value is None or isinstance(value, date):
            return value
        try:
            day = _spoken_day(value, self._today, column is Column.DEADLINE)
        except (InvalidInputError, CalendarUnpublishedError) as error:
            self._refuse(column, error.code)
            return None
        if day is None:
            self._refuse(column, "sheet_day_unknown")
        return day

    def _links(self) -> tuple[Reference, ...]:
        title, number = self._text(Column.LINK_TITLE), self._text(Column.LINK_NUMBER)
        day = self._day(Column.LINK_DAY)
        if not (title or number):
            return ()
        return (Reference(title or number or "", number or "", day),)


@lru_cache(maxsize=1_000)  # a column says the same few days again and again
def _spoken_day(text: str, today: date, is_deadline: bool) -> date | None:
    found = find_deadline(text, today) if is_deadline else None
    return found.day if found else read_day(text, today)
