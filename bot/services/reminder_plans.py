"""The stages at which every office reminds, with the article where one says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.errors import NotFoundError
from bot.core.people import OrgId
from bot.core.procedures import Procedures, Row
from bot.core.reminder_plan import REMINDER_TABLE, ReminderPlan, plan_of
from bot.core.rules import Citation
from bot.services.outside import ProcedureBook, RuleBook


@dataclass(frozen=True)
class ReminderPlans:
    """Reads the tables `supervision_reminders`; the default holds where one says nothing."""

    procedures: ProcedureBook
    rules: RuleBook

    def of(self, org: OrgId) -> ReminderPlan:
        """The plan of an office; a row whose quote is gone from the rules no longer applies."""
        table = self.procedures.of(org).tables.get(REMINDER_TABLE)
        if table is None:
            return ReminderPlan()
        rows = tuple(row for row in table.rows if self._stands(org, row))
        return plan_of(Procedures(org, {REMINDER_TABLE: replace(table, rows=rows)}))

    def cite(self, org: OrgId, row: Row | None) -> Citation | None:
        """What a row rests on; None for an office's own default."""
        if row is None or row.article is None or row.basis != "rule":
            return None
        return self.rules.cite(org, row.article, row.quote, row.item)

    def _stands(self, org: OrgId, row: Row) -> bool:
        try:
            self.cite(org, row)
        except NotFoundError:
            return False
        return True
