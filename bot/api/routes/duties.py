"""Deadlines beside 督办."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from bot.api import shapes
from bot.api.deps import ActingDep, OrgDep, ReaderDep, WiringDep, find_person
from bot.api.schemas import CitationOut
from bot.core.duties import Duty, DutyId, DutyKind, DutyState
from bot.core.errors import InvalidInputError
from bot.core.messages import MAX_TEXT_LENGTH
from bot.core.supervision_rights import Act, may
from bot.services.duties import owes

router = APIRouter(prefix="/api/duties", tags=["duties"])


class DutyOut(BaseModel):
    """One thing owed by a moment; `lapse` is what its passing means, in the words of the rule."""

    id: int
    kind: str
    title: str
    unit: str
    person: str
    by: str
    due_at: datetime
    late: bool
    rule: CitationOut | None
    lapse: str
    lapse_rule: CitationOut | None
    state: str


class DutiesOut(BaseModel):
    """The first due first."""

    duties: list[DutyOut]


class DutyIn(BaseModel):
    """A duty in one sentence, as in chat."""

    by: str
    text: str = Field(min_length=1, max_length=MAX_TEXT_LENGTH)
    key: str = Field(min_length=1, max_length=100)  # the same key again registers nothing more


class DutyStepIn(BaseModel):
    """Who takes a step."""

    by: str


@router.get("")
def read_duties(
    org: OrgDep,
    wiring: WiringDep,
    reader: ReaderDep,
    user: str | None = None,
    state: str | None = None,
    kind: str | None = None,
) -> DutiesOut:
    """The duties of an office or of a person, those in one state, or of one kind (周安排)."""
    if state is not None and state not in list(DutyState):
        raise InvalidInputError("state_unknown", known="、".join(DutyState))
    if kind is not None and kind not in list(DutyKind):
        raise InvalidInputError("duty_kind_unknown", known="、".join(DutyKind))
    duties = wiring.duty_desk.listing(org, DutyState(state) if state else None)
    if user is not None:
        person = find_person(user, wiring)
        duties = [duty for duty in duties if owes(person, duty)]
    if reader is not None and not may(reader, Act.SEE):
        duties = [duty for duty in duties if owes(reader, duty)]
    if kind is not None:
        duties = [duty for duty in duties if duty.kind == kind]
    now = wiring.clock.now()
    return DutiesOut(duties=[_shown(duty, now) for duty in duties])


@router.post("", status_code=201)
def register_duty(body: DutyIn, wiring: WiringDep, acting: ActingDep) -> DutiesOut:
    """Register what a sentence asks of a unit, which is told."""
    person = acting(body.by)
    duties = wiring.duty_desk.register(person, body.text, f"api:{person.id}:{body.key}")
    now = wiring.clock.now()
    return DutiesOut(duties=[_shown(duty, now) for duty in duties])


@router.post("/{duty_id}/finish")
def finish_duty(duty_id: int, body: DutyStepIn, wiring: WiringDep, acting: ActingDep) -> DutyOut:
    """Note that a duty is done."""
    person = acting(body.by)
    turn_key = f"api:{person.id}:{duty_id}"
    duty = wiring.duty_desk.finish_number(person, DutyId(duty_id), turn_key)
    return _shown(duty, wiring.clock.now())


def _shown(duty: Duty, now: datetime) -> DutyOut:
    return DutyOut(
        id=duty.id,
        kind=duty.kind,
        title=duty.title,
        unit=duty.unit,
        person=duty.person,
        by=duty.by,
        due_at=duty.due_at,
        late=duty.is_late(now),
        rule=shapes.citation(duty.rule) if duty.rule else None,
        lapse=duty.lapse,
        lapse_rule=shapes.citation(duty.lapse_rule) if duty.lapse_rule else None,
        state=duty.state,
    )
