"""Decision tables: what an office's rules decide, as data that quotes the articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.people import OrgId

Fact = str | float | bool


@dataclass(frozen=True)
class Condition:
    """A test on one fact: one of `values`, or a number in `least`..`most`, both included."""

    fact: str
    values: frozenset[Fact] = frozenset()
    least: float | None = None
    most: float | None = None

    def holds(self, value: Fact) -> bool:
        """Whether a known fact passes the test."""
        if self.values:
            return value in self.values
        if isinstance(value, str):
            return False
        above = self.least is None or value >= self.least
        return above and (self.most is None or value <= self.most)


@dataclass(frozen=True)
class Place:
    """Words of the rules, and where they stand."""

    article: int
    item: str | None
    quote: str


@dataclass(frozen=True)
class Row:
    """One line of a table: when all conditions hold, the outcome is what the article says.

    `basis` is "rule", or "office" for an office's own default where its rules are silent
    (shown as 单位约定, without a quote).
    """

    conditions: tuple[Condition, ...]
    outcome: Mapping[str, Any]
    article: int | None
    item: str | None
    quote: str
    basis: str = "rule"

    @property
    def also(self) -> tuple[Place, ...]:
        """Further places that say so."""
        return self._places("also")

    @property
    def steps(self) -> tuple[Place, ...]:
        """The places of a procedure or a list that has several, in their order."""
        return self._places("steps")

    def _places(self, field: str) -> tuple[Place, ...]:
        listed = self.outcome.get(field, ())
        return tuple(Place(p["article"], p.get("item"), p["quote"]) for p in listed)


@dataclass(frozen=True)
class Decision:
    """What a table says of a case: a row, or the facts it still needs, or neither (a gap)."""

    row: Row | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One decision table of an office; its rows neither overlap nor contradict (checked)."""

    org: OrgId
    name: str
    title: str
    rows: tuple[Row, ...]

    def decide(self, facts: Mapping[str, Fact]) -> Decision:
        """The row whose conditions all hold.

        A row that no known fact contradicts but that needs an unknown one makes the fact missing.
        """
        missing: list[str] = []
        for row in self.rows:
            unknown = [c.fact for c in row.conditions if c.fact not in facts]
            if all(c.holds(facts[c.fact]) for c in row.conditions if c.fact in facts):
                if not unknown:
                    return Decision(row)
                missing += [fact for fact in unknown if fact not in missing]
        return Decision(None, tuple(missing))


@dataclass(frozen=True)
class Procedures:
    """All tables of one office."""

    org: OrgId
    tables: Mapping[str, Table]

    def decide(self, table: str, facts: Mapping[str, Fact]) -> Decision:
        """The decision of a table; a table that the office does not have is a gap."""
        found = self.tables.get(table)
        return found.decide(facts) if found else Decision(None)
