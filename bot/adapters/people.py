"""Reads an office's directory (通讯录) from YAML: `demo/people/<org>.yml`.

Ids are written without the office: `clerk1` in `changle.yml` is `changle/clerk1`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.core.errors import ConfigurationError
from bot.core.people import Directory, Office, OrgId, Person, PersonId, Rank, Role, Unit

_OFFICE_FIELDS = frozenset({"id", "name", "area", "seat"})
_PERSON_FIELDS = frozenset({"id", "name", "unit", "post", "rank"})
_PERSON_EXTRAS = frozenset({"roles", "leader", "partner"})
_UNIT_FIELDS = frozenset({"name"})
_UNIT_EXTRAS = frozenset({"aliases", "head", "leader"})
_NO_EXTRAS: frozenset[str] = frozenset()


def load_directory(path: Path) -> Directory:
    """Read one office with everybody in it.

    Raises:
        ConfigurationError: an entry cannot be used ("people_broken"); names file and entry.
    """
    try:
        return _DirectoryFile(yaml.safe_load(path.read_text(encoding="utf-8"))).read()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise ConfigurationError("people_broken", file=path.name, reason=reason) from error
    except _BrokenError as error:
        place = {"file": path.name, "entry": error.entry, "reason": error.reason}
        raise ConfigurationError("people_broken", **place) from error


class _BrokenError(Exception):
    def __init__(self, entry: str, reason: str) -> None:
        super().__init__(reason)
        self.entry, self.reason = entry, reason


class _DirectoryFile:
    def __init__(self, content: object) -> None:
        if not isinstance(content, dict):
            raise _BrokenError("office", "the file needs `office`, `people` and `units`")
        self._content = content
        office = _fields("office", content.get("office"), _OFFICE_FIELDS, _NO_EXTRAS)
        self._office = Office(OrgId(office["id"]), office["name"], office["area"], office["seat"])

    def read(self) -> Directory:
        people = tuple(self._person(*numbered) for numbered in self._entries("people"))
        units = tuple(self._unit(*numbered) for numbered in self._entries("units"))
        _check_names(people, units)
        return Directory(self._office, people, units)

    def _entries(self, section: str) -> list[tuple[str, object]]:
        entries = self._content.get(section)
        if not isinstance(entries, list):
            raise _BrokenError(section, "must be a list")
        return [(f"{section} {number}", entry) for number, entry in enumerate(entries, start=1)]

    def _person(self, place: str, entry: object) -> Person:
        said = _fields(place, entry, _PERSON_FIELDS, _PERSON_EXTRAS)
        try:
            rank, roles = Rank(said["rank"]), frozenset(map(Role, said.get("roles", [Role.STAFF])))
        except (ValueError, TypeError) as error:
            raise _BrokenError(f"{place} ({said['id']})", str(error)) from error
        return Person(
            id=self._id(said["id"]),
            org=self._office.id,
            name=said["name"],
            unit=said["unit"],
            post=said["post"],
            rank=rank,
            roles=roles,
            leader=self._id_or_none(said.get("leader")),
            partner=self._id_or_none(said.get("partner")),
        )

    def _unit(self, place: str, entry: object) -> Unit:
        said = _fields(place, entry, _UNIT_FIELDS, _UNIT_EXTRAS)
        aliases = said.get("aliases", [])
        if not isinstance(aliases, list):
            raise _BrokenError(f"{place} ({said['name']})", "`aliases` must be a list")
        return Unit(
            org=self._office.id,
            name=said["name"],
            aliases=tuple(map(str, aliases)),
            head=self._id_or_none(said.get("head")),
            leader=self._id_or_none(said.get("leader")),
        )

    def _id(self, short: str) -> PersonId:
        return PersonId(f"{self._office.id}/{short}")

    def _id_or_none(self, short: str | None) -> PersonId | None:
        return None if short is None else self._id(short)


def _fields(
    place: str, entry: object, needed: frozenset[str], extras: frozenset[str]
) -> Mapping[str, Any]:
    if not isinstance(entry, dict):
        raise _BrokenError(place, "must be a mapping")
    for field in sorted(needed):
        if not isinstance(entry.get(field), str) or not entry[field]:
            raise _BrokenError(place, f"`{field}` is missing")
    if unknown := set(entry) - needed - extras:
        raise _BrokenError(place, f"unknown field `{min(unknown, key=str)}`")
    return entry


def _check_names(people: tuple[Person, ...], units: tuple[Unit, ...]) -> None:
    """Every id is given once, and every id and every name of a unit leads to one."""
    known: set[PersonId] = set()
    for person in people:
        if person.id in known:
            raise _BrokenError(person.id, "the id is given twice")
        known.add(person.id)
    links = [(p.name, link) for p in people for link in (p.leader, p.partner)]
    links += [(unit.name, link) for unit in units for link in (unit.head, unit.leader)]
    for name, link in links:
        if link is not None and link not in known:
            raise _BrokenError(name, f"nobody has the id `{link}`")
    _check_unit_names(units)


def _check_unit_names(units: tuple[Unit, ...]) -> None:
    named: dict[str, str] = {}
    for unit in units:
        for name in (unit.name, *unit.aliases):
            if name in named:
                raise _BrokenError(unit.name, f"`{name}` already names {named[name]}")
            named[name] = unit.name
