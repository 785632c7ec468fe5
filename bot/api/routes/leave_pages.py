"""Pages of leaves, to be read: one leave with its approvals, and the register of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from bot.api.deps import ActingDep, OrgDep, WiringDep
from bot.api.web import templates
from bot.core.clock import OFFICE_TIME
from bot.core.errors import InvalidInputError, NotAllowedError
from bot.core.leave import LeaveId, LeaveState
from bot.core.leave_rights import keeps_register
from bot.core.people import Office, OrgId, Person
from bot.services.leave_records import LeaveRecord, LeaveRecords
from bot.wiring import Wiring

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True)
class RegisterFilter:
    """What of a month's leaves is shown; empty: all."""

    month: str = ""
    unit: str = ""
    state: str = ""

    def fits(self, record: LeaveRecord) -> bool:
        """Whether a leave is shown."""
        unit = record.owner.unit if record.owner else ""
        return self.unit in ("", unit) and self.state in ("", record.leave.state.value)


def reading_person(acting: ActingDep, user: str = "") -> Person:
    """Who looks at the page; on the embedded platform a name is taken at its word, as in chat.

    Raises:
        NotAllowedError: nobody is named ("leave_reader_missing").
        NotFoundError: nobody has the name.
    """
    if not user and acting.reader is None:
        raise NotAllowedError("leave_reader_missing")
    return acting(user)


ReaderDep = Annotated[Person, Depends(reading_person)]


@router.get("/leaves/{org}")
def show_register(
    request: Request,
    org: OrgDep,
    reader: ReaderDep,
    wiring: WiringDep,
    wanted: Annotated[RegisterFilter, Depends()],
) -> HTMLResponse:
    """The leaves of a month as far as the reader may see them: all of them for its keepers."""
    if wanted.state and wanted.state not in list(LeaveState):
        raise InvalidInputError("state_unknown", known="、".join(LeaveState))
    first = wiring.leave_ledger.month(wanted.month or None)
    records = _records(wiring).month(reader, org, first)
    return templates.TemplateResponse(
        request,
        "leaves.html",
        {
            **_shared(wiring, reader),
            "org": org,
            "office": _office(wiring, org),
            "wanted": wanted,
            "month": f"{first:%Y-%m}",
            "is_keeper": keeps_register(reader, org),
            "records": [record for record in records if wanted.fits(record)],
            "units": sorted({record.owner.unit for record in records if record.owner}),
            "states": [state for state in LeaveState if state is not LeaveState.DRAFT],
        },
    )


@router.get("/leaves/{org}/{number}")
def show_leave(
    request: Request, org: OrgDep, number: int, reader: ReaderDep, wiring: WiringDep
) -> HTMLResponse:
    """One leave: its route, who has answered when, warnings with their articles, its history."""
    record = _records(wiring).one(reader, org, LeaveId(number))
    return templates.TemplateResponse(
        request,
        "leave.html",
        {**_shared(wiring, reader), "org": org, "office": _office(wiring, org), "record": record},
    )


def _records(wiring: Wiring) -> LeaveRecords:
    return LeaveRecords(wiring.unit_of_work)


def _shared(wiring: Wiring, reader: Person) -> dict[str, Any]:
    """What both pages say and link with."""
    return {
        "reader": reader,
        "words": wiring.leave_words,
        "address": partial(_address, reader),
        "moment": _moment,
    }


def _address(reader: Person, org: OrgId, number: LeaveId | None = None) -> str:
    path = f"/leaves/{org}" if number is None else f"/leaves/{org}/{number}"
    return f"{path}?user={quote(reader.id)}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}"


def _office(wiring: Wiring, org: OrgId) -> Office:
    with wiring.unit_of_work() as uow:
        return uow.people.directory(org).office
