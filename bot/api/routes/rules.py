"""Offices and their rule documents."""

from __future__ import annotations

from fastapi import APIRouter

from bot.api import shapes
from bot.api.deps import PublishedOrgDep, WiringDep
from bot.api.schemas import ArticleOut, OrgOut, OrgsOut, RulesOut

router = APIRouter(prefix="/api", tags=["rules"])


@router.get("/orgs")
def read_orgs(wiring: WiringDep) -> OrgsOut:
    """All offices of this deployment."""
    with wiring.unit_of_work() as uow:
        offices = [uow.people.directory(org).office for org in uow.people.orgs()]
    return OrgsOut(orgs=[OrgOut(org=o.id, name=o.name, area=o.area) for o in offices])


@router.get("/rules/{org}")
def read_rules(org: PublishedOrgDep, wiring: WiringDep) -> RulesOut:
    """The rule documents of an office with what was found damaged in them."""
    with wiring.unit_of_work() as uow:
        editions = uow.rules.editions(org)
    return RulesOut(org=org, documents=[shapes.document(edition) for edition in editions])


@router.get("/rules/{org}/articles/{n}")
def read_article(
    org: PublishedOrgDep, n: int, wiring: WiringDep, edition: str | None = None
) -> ArticleOut:
    """One article word for word, of the edition in force unless another is named."""
    return shapes.article(
        wiring.rules.article(org, n, edition),
        wiring.rules.edition(org, edition),
        wiring.label(n),
    )
