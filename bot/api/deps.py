"""What routes ask for, named once."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from bot.core.errors import NotFoundError
from bot.core.people import OrgId, Person, PersonId
from bot.services.approvals import ApprovalDesk
from bot.services.outside import SettableClock
from bot.wiring import Wiring


def get_wiring(request: Request) -> Wiring:
    """The wiring the app was made with."""
    wiring: Wiring = request.app.state.wiring
    return wiring


WiringDep = Annotated[Wiring, Depends(get_wiring)]


def get_approval_desk(wiring: WiringDep) -> ApprovalDesk:
    """The embedded platform's approvals; with a real platform there are none (404)."""
    if not wiring.is_embedded or wiring.approval_desk is None:
        raise NotFoundError("local_platform_only")
    return wiring.approval_desk


def get_settable_clock(wiring: WiringDep) -> SettableClock:
    """The clock, if it may be set: only on the embedded platform."""
    if wiring.settable_clock is None:
        raise NotFoundError("local_platform_only")
    return wiring.settable_clock


ApprovalDeskDep = Annotated[ApprovalDesk, Depends(get_approval_desk)]
SettableClockDep = Annotated[SettableClock, Depends(get_settable_clock)]


def known_org(org: str, wiring: WiringDep) -> OrgId:
    """The office that a request names; 404 if it is unknown."""
    with wiring.unit_of_work() as uow:
        return uow.people.directory(OrgId(org)).office.id


OrgDep = Annotated[OrgId, Depends(known_org)]


def acting_person(user: str, wiring: Wiring) -> Person:
    """The person a request claims to act for: on the embedded platform only (404)."""
    get_approval_desk(wiring)
    return find_person(user, wiring)


def find_person(user: str, wiring: Wiring) -> Person:
    """The person a request names; 404 if unknown."""
    with wiring.unit_of_work() as uow:
        return uow.people.person(PersonId(user))
