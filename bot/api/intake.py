"""The shapes of the ways into the supervision ledger, and of the steps taken on its pages."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from bot.api.ledger_schemas import ItemOut, ReferenceOut
from bot.api.schemas import CitationOut
from bot.api.shapes import citation
from bot.core.messages import MAX_TEXT_LENGTH
from bot.core.supervision import ItemKind, ItemParts, Reference
from bot.services.error_words import error_words
from bot.services.outside import Texts
from bot.services.supervision_import import ImportReport
from bot.services.supervision_intake import Proposal
from bot.services.supervision_registering import LONGEST_CONTENT

MOST_MINUTE = 20_000  # characters
MOST_KEY = 100


class ByIn(BaseModel):
    """Who acts; `key` names the call, so that one that is repeated does nothing twice."""

    by: str
    key: str | None = Field(default=None, max_length=MOST_KEY)


class ReferenceIn(BaseModel):
    """A paper or a meeting by its name."""

    title: str = Field(min_length=1, max_length=200)
    number: str = Field(default="", max_length=60)
    day: date | None = None
    url: str = Field(default="", max_length=500, pattern="^(https?://.*)?$")


class ItemIn(ByIn):
    """A new item, field by field. `deadline` None: the office's table gives the day."""

    content: str = Field(max_length=LONGEST_CONTENT)
    lead_unit: str = Field(max_length=60)
    assist_units: list[str] = Field(default_factory=list, max_length=40)
    source: str = Field(default="", max_length=60)
    kind: ItemKind | None = None
    deadline: date | None = None
    urgent: bool = False
    person: str | None = Field(default=None, max_length=60)  # by name; None: the unit's head
    supervisor: str | None = Field(default=None, max_length=60)
    assigned_day: date | None = None
    links: list[ReferenceIn] = Field(default_factory=list, max_length=10)
    accept_unlisted: bool = False

    def parts(self) -> ItemParts:
        """The same as what a sentence says."""
        return ItemParts(
            content=self.content.strip() or None,
            lead_unit=self.lead_unit.strip() or None,
            assist_units=tuple(unit.strip() for unit in self.assist_units if unit.strip()),
            kind=self.kind,
            deadline=self.deadline,
            source=self.source.strip() or None,
            urgent=self.urgent or None,
            person=(self.person or "").strip() or None,
            supervisor=(self.supervisor or "").strip() or None,
            assigned_day=self.assigned_day,
            links=tuple(Reference(**link.model_dump()) for link in self.links),
        )

    def words(self) -> str:
        """All that was written, for the secrecy gate."""
        links = (f"{link.title}\n{link.number}" for link in self.links)
        return "\n".join((self.content, self.source, self.lead_unit, *self.assist_units, *links))


class LateOut(BaseModel):
    """The written rule's day, which the item's own is later than."""

    day: date
    citation: CitationOut


class RegisteredOut(BaseModel):
    """A new item; `late` where its day oversteps a written rule."""

    item: ItemOut
    late: LateOut | None


class MinuteIn(ByIn):
    """A pasted minute. `places` None: only propose; else the points to register."""

    text: str = Field(min_length=1, max_length=MOST_MINUTE)
    places: list[int] | None = None


class ProposalOut(BaseModel):
    """One point of a minute; `code` says why it cannot become an item.

    With `each_of` it becomes one for each of these units; `left_out` are others like them.
    """

    place: int
    content: str
    lead_unit: str | None
    each_of: list[str]
    left_out: list[str]
    assist_units: list[str]
    registered_unit: bool | None
    source: str
    deadline: date | None
    deadline_rule: CitationOut | None
    links: list[ReferenceOut]
    late: LateOut | None
    code: str | None
    message: str | None


class MinuteOut(BaseModel):
    """What a minute asks for, or what was made of it; `skipped` names no unit."""

    proposals: list[ProposalOut]
    skipped: list[str]
    items: list[ItemOut]


class StepIn(ByIn):
    """One step on an item, with what belongs to it."""

    number: str = Field(max_length=40)
    act: Literal["sign", "report", "extend", "close", "send_back", "cancel", "merge", "unmerge"]
    text: str = Field(default="", max_length=MAX_TEXT_LENGTH)
    percent: int | None = None
    day: date | None = None  # of an extension
    grant: bool | None = None  # an extension that was asked for
    main: str | None = None  # the number of the main item of a merger


class StepsOut(BaseModel):
    """The items that a step changed."""

    items: list[ItemOut]


class NumberedRowOut(BaseModel):
    """A row of a workbook with its item's number; empty in a dry run of a new one."""

    row: int
    number: str


class RefusedRowOut(BaseModel):
    """Why a row made no item; `column` is a field's name, None where the row as a whole is bad."""

    row: int
    column: str | None
    code: str
    message: str


class LateRowOut(BaseModel):
    """A row whose day is later than a written rule's."""

    row: int
    day: date
    citation: CitationOut


class ImportOut(BaseModel):
    """What an import did, row by row."""

    dry_run: bool
    created: list[NumberedRowOut]
    known: list[NumberedRowOut]
    refused: list[RefusedRowOut]
    late: list[LateRowOut]


def proposal_out(found: Proposal, texts: Texts) -> ProposalOut:
    """A proposal as it is shown."""
    item, rule = found.item, found.exceeded
    late = None
    if rule is not None and rule.day is not None and rule.citation is not None:
        late = LateOut(day=rule.day, citation=citation(rule.citation))
    return ProposalOut(
        place=found.place,
        content=item.content if item else found.content,
        lead_unit=item.lead_unit if item else None,
        each_of=list(found.each_of),
        left_out=list(found.left_out),
        assist_units=list(item.assist_units) if item else [],
        registered_unit=item.registered_unit if item else None,
        source=item.source if item else "",
        deadline=item.deadline if item else None,
        deadline_rule=citation(item.deadline_rule) if item and item.deadline_rule else None,
        links=[ReferenceOut.model_validate(vars(link)) for link in (item.links if item else ())],
        late=late,
        code=found.problem.code if found.problem else None,
        message=error_words(found.problem, texts) if found.problem else None,
    )


def import_out(report: ImportReport, texts: Texts) -> ImportOut:
    """A report as it is shown."""
    return ImportOut(
        dry_run=report.dry_run,
        created=[NumberedRowOut(row=r.row, number=r.number) for r in report.created],
        known=[NumberedRowOut(row=r.row, number=r.number) for r in report.known],
        refused=[
            RefusedRowOut(
                row=r.row,
                column=r.column,
                code=r.error.code,
                message=error_words(r.error, texts),
            )
            for r in report.refused
        ],
        late=[LateRowOut(row=r.row, day=r.day, citation=citation(r.citation)) for r in report.late],
    )
