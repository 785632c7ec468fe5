"""The directory."""

from __future__ import annotations

from fastapi import APIRouter

from bot.api import shapes
from bot.api.deps import OrgDep, WiringDep
from bot.api.schemas import PeopleOut

router = APIRouter(prefix="/api", tags=["people"])


@router.get("/people")
def read_people(org: OrgDep, wiring: WiringDep) -> PeopleOut:
    """Everybody of an office."""
    with wiring.unit_of_work() as uow:
        directory = uow.people.directory(org)
    return PeopleOut(people=[shapes.person(person) for person in directory.people])
