"""Items from a workbook: good rows become items, bad ones are named; the same row never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.errors import InvalidInputError, RefusedError
from bot.core.people import Person
from bot.core.rules import Citation
from bot.core.secrecy import secrecy_mark
from bot.core.supervision import Item
from bot.core.supervision_rights import Act, require
from bot.core.supervision_sheet import Column, SheetRow
from bot.services.storage import UnitOfWork
from bot.services.supervision_intake import add_items, tell_units
from bot.services.supervision_ledger import Call, Ledger, log
from bot.services.supervision_registering import Registry

# Which column a refusal is about.
_COLUMNS = {
    "item_content_missing": Column.CONTENT,
    "item_content_long": Column.CONTENT,
    "item_unit_missing": Column.LEAD_UNIT,
    "unit_unlisted": Column.LEAD_UNIT,
    "item_person_unknown": Column.PERSON,
    "item_person_which": Column.PERSON,
    "item_supervisor_unknown": Column.SUPERVISOR,
    "assigned_to_come": Column.ASSIGNED_DAY,
    "deadline_past": Column.DEADLINE,
    "item_deadline_missing": Column.DEADLINE,
    "deadline_unpublished": Column.DEADLINE,
}


@dataclass(frozen=True)
class RefusedRow:
    """Why a row made no item: the row and the column as the workbook numbers them."""

    row: int
    column: Column | None
    error: RefusedError


@dataclass(frozen=True)
class NumberedRow:
    """A row with the number of its item; in a dry run one that is new has none yet."""

    row: int
    number: str


@dataclass(frozen=True)
class LateRow:
    """A row whose day is later than a written rule allows: kept, and pointed out."""

    row: int
    day: date
    citation: Citation


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or in a dry run would do, row by row."""

    created: tuple[NumberedRow, ...]
    known: tuple[NumberedRow, ...]  # imported before, or a second time in the same workbook
    refused: tuple[RefusedRow, ...]
    late: tuple[LateRow, ...]
    dry_run: bool


@dataclass(frozen=True)
class Importer:
    """Imports workbooks. What is stored is stored in one transaction, and once."""

    ledger: Ledger

    def run(
        self, person: Person, data: bytes, dry_run: bool = False, accept_unlisted: bool = False
    ) -> ImportReport:
        """Import the rows of a workbook.

        Raises:
            NotAllowedError: the person may not register.
            InvalidInputError: "sheet_broken", "sheet_too_long", "sheet_heading_missing".
        """
        require(person, Act.REGISTER)
        with self.ledger.unit_of_work() as uow:
            directory = uow.people.directory(person.org)
        rows = self.ledger.reader.read_sheet(data, self.ledger.today())
        with self.ledger.unit_of_work() as uow:
            # The office's serial is held from here on: two imports take turns.
            uow.items.next_serial(person.org, self.ledger.today().year)
            sorting = _Sorting(uow, person, Registry(directory, self.ledger.deadlines()))
            sorting.sort(rows, self.ledger, accept_unlisted)
            items = [] if dry_run else self._store(uow, person, sorting)
            report = sorting.report([item.number for item in items], dry_run)
            if items:
                uow.commit()
        for item in items:
            log("registered", item)
        return report

    def _store(self, uow: UnitOfWork, person: Person, sorting: _Sorting) -> list[Item]:
        drafts = [draft for _, draft in sorting.good]
        if not drafts:
            return []
        key = f"import:{sorting.good[0][0].key}"
        call = Call(person, "", key, Act.REGISTER)
        items = add_items(uow, self.ledger, call, drafts)
        made = zip(sorting.good, items, strict=True)
        uow.effects.record_all({_effect(person, row): item.number for (row, _), item in made})
        tell_units(uow, self.ledger, call, items, sorting.registry.directory)
        # One row for all: until this is committed, nobody else's can be chained to the audit.
        first, last, now = items[0].number, items[-1].number, self.ledger.clock.now()
        details = {"last": last, "count": len(items)}
        uow.audit.append(person.org, person.id, "supervision.imported", first, now, details)
        return items


@dataclass
class _Sorting:
    """Rows sorted into good, known and refused ones."""

    uow: UnitOfWork
    person: Person
    registry: Registry

    def __post_init__(self) -> None:
        self.good: list[tuple[SheetRow, Item]] = []
        self.known: list[tuple[int, str, str]] = []  # row, number, key
        self.refused: list[RefusedRow] = []
        self.late: list[LateRow] = []

    def sort(self, rows: Sequence[SheetRow], ledger: Ledger, accept_unlisted: bool) -> None:
        seen: set[str] = set()
        now = ledger.clock.now()
        before = self.uow.effects.subjects([_effect(self.person, row) for row in rows])
        for row in rows:
            if row.problems:
                self.refused += [
                    RefusedRow(row.row, problem.column, InvalidInputError(problem.code))
                    for problem in row.problems
                ]
                continue
            number = before.get(_effect(self.person, row))
            if number is not None or row.key in seen:
                self.known.append((row.row, number or "", row.key))
                continue
            try:
                if secrecy_mark(row.text):
                    raise InvalidInputError("text_secret")
                draft = self.registry.draft(self.person, row.parts, now, accept_unlisted)
            except RefusedError as error:
                self.refused.append(RefusedRow(row.row, _COLUMNS.get(error.code), error))
                continue
            seen.add(row.key)
            self.good.append((row, draft))
            self._point_out(row, draft)

    def report(self, numbers: Sequence[str], dry_run: bool) -> ImportReport:
        """The report; `numbers` are those of the good rows, none in a dry run."""
        given = numbers or [""] * len(self.good)
        created = {
            row.key: NumberedRow(row.row, n) for (row, _), n in zip(self.good, given, strict=True)
        }
        known = [NumberedRow(row, number or created[key].number) for row, number, key in self.known]
        return ImportReport(
            tuple(created.values()), tuple(known), tuple(self.refused), tuple(self.late), dry_run
        )

    def _point_out(self, row: SheetRow, draft: Item) -> None:
        exceeded = self.registry.deadlines.exceeded(draft)
        if exceeded is not None and exceeded.citation is not None and exceeded.day is not None:
            self.late.append(LateRow(row.row, exceeded.day, exceeded.citation))


def _effect(person: Person, row: SheetRow) -> str:
    return f"supervision.import:{person.org}:{row.key}"
