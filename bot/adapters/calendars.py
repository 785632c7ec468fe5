"""Reads what an office has decided about days of its own: `<org>.yml` in the calendars' folder.

A file is one decision, or a list of them:

    source: 乐政办字〔2026〕12号      # the number of the document, needed
    holidays: [2026-12-24]            # off here, though the State Council says otherwise
    working_days: [2026-12-26]        # worked here
    whole_years: [2027]               # years of which every day off and make-up day is listed
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn

import yaml

from bot.core.calendar import LocalDays, OfficeCalendar, WorkCalendar
from bot.core.errors import ConfigurationError
from bot.core.people import OrgId

_DAYS = ("holidays", "working_days")
_KEYS = ("source", *_DAYS, "whole_years")


@dataclass(frozen=True)
class OfficeCalendars:
    """The `Calendars` of files; an office without a file keeps the published days."""

    published: WorkCalendar
    local: Mapping[OrgId, LocalDays]

    def of(self, org: OrgId) -> WorkCalendar:
        """See `Calendars.of`."""
        local = self.local.get(org)
        return OfficeCalendar(self.published, local) if local else self.published


def load_calendars(folder: Path, published: WorkCalendar) -> OfficeCalendars:
    """Read the files of a folder; one that does not exist says nothing.

    Raises:
        ConfigurationError: a file cannot be used ("calendar_broken"); names file and line.
    """
    files = sorted(folder.glob("*.yml"))
    return OfficeCalendars(
        published, {OrgId(path.stem): _CalendarFile(path).read() for path in files}
    )


class _CalendarFile:
    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> LocalDays:
        try:
            root = yaml.compose(self._path.read_text(encoding="utf-8"), yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            self._refuse(line, " ".join(str(error.problem).split()))
        except UnicodeDecodeError:
            self._refuse(1, "is not UTF-8")
        days: dict[str, dict[date, int]] = {key: {} for key in _DAYS}
        years: set[int] = set()
        for decision in self._decisions(root):
            for key in _DAYS:
                self._add_days(days[key], decision.get(key))
            years |= {self._year(node) for node in self._items(decision.get("whole_years"))}
        for day in days["holidays"].keys() & days["working_days"].keys():
            self._refuse(days["working_days"][day], f"{day} is a holiday and a working day")
        return LocalDays(
            frozenset(days["holidays"]), frozenset(days["working_days"]), frozenset(years)
        )

    def _decisions(self, root: yaml.Node | None) -> Iterator[dict[str, yaml.Node]]:
        nodes = root.value if isinstance(root, yaml.SequenceNode) else [root] if root else []
        for node in nodes:
            if not isinstance(node, yaml.MappingNode):
                self._refuse(_line(node), "must be a mapping")
            decision = {str(key.value): value for key, value in node.value}
            for key, _ in node.value:
                if key.value not in _KEYS:
                    self._refuse(_line(key), f"unknown field `{key.value}`")
            source = decision.get("source")
            if source is None or not isinstance(source.value, str) or not source.value.strip():
                self._refuse(_line(node), "`source` is missing: the document that decided it")
            yield decision

    def _items(self, node: yaml.Node | None) -> list[yaml.Node]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._refuse(_line(node), "must be a list")
        return list(node.value)

    def _add_days(self, days: dict[date, int], node: yaml.Node | None) -> None:
        for item in self._items(node):
            day = self._day(item)
            if day in days:
                self._refuse(_line(item), f"{day} is given twice")
            days[day] = _line(item)

    def _day(self, node: yaml.Node) -> date:
        try:
            return date.fromisoformat(str(node.value))
        except ValueError:
            self._refuse(_line(node), f"`{node.value}` is no day like 2026-12-24")

    def _year(self, node: yaml.Node) -> int:
        text = str(node.value)
        if len(text) != 4 or not text.isdecimal():
            self._refuse(_line(node), f"`{text}` is no year like 2027")
        return int(text)

    def _refuse(self, line: int, reason: str) -> NoReturn:
        raise ConfigurationError("calendar_broken", file=self._path.name, line=line, reason=reason)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
