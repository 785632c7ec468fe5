"""What routes ask for, named once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from bot.api.guard import READER
from bot.core.errors import NotAllowedError, NotFoundError
from bot.core.people import OrgId, Person, PersonId
from bot.core.supervision_rights import Act, may
from bot.services.approvals import ApprovalDesk
from bot.services.outside import SettableClock
from bot.wiring import Wiring


async def get_wiring(request: Request) -> Wiring:
    """The wiring the app was made with; async, or each look would take a thread from the pages."""
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


def get_reader(request: Request, wiring: WiringDep) -> Person | None:
    """Who has signed in; None on the embedded platform, where nobody does."""
    if wiring.is_embedded:
        return None
    reader: Person | None = getattr(request.state, READER, None)
    if reader is None:
        raise NotAllowedError("sign_in_needed")
    return reader


ReaderDep = Annotated[Person | None, Depends(get_reader)]


def known_org(org: str, wiring: WiringDep) -> OrgId:
    """The office that a request names; 404 if it is unknown."""
    with wiring.unit_of_work() as uow:
        if org not in uow.people.orgs():
            raise NotFoundError("org_unknown", org=org)
    return OrgId(org)


PublishedOrgDep = Annotated[OrgId, Depends(known_org)]  # its rules are for everybody


def own_org(org: PublishedOrgDep, reader: ReaderDep) -> OrgId:
    """The office that a request names; one that is not the reader's keeps what it has (403)."""
    if reader is not None and reader.org != org:
        raise NotAllowedError("office_foreign")
    return org


OrgDep = Annotated[OrgId, Depends(own_org)]


def overseen_org(org: OrgDep, reader: ReaderDep) -> OrgId:
    """The same, for those who may see its whole ledger (403)."""
    if reader is not None and not may(reader, Act.SEE):
        raise NotAllowedError("supervision_see_not_allowed")
    return org


OverseenOrgDep = Annotated[OrgId, Depends(overseen_org)]


@dataclass(frozen=True)
class Acting:
    """Who acts: whoever has signed in, or on the embedded platform whoever is named."""

    reader: Person | None
    wiring: Wiring

    def __call__(self, user: str) -> Person:
        """The person a request acts for.

        Raises:
            NotFoundError: nobody has this name (404).
            NotAllowedError: somebody else has signed in ("acting_for_other", 403).
        """
        if self.reader is None:
            return find_person(user, self.wiring)
        if user not in ("", self.reader.id):
            raise NotAllowedError("acting_for_other")
        return self.reader


def get_acting(reader: ReaderDep, wiring: WiringDep) -> Acting:
    """Who acts in a request."""
    return Acting(reader, wiring)


ActingDep = Annotated[Acting, Depends(get_acting)]


def find_person(user: str, wiring: Wiring) -> Person:
    """The person a request names; 404 if unknown."""
    with wiring.unit_of_work() as uow:
        return uow.people.person(PersonId(user))
