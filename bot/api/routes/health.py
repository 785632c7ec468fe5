"""Whether the process lives and whether it can serve."""

from __future__ import annotations

from fastapi import APIRouter, Response

from bot.api.deps import WiringDep
from bot.api.schemas import HealthOut, ReadinessOut
from bot.core.errors import GuijuError
from bot.core.people import OrgId
from bot.wiring import Wiring

router = APIRouter(tags=["health"])


@router.get("/healthz")
def read_health() -> HealthOut:
    """200 while the process lives."""
    return HealthOut(status="ok")


@router.get("/readyz", responses={503: {"model": ReadinessOut}})
def read_readiness(wiring: WiringDep, response: Response) -> ReadinessOut:
    """200 when database, index and dialogue model are ready, otherwise 503 and which is not."""
    try:
        with wiring.unit_of_work() as uow:
            orgs = uow.people.orgs()
        database = True
    except GuijuError:
        orgs, database = [], False
    index = database and all(_has_rules(org, wiring) for org in orgs)
    dialogue = wiring.dialogue.is_ready()
    ready = database and index and dialogue
    response.status_code = 200 if ready else 503
    return ReadinessOut(ready=ready, database=database, index=index, dialogue=dialogue)


def _has_rules(org: OrgId, wiring: Wiring) -> bool:
    try:
        wiring.rules.edition(org)
    except GuijuError:
        return False
    return True
