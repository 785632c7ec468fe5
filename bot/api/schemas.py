"""The shapes of the HTTP contract (docs/architecture.md names the contract's source)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class CitationOut(BaseModel):
    """Where an answer stands; `quote` is a literal substring of the published document."""

    document: str
    number: str
    edition: str
    article: int
    item: str | None
    label: str
    quote: str
    url: str


class AskIn(BaseModel):
    """A rule question."""

    org: str
    question: Text
    as_of: date | None = None


class AnswerOut(BaseModel):
    """The answer to a rule question."""

    status: str
    answer: str
    text: str
    confidence: float = Field(ge=0, le=1)
    citations: list[CitationOut]
    options: list[str]


class ChatIn(BaseModel):
    """One message of a person. A repeated `message_id` gets the reply of the first."""

    user: str
    text: Text
    conversation: str = Field(default="direct", min_length=1, max_length=128)
    message_id: str | None = Field(default=None, min_length=1, max_length=128)


class ButtonOut(BaseModel):
    """A choice: pressing it says `say`."""

    title: str
    say: str


class MessageOut(BaseModel):
    """One thing the assistant says."""

    text: str
    buttons: list[ButtonOut]
    citations: list[CitationOut]


class ChatOut(BaseModel):
    """What the assistant answers to one message."""

    messages: list[MessageOut]


class OrgOut(BaseModel):
    """One office."""

    org: str
    name: str
    area: str


class OrgsOut(BaseModel):
    """All offices."""

    orgs: list[OrgOut]


class DefectOut(BaseModel):
    """Damage in a published text, for a person to look at."""

    line: int
    reason: str
    excerpt: str


class DocumentOut(BaseModel):
    """One edition of a rule document."""

    document: str
    number: str
    edition: str
    issuer: str
    adopted_day: date | None
    effective_day: date | None
    repealed_day: date | None
    repeals: str | None
    articles: int
    defects: list[DefectOut]


class RulesOut(BaseModel):
    """The rule documents of an office."""

    org: str
    documents: list[DocumentOut]


class ArticleItemOut(BaseModel):
    """A numbered item of an article."""

    item: str
    text: str


class ArticleOut(BaseModel):
    """One article, word for word."""

    article: int
    label: str
    chapter: str
    text: str
    items: list[ArticleItemOut]
    edition: str


class PersonOut(BaseModel):
    """One person of the directory."""

    user: str
    name: str
    unit: str
    post: str
    rank: str
    roles: list[str]
    leader: str | None


class PeopleOut(BaseModel):
    """The directory of an office."""

    people: list[PersonOut]


class AuditRowOut(BaseModel):
    """One audit row; `chain` continues the hash of the row before."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: dict[str, Any]
    chain: str


class AuditOut(BaseModel):
    """The audit of an office; `first_break` is the first row that was tampered with."""

    rows: list[AuditRowOut]
    first_break: int | None


class PushOut(BaseModel):
    """A message that was pushed to a person or a group."""

    at: datetime
    to: str
    key: str
    message: MessageOut


class PushesOut(BaseModel):
    """Pushed messages, latest last."""

    messages: list[PushOut]


class ApprovalOut(BaseModel):
    """An approval on the embedded platform."""

    id: str
    org: str
    applicant: str
    title: str
    fields: dict[str, str]
    approvers: list[str]
    state: str
    step: int
    waiting_for: str | None


class ApprovalsOut(BaseModel):
    """Approvals, latest first."""

    approvals: list[ApprovalOut]


class ApprovalAnswerIn(BaseModel):
    """An approver's answer."""

    by: str
    action: str = Field(pattern="^(agree|refuse)$")
    reason: str = Field(default="", max_length=500)


class ClockIn(BaseModel):
    """The time to set, with its zone."""

    now: datetime


class ClockOut(BaseModel):
    """What the service's clock says."""

    now: datetime


class TickOut(BaseModel):
    """What a tick did."""

    now: datetime
    delivered: int


class HealthOut(BaseModel):
    """Whether the process lives."""

    status: str


class ReadinessOut(BaseModel):
    """Which parts are ready; the service is ready when all are."""

    ready: bool
    database: bool
    index: bool
    dialogue: bool


class ErrorOut(BaseModel):
    """A refusal or failure: `code` for machines, `message` for people."""

    code: str
    message: str
