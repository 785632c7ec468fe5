"""The deadline that an office's table gives a matter, with the article that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core.calendar import CalendarUnpublishedError
from bot.core.deadlines import Term
from bot.core.errors import NotFoundError
from bot.core.people import OrgId
from bot.core.procedures import Row
from bot.core.rules import Citation
from bot.core.supervision import WORK_REPORT, YEAR_PLAN, Item, ItemKind
from bot.services.outside import Calendars, ProcedureBook, RuleBook

TABLE = "supervision_deadline"


@dataclass(frozen=True)
class RuleDeadline:
    """A deadline counted by a rule. `day` None: no end; `citation` None: the office's default."""

    day: date | None
    citation: Citation | None


@dataclass(frozen=True)
class DeadlineBook:
    """Counts deadlines by the tables of every office."""

    procedures: ProcedureBook
    rules: RuleBook
    calendars: Calendars

    def deadline(
        self, org: OrgId, kind: ItemKind | None, source: str, assigned: date
    ) -> RuleDeadline | None:
        """The rule's deadline; None if the table is silent, or its quote is gone from the rules.

        Raises:
            CalendarUnpublishedError: working days run into a year that is not published.
        """
        row = self._row(org, kind, source)
        if row is None:
            return None
        try:
            citation = self._citation(org, row)
        except NotFoundError:  # a row whose quote is gone no longer applies
            return None
        return RuleDeadline(
            Term.of_outcome(row.outcome).last_day(assigned, self.calendars.of(org)), citation
        )

    def exceeded(self, item: Item) -> RuleDeadline | None:
        """The written rule's deadline where the item's own is later; None if it keeps the rule."""
        if item.deadline is None or item.deadline_rule is not None:
            return None
        try:
            rule = self.deadline(item.org, item.kind, item.source, item.assigned_day)
        except CalendarUnpublishedError:
            return None
        if rule is None or rule.citation is None or rule.day is None:
            return None
        return rule if item.deadline > rule.day else None

    def _row(self, org: OrgId, kind: ItemKind | None, source: str) -> Row | None:
        tables = self.procedures.of(org)
        if kind is None and source in (WORK_REPORT, YEAR_PLAN):
            row = tables.decide(TABLE, {"kind": YEAR_PLAN}).row
            if row is not None:
                return row
        return tables.decide(TABLE, {"kind": (kind or ItemKind.ORDINARY).value}).row

    def _citation(self, org: OrgId, row: Row) -> Citation | None:
        if row.article is None or row.basis != "rule":
            return None
        return self.rules.cite(org, row.article, row.quote, row.item)
