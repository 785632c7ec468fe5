"""Signing in by the platform: out to it, back with a code, on to what was wanted."""

from __future__ import annotations

import hmac
import re
import secrets
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.api.deps import WiringDep
from bot.api.sessions import COOKIE, LIFE, WAY_COOKIE, WAY_LIFE, Sessions
from bot.api.web import templates
from bot.core.errors import NotAllowedError
from bot.core.people import OrgId
from bot.services.sign_in import Identity, SignIn

router = APIRouter(prefix="/sign-in", include_in_schema=False)

HOME = "/rules"
_OURS = re.compile(r"/(?![/\\])[^\\\x00-\x20]*")  # a path of ours: never another host


def get_sign_in(wiring: WiringDep) -> SignIn:
    """Lets people in by the platforms that are set up."""
    return SignIn(wiring.unit_of_work, wiring.identities)


def get_sessions(request: Request) -> Sessions:
    """The cookies of this installation."""
    sessions: Sessions = request.app.state.sessions
    return sessions


SignInDep = Annotated[SignIn, Depends(get_sign_in)]
SessionsDep = Annotated[Sessions, Depends(get_sessions)]


@router.get("")
def choose_office(request: Request, sign_in: SignInDep, to: str = HOME) -> Response:
    """Straight to the platform of the only office, or a choice of all."""
    orgs = list(sign_in.identities)
    if len(orgs) == 1:
        return RedirectResponse(_door(orgs[0], to), 303)
    with sign_in.unit_of_work() as uow:
        offices = [uow.people.directory(org).office for org in uow.people.orgs() if org in orgs]
    ways = [(office.name, _door(office.id, to)) for office in offices]
    return templates.TemplateResponse(request, "sign_in.html", {"ways": ways})


@router.get("/{org}")
def set_out(
    org: str,
    sign_in: SignInDep,
    sessions: SessionsDep,
    to: str = HOME,
    user_agent: Annotated[str, Header()] = "",
) -> Response:
    """To the platform; what was wanted waits in a cookie."""
    identity, state = sign_in.identity(OrgId(org)), secrets.token_urlsafe(24)
    back = f"{identity.public_url}/sign-in/{org}/back"
    answer = RedirectResponse(identity.address(back, state, user_agent), 303)
    wanted = to if _OURS.fullmatch(to) else HOME
    way = sessions.way_cookie(org, state, wanted)
    _set(answer, WAY_COOKIE, way, int(WAY_LIFE.total_seconds()), identity)
    return answer


@router.get("/{org}/back")
def come_back(
    org: str,
    request: Request,
    sign_in: SignInDep,
    sessions: SessionsDep,
    state: str = "",
    code: str = "",
    auth_code: Annotated[str, Query(alias="authCode")] = "",  # DingTalk's name for it
) -> Response:
    """From the platform: on to what was wanted, signed in.

    Refused: `sign_in_astray`, `sign_in_refused`, `sign_in_unknown` (403), `sign_in_unset` (404).
    """
    way = sessions.way(request.cookies.get(WAY_COOKIE, ""))
    if way is None or way[0] != org or not hmac.compare_digest(way[1].encode(), state.encode()):
        raise NotAllowedError("sign_in_astray")
    person = sign_in.person(OrgId(org), auth_code or code)
    answer = RedirectResponse(way[2], 303)
    answer.delete_cookie(WAY_COOKIE)
    identity = sign_in.identity(OrgId(org))
    _set(answer, COOKIE, sessions.cookie(person.id), int(LIFE.total_seconds()), identity)
    return answer


def _door(org: OrgId, to: str) -> str:
    return f"/sign-in/{org}?to={quote(to, safe='')}"


def _set(answer: Response, name: str, value: str, life_s: int, identity: Identity) -> None:
    """Seen by no script, sent to nobody else, and over TLS alone where people come by TLS."""
    answer.set_cookie(
        name,
        value,
        max_age=life_s,
        secure=identity.public_url.startswith("https://"),
        httponly=True,
        samesite="lax",
    )
