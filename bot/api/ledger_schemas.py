"""The shapes of the HTTP contract: the ledgers of leave and of supervision."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from bot.api.schemas import CitationOut


class RouteStepOut(BaseModel):
    """One approver."""

    post: str
    user: str | None


class LeaveWarningOut(BaseModel):
    """What is wrong with a leave, without forbidding it."""

    code: str
    text: str
    citation: CitationOut | None


class LeaveOut(BaseModel):
    """One leave. `first_half` "pm": begins at noon; `last_half` "am": ends at noon.

    `replaces` and `extends` are the ids of the leave that this request changes or goes on from;
    `extended_to` is the last day of the extensions that were granted, `whole_days` the length of an
    extension with what it extends, `duties` what the rules ask for on return.
    """

    id: int
    user: str
    kind: str
    first_day: date
    last_day: date
    first_half: str | None
    last_half: str | None
    days: float
    working_days: float | None
    place: str
    out_of_area: bool
    reason: str
    stand_in: str | None
    state: str
    route: list[RouteStepOut]
    tell: list[str]
    materials: list[str]
    warnings: list[LeaveWarningOut]
    citations: list[CitationOut]
    urgent: bool
    replaces: int | None
    extends: int | None
    extended_to: date | None
    whole_days: float | None
    duties: list[str]


class LeavesOut(BaseModel):
    """Leaves, latest first."""

    leaves: list[LeaveOut]


class ReferenceOut(BaseModel):
    """A paper, a meeting or an address that is named, not kept."""

    title: str
    number: str
    day: date | None
    url: str


class ProgressOut(BaseModel):
    """One report on an item; `unit` is the one it speaks for, `done` that its part is done."""

    at: datetime
    by: str
    text: str
    percent: int | None
    unit: str = ""
    done: bool = False
    references: list[ReferenceOut] = []


class PartOut(BaseModel):
    """The part of an assisting unit, as it last reported on it."""

    unit: str
    at: datetime | None
    percent: int | None
    done: bool


class ReminderOut(BaseModel):
    """A reminder that went out or is on its way."""

    at: datetime
    occasion: str
    to: str
    status: str


class ItemOut(BaseModel):
    """One item of the supervision ledger."""

    id: int
    number: str
    content: str
    source: str
    kind: str
    lead_unit: str
    registered_unit: bool
    assist_units: list[str]
    person: str | None
    urgent: bool
    deadline: date | None
    deadline_rule: CitationOut | None
    state: str
    progress: list[ProgressOut]
    reminders: list[ReminderOut]
    supervisor: str
    assigned_day: date
    extension_to: date | None
    links: list[ReferenceOut]
    parts: list[PartOut]
    merged_into: str | None


class ItemsOut(BaseModel):
    """The supervision ledger."""

    items: list[ItemOut]
