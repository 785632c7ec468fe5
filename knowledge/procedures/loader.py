"""Reads the decision tables of the offices from `<org>.yml` and `<org>.<subject>.yml`.

A file holds `org` and `tables`; a table `title` and `rows`; a row `when`, `then` and either
`article`, `item`, `quote` (the rule) or `basis: office` (the office's own default, 单位约定).
In `when` a fact is one value, a list of values, or `{least: 2, most: 6.5}`, both included.
In `then` lie the outcome's fields; `also` lists further places that say so, `steps` those of a
procedure in their order. For questions: `case` names the row's case in words, `answer` is the part
of the quote that answers (without it a row answers nothing), `in_full` what people are told where
the short answer is the end of a chain; `first`, `last` and `overseer` answer those who ask for one
step of it, or for whoever has it in hand. `usual: true` holds unless a special case is said (once
the fact that the row names first is known). `unwritten: true` says that no article decides the
case, `damaged: true` that the published copy has lost characters in the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.core.errors import ConfigurationError
from bot.core.people import OrgId
from bot.core.procedures import Condition, Procedures, Row, Table

RULE, OFFICE = "rule", "office"
_ROW_FIELDS = {"when", "then", "article", "item", "quote", "basis"}
_PLACES = ("also", "steps")


@dataclass(frozen=True)
class YamlProcedureBook:
    """The tables of every office, as read at start."""

    offices: Mapping[OrgId, Procedures]

    def of(self, org: OrgId) -> Procedures:
        """The tables of an office, empty if it has none."""
        return self.offices.get(org) or Procedures(org, {})


def load_procedures(folder: Path) -> YamlProcedureBook:
    """Read every `<org>.yml` and `<org>.<subject>.yml` of a folder; a table lies in one of them.

    Raises:
        ConfigurationError: a row cannot be used ("procedures_broken"); names file, table and row.
    """
    offices: dict[OrgId, dict[str, Table]] = {}
    for path in sorted(folder.glob("*.yml")):
        read = _read_file(path)
        tables = offices.setdefault(read.org, {})
        if twice := sorted(set(tables) & set(read.tables)):
            place = {"file": path.name, "table": twice[0]}
            raise ConfigurationError("procedures_broken", **place, reason="stands in two files")
        tables.update(read.tables)
    return YamlProcedureBook({org: Procedures(org, tables) for org, tables in offices.items()})


class _BrokenError(Exception):
    """What is wrong, where it is found; the place is added on the way up."""


def _read_file(path: Path) -> Procedures:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise ConfigurationError("procedures_broken", file=path.name, reason=reason) from error
    org = OrgId(path.name.split(".")[0])
    if not isinstance(content, dict) or content.get("org") != org:
        reason = f"`org` must be {org}"
        raise ConfigurationError("procedures_broken", file=path.name, reason=reason)
    tables = {
        name: _read_table(org, name, table, path.name)
        for name, table in _mapping(content.get("tables"), path.name).items()
    }
    return Procedures(org, tables)


def _mapping(value: object, file: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigurationError("procedures_broken", file=file, reason="`tables` is no mapping")
    return value


def _read_table(org: OrgId, name: str, table: object, file: str) -> Table:
    if not isinstance(table, dict) or not isinstance(table.get("rows"), list):
        reason = "a table needs `title` and `rows`"
        raise ConfigurationError("procedures_broken", file=file, table=name, reason=reason)
    rows = []
    for number, row in enumerate(table["rows"], start=1):
        try:
            rows.append(_read_row(row))
        except _BrokenError as error:
            place = {"file": file, "table": name, "row": number, "reason": str(error)}
            raise ConfigurationError("procedures_broken", **place) from error
    return Table(org, name, str(table.get("title", name)), tuple(rows))


def _read_row(row: object) -> Row:
    if not isinstance(row, dict) or not isinstance(row.get("then"), dict):
        raise _BrokenError("a row needs `when` and `then`")
    if unknown := set(row) - _ROW_FIELDS:
        raise _BrokenError(f"unknown field `{min(unknown)}`")
    _check_basis(row)
    item = row.get("item")
    return Row(
        conditions=_read_conditions(row.get("when")),
        outcome=_read_outcome(row["then"]),
        article=row.get("article"),
        item=None if item is None else str(item),
        quote=row.get("quote", ""),
        basis=row.get("basis", RULE),
    )


def _check_basis(row: Mapping[str, Any]) -> None:
    basis, cited = row.get("basis", RULE), {"article", "item", "quote"} & set(row)
    if basis not in (RULE, OFFICE):
        raise _BrokenError(f"`basis` must be {RULE} or {OFFICE}")
    if basis == OFFICE and cited:
        raise _BrokenError("an office's own default cites nothing")
    if basis == RULE:
        _check_place(row)


def _check_place(place: Mapping[str, Any]) -> None:
    if type(place.get("article")) is not int or place["article"] < 1:
        raise _BrokenError("`article` must be a whole number from 1")
    if not isinstance(place.get("quote"), str) or not place["quote"]:
        raise _BrokenError("`quote` is missing")


def _read_conditions(when: object) -> tuple[Condition, ...]:
    if not isinstance(when, dict) or not when:
        raise _BrokenError("`when` must name at least one fact")
    return tuple(_read_condition(fact, test) for fact, test in when.items())


def _read_condition(fact: str, test: object) -> Condition:
    if isinstance(test, dict):
        return _read_range(fact, test)
    values: list[Any] = test if isinstance(test, list) else [test]
    if not values or not all(isinstance(value, str | bool | int | float) for value in values):
        raise _BrokenError(f"`{fact}` needs a value, a list of values or a range")
    if len(values) == 1 and _is_number(values[0]):
        return Condition(fact, least=float(values[0]), most=float(values[0]))
    return Condition(fact, frozenset(values))


def _read_range(fact: str, test: Mapping[str, Any]) -> Condition:
    if not test or not set(test) <= {"least", "most"} or not all(map(_is_number, test.values())):
        raise _BrokenError(f"`{fact}` needs `least`, `most` or both, as numbers")
    least, most = test.get("least"), test.get("most")
    if least is not None and most is not None and least > most:
        raise _BrokenError(f"`{fact}`: `least` is above `most`")
    return Condition(fact, least=least, most=most)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read_outcome(then: Mapping[str, Any]) -> Mapping[str, Any]:
    # a comma in an unquoted value ends it within braces, and what follows becomes a field
    if torn := [field for field in then if not str(field).isascii()]:
        raise _BrokenError(f"`{torn[0]}` is no field: quote a value that holds a comma")
    for field in _PLACES:
        places = then.get(field, [])
        if not isinstance(places, list) or not all(isinstance(place, dict) for place in places):
            raise _BrokenError(f"`{field}` must be a list of places")
        for place in places:
            _check_place(place)
    return dict(then)
