"""When an office is reminded, of what its group reads, and what people have read."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from bot.api import shapes
from bot.api.deps import ActingDep, ApprovalDeskDep, OrgDep, WiringDep
from bot.api.schemas import CitationOut
from bot.core.errors import NotFoundError
from bot.core.people import OrgId, PersonId
from bot.services.supervision_groups import SupervisionGroup, read_group, write_group

MOST_READ = 100  # messages in one call

router = APIRouter(prefix="/api", tags=["supervision"])


class StageOut(BaseModel):
    """One stage; without a citation it is the office's own default."""

    stage: str
    amounts: list[int]
    unit: str
    off: bool
    citation: CitationOut | None


class PlanOut(BaseModel):
    """When an office is reminded of its items."""

    opens: str
    closes: str
    yellow_days: int
    stages: list[StageOut]


class GroupIn(BaseModel):
    """The group that gets a digest each working day; nobody known in it: counts alone."""

    by: str
    group: str
    members: list[str] = []


class GroupOut(BaseModel):
    """The group of an office; empty: none."""

    group: str
    members: list[str]


class ReadIn(BaseModel):
    """Pushed messages that their recipient has seen."""

    user: str
    keys: list[str] = Field(max_length=MOST_READ)


@router.get("/supervision/plan")
def read_plan(org: OrgDep, wiring: WiringDep) -> PlanOut:
    """The stages of an office, each with the article that says so where one does."""
    plans = wiring.supervision_desk.plans()
    plan = plans.of(org)
    stages = []
    for stage, row in plan.rows.items():
        cited = plans.cite(org, row)
        listed = row.outcome.get("amounts", [row.outcome.get("amount")])
        stages.append(
            StageOut(
                stage=stage,
                amounts=[amount for amount in listed if amount is not None],
                unit=row.outcome.get("unit", ""),
                off=bool(row.outcome.get("off")),
                citation=shapes.citation(cited) if cited else None,
            )
        )
    opens, closes = (f"{moment:%H:%M}" for moment in (plan.hours.opens, plan.hours.closes))
    return PlanOut(opens=opens, closes=closes, yellow_days=plan.yellow_days, stages=stages)


@router.get("/supervision/group")
def read_supervision_group(org: OrgDep, wiring: WiringDep) -> GroupOut:
    """The group that gets the office's digest."""
    return _group(org, wiring)


@router.post("/supervision/group")
def name_group(body: GroupIn, wiring: WiringDep, acting: ActingDep) -> GroupOut:
    """Name the group, as the supervision office.

    Refused: `supervision_name_group_not_allowed` (403), `person_unknown` (404),
    `group_member_unknown` (422).
    """
    person = acting(body.by)
    members = tuple(PersonId(member) for member in body.members)
    with wiring.unit_of_work() as uow:
        write_group(uow, person, SupervisionGroup(body.group, members), wiring.clock.now())
        uow.commit()
    return _group(person.org, wiring)


@router.post("/local/messages/read", status_code=204)
def note_read(body: ReadIn, desk: ApprovalDeskDep, wiring: WiringDep) -> None:
    """Note that somebody has seen messages, as a platform would tell.

    Refused: `message_unknown` (404), if one was not sent to this person; then none is noted.
    """
    with wiring.unit_of_work() as uow:
        sent = {pushed.push.key for pushed in uow.local_messages.listing(body.user)}
        if not sent.issuperset(body.keys):
            raise NotFoundError("message_unknown")
        for key in body.keys:
            uow.outbox.note_read(key, wiring.clock.now())
        uow.commit()


def _group(org: OrgId, wiring: WiringDep) -> GroupOut:
    with wiring.unit_of_work() as uow:
        found = read_group(uow, org)
    return GroupOut(
        group=found.group if found else "", members=list(found.members) if found else []
    )
