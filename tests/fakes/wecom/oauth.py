"""Signing in: whoever holds the device goes to a page of WeCom's and comes back with a code."""

from __future__ import annotations

import secrets
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Body, Query
from fastapi.responses import RedirectResponse

from tests.fakes.wecom.replies import SaysNoError, yes
from tests.fakes.wecom.tokens import CallerDep, WorldDep

router = APIRouter()
CODE_WRONG = 40029


@router.get("/connect/oauth2/authorize")
@router.get("/wwlogin/sso/login")
async def authorize(
    world: WorldDep, appid: str, agentid: int, redirect_uri: str, state: str
) -> RedirectResponse:
    """Back with a code for whoever holds the device."""
    if f"{appid}/{agentid}" not in world.apps:
        raise SaysNoError(40013, "invalid appid")
    code = secrets.token_hex(8)
    holders: dict[str, Any] = world.part.setdefault("codes", {})
    holders[code] = world.part.get("holder", "")
    return RedirectResponse(f"{redirect_uri}?{urlencode({'code': code, 'state': state})}", 303)


@router.get("/cgi-bin/auth/getuserinfo")
async def getuserinfo(
    world: WorldDep, caller: CallerDep, code: Annotated[str, Query()]
) -> dict[str, Any]:
    """Whose code it is, once; of somebody outside no userid."""
    if code not in world.part.get("codes", {}):
        raise SaysNoError(CODE_WRONG, "invalid code")
    member = world.staff(caller.corp_id, holder := world.part["codes"].pop(code))
    return yes(userid=member.userid) if member else yes(openid=f"open-{holder}")


@router.post("/_control/holder")
async def hold(world: WorldDep, body: Annotated[str, Body()]) -> dict[str, bool]:
    """Who holds the device from now on."""
    world.part["holder"] = body
    return {"ok": True}
