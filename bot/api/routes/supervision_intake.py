"""The ways into the supervision ledger, and its steps, for those who do not talk."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Body

from bot.api import shapes
from bot.api.deps import Acting, ActingDep, WiringDep
from bot.api.intake import (
    ByIn,
    ImportOut,
    ItemIn,
    LateOut,
    MinuteIn,
    MinuteOut,
    RegisteredOut,
    StepIn,
    StepsOut,
    import_out,
    proposal_out,
)
from bot.api.ledger_schemas import ItemOut
from bot.core.people import Person
from bot.core.supervision import Item
from bot.services.inbox import refuse_secrets
from bot.services.supervision_stepping import StepWords, step
from bot.wiring import Wiring

router = APIRouter(prefix="/api/supervision", tags=["supervision"])
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.post("", status_code=201)
def register(body: ItemIn, wiring: WiringDep, acting: ActingDep) -> RegisteredOut:
    """Register an item from a form; its units are told.

    Refused: `supervision_register_not_allowed` (403), `unit_unlisted` (409; with `accept_unlisted`
    it is accepted), `deadline_past`, `item_deadline_missing`, `item_person_unknown`... (422).
    """
    person = _person(body, acting, body.words())
    desk = wiring.supervision_desk
    item = desk.intake.register(person, body.parts(), _key(body), body.accept_unlisted)
    rule = desk.exceeded_rule(item)
    late = None
    if rule is not None and rule.day is not None and rule.citation is not None:
        late = LateOut(day=rule.day, citation=shapes.citation(rule.citation))
    return RegisteredOut(item=_shown(wiring, [item])[0], late=late)


@router.post("/minutes")
def take_minute(body: MinuteIn, wiring: WiringDep, acting: ActingDep) -> MinuteOut:
    """Propose the items of a pasted minute, or with `places` register those points."""
    person = _person(body, acting, body.text)
    intake = wiring.supervision_desk.intake
    if body.places is not None:
        items = intake.accept(person, body.text, body.places, _key(body))
        return MinuteOut(proposals=[], skipped=[], items=_shown(wiring, items))
    proposals, skipped = intake.propose(person, body.text)
    shown = [proposal_out(proposal, wiring.texts) for proposal in proposals]
    return MinuteOut(proposals=shown, skipped=list(skipped), items=[])


@router.post("/import")
def import_items(
    by: str,
    data: Annotated[bytes, Body(media_type=WORKBOOK)],
    wiring: WiringDep,
    acting: ActingDep,
    dry_run: bool = False,
    accept_unlisted: bool = False,
) -> ImportOut:
    """Import a workbook sent as the body: good rows are kept, bad ones named, none taken twice.

    Refused: `sheet_broken`, `sheet_heading_missing`, `sheet_too_long` (422).
    """
    importer = wiring.supervision_desk.importer
    report = importer.run(acting(by), data, dry_run, accept_unlisted)
    return import_out(report, wiring.texts)


@router.post("/steps")
def take_step(body: StepIn, wiring: WiringDep, acting: ActingDep) -> StepsOut:
    """Take one step on an item, as its sentence in chat would; refused as there."""
    person = _person(body, acting, body.text)
    words = StepWords(body.number, body.text, body.percent, body.day, body.grant, body.main)
    items = step(wiring.supervision_desk, person, body.act, words, _key(body))
    return StepsOut(items=_shown(wiring, items))


def _person(body: ByIn, acting: Acting, text: str) -> Person:
    person, wiring = acting(body.by), acting.wiring
    refuse_secrets(text, person.org, person.id, wiring.unit_of_work, wiring.clock)
    return person


def _key(body: ByIn) -> str:
    return f"page:{body.by}:{body.key or uuid4().hex}"


def _shown(wiring: Wiring, items: list[Item]) -> list[ItemOut]:
    with wiring.unit_of_work() as uow:
        reminders = uow.items.reminders([item.id for item in items])
    return [shapes.item(item, reminders.get(item.id, [])) for item in items]
