"""By when the rules want a duty done, and what they say if it is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.calendar import WorkCalendar
from bot.core.clock import OFFICE_TIME
from bot.core.deadlines import Term
from bot.core.duties import DutyKind, Lapse
from bot.core.errors import NotFoundError
from bot.core.office_hours import OfficeHours
from bot.core.people import OrgId
from bot.core.procedures import Place, Row
from bot.core.rules import Citation
from bot.services.outside import Calendars, ProcedureBook, RuleBook

MATTERS = {DutyKind.COUNTERSIGN: "会签回复", DutyKind.REQUEST: "请示办复"}
STAGES = {DutyKind.MINUTES_REVIEW: "送审", DutyKind.MINUTES_ISSUE: "印发"}
WEEKLY_MATTER = "领导活动安排"
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class DutyRule:
    """When a duty is due, the article that says so, and what happens afterwards."""

    due_at: datetime | None  # None: the article names no number
    citation: Citation | None
    lapse: Lapse
    lapse_citation: Citation | None


@dataclass(frozen=True)
class DutyRules:
    """Reads the tables of time limits of every office."""

    procedures: ProcedureBook
    rules: RuleBook
    calendars: Calendars

    def rule(
        self, org: OrgId, kind: DutyKind, start: datetime, hours: OfficeHours, meeting: str = ""
    ) -> DutyRule | None:
        """The rule for a duty that begins at a moment; None where the tables are silent.

        Raises:
            CalendarUnpublishedError: working days run into a year that is not published.
        """
        row = self._row(org, kind, meeting)
        if row is None or row.article is None:
            return None
        try:
            citation = self.rules.cite(org, row.article, row.quote, row.item)
        except NotFoundError:  # a row whose quote is gone no longer applies
            return None
        due_at = _moment(row, start, self.calendars.of(org), hours)
        lapse, lapse_citation = self._lapse(org, row)
        return DutyRule(due_at, citation, lapse, lapse_citation)

    def weekly(self, org: OrgId) -> tuple[int, Citation] | None:
        """On which weekday (Monday is 0) next week's plans are collected, and the article."""
        row = self.procedures.of(org).decide("document_deadline", {"matter": WEEKLY_MATTER}).row
        if row is None or row.article is None:
            return None
        day = str(row.outcome.get("answer", "")).partition("每周")[2][:1]
        if not day or day not in WEEKDAYS:
            return None
        try:
            return WEEKDAYS.index(day), self.rules.cite(org, row.article, row.quote, row.item)
        except NotFoundError:
            return None

    def _row(self, org: OrgId, kind: DutyKind, meeting: str) -> Row | None:
        tables = self.procedures.of(org)
        if kind in STAGES:
            facts = {"stage": STAGES[kind], "meeting": meeting}
            return tables.decide("minutes_deadline", facts).row
        facts = {"matter": MATTERS.get(kind, ""), "urgency": "一般"}
        return tables.decide("document_deadline", facts).row

    def _lapse(self, org: OrgId, row: Row) -> tuple[Lapse, Citation | None]:
        for lapse, place in _lapses(row):
            try:
                return lapse, self.rules.cite(org, place.article, place.quote, place.item)
            except NotFoundError:
                continue
        return Lapse.NOTHING, None


def _lapses(row: Row) -> Iterator[tuple[Lapse, Place]]:
    for place in row.also:
        for lapse in (Lapse.NO_OBJECTION, Lapse.EXPLAIN):
            if lapse in place.quote:
                yield lapse, place


def end_of(day: date, hours: OfficeHours) -> datetime:
    """The moment until which something is in time on a day."""
    return datetime.combine(day, hours.closes, OFFICE_TIME)


def _moment(
    row: Row, start: datetime, calendar: WorkCalendar, hours: OfficeHours
) -> datetime | None:
    if "amount" not in row.outcome:
        return None
    if row.outcome.get("unit") == "hours":
        return start + timedelta(hours=float(row.outcome["amount"]))
    day = Term.of_outcome(row.outcome).last_day(start.astimezone(OFFICE_TIME).date(), calendar)
    return end_of(day, hours) if day else None
