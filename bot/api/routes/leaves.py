"""The leave ledger."""

from __future__ import annotations

from fastapi import APIRouter, Response

from bot.api import shapes
from bot.api.deps import ActingDep, OrgDep, ReaderDep, WiringDep, find_person
from bot.api.ledger_schemas import LeavesOut
from bot.core.leave_rights import may_read

router = APIRouter(prefix="/api", tags=["leave"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/leaves")
def read_leaves(
    org: OrgDep, wiring: WiringDep, reader: ReaderDep, user: str | None = None
) -> LeavesOut:
    """The leaves of an office, or of one person of it, as far as the reader may see them."""
    person = find_person(user, wiring).id if user else None
    leaves = wiring.leave_desk.listing(org, person)
    if reader is not None:
        leaves = [leave for leave in leaves if may_read(reader, leave)]
    return LeavesOut(leaves=[shapes.leave(leave) for leave in leaves])


@router.get("/leaves/ledger.xlsx", response_class=Response)
def read_ledger(
    org: OrgDep, wiring: WiringDep, acting: ActingDep, user: str = "", month: str | None = None
) -> Response:
    """The register (准假条登记) of a month (2026-11; without one the running month).

    `user` is who reads it. Refused: `leave_ledger_not_allowed` (403), `org_unknown`,
    `person_unknown` (404), `leave_month_unreadable` (422).
    """
    ledger = wiring.leave_ledger
    ledger.check_reader(acting(user), org)
    first = ledger.month(month)
    headers = {"Content-Disposition": f'attachment; filename="leave-{org}-{first:%Y-%m}.xlsx"'}
    return Response(ledger.workbook(org, first), media_type=XLSX, headers=headers)
