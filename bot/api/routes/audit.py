"""The audit."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter

from bot.api.deps import OverseenOrgDep, WiringDep
from bot.api.schemas import AuditOut, AuditRowOut

router = APIRouter(prefix="/api", tags=["audit"])


@router.get("/audit")
def read_audit(org: OverseenOrgDep, wiring: WiringDep) -> AuditOut:
    """The latest audit rows of an office, and the first row that breaks the chain, if any."""
    with wiring.unit_of_work() as uow:
        rows, first_break = uow.audit.listing(org), uow.audit.first_break()
    return AuditOut(
        rows=[AuditRowOut.model_validate(asdict(row)) for row in rows], first_break=first_break
    )
