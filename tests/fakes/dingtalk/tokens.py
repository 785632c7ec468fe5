"""Tokens: given for two hours, asked for by both APIs in their own way, never told apart."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request

from tests.fakes.dingtalk.replies import OldSaysNoError, SaysNoError, old_yes
from tests.fakes.dingtalk.state import App, World

router = APIRouter()
NO_TOKEN = "不合法的access_token"


def world_of(request: Request) -> World:
    """The one world of this process."""
    world: World = request.app.state.world
    return world


WorldDep = Annotated[World, Depends(world_of)]


def app_of_token(world: World, token: str | None) -> App | None:
    """The app that holds a token which has not expired."""
    app_key, ends_at = world.tokens.get(token or "", ("", 0.0))
    return world.apps.get(app_key) if world.now() < ends_at else None


async def new_api(
    world: WorldDep, x_acs_dingtalk_access_token: Annotated[str | None, Header()] = None
) -> App:
    """The caller of the new API; a bad token is HTTP 400, not 401."""
    app = app_of_token(world, x_acs_dingtalk_access_token)
    if app is None:
        raise SaysNoError("InvalidAuthentication", NO_TOKEN)
    return app


async def old_api(
    world: WorldDep, request: Request, access_token: Annotated[str | None, Query()] = None
) -> App:
    """The caller of the old API; topapi says 88 with 40014 inside, the others say 40014."""
    app = app_of_token(world, access_token)
    if app is None and request.url.path.startswith("/topapi"):
        raise OldSaysNoError(88, "ding talk error", sub_code="40014", sub_msg=NO_TOKEN)
    if app is None:
        raise OldSaysNoError(40014, NO_TOKEN)
    return app


CallerDep = Annotated[App, Depends(new_api)]
OldCallerDep = Annotated[App, Depends(old_api)]


def _token(world: World, app_key: str, app_secret: str) -> tuple[str, int] | None:
    app = world.apps.get(app_key)
    if app is None or not secrets.compare_digest(app.app_secret, app_secret):
        return None
    life = world.token_life_s / world.speed
    for token, (holder, ends_at) in world.tokens.items():
        if holder == app_key and ends_at > world.now():  # asked again: the same, still
            return token, int(ends_at - world.now())
    token = secrets.token_hex(16)
    world.tokens[token] = app_key, world.now() + life
    return token, int(life)


@router.post("/v1.0/oauth2/accessToken")
async def access_token(world: WorldDep, body: dict[str, Any]) -> dict[str, Any]:
    found = _token(world, body.get("appKey", ""), body.get("appSecret", ""))
    if found is None:
        raise SaysNoError("invalidClientIdOrSecret", "无效的clientId或者clientSecret")
    return {"accessToken": found[0], "expireIn": found[1]}


@router.get("/gettoken")
async def gettoken(world: WorldDep, appkey: str = "", appsecret: str = "") -> dict[str, Any]:
    found = _token(world, appkey, appsecret)
    if found is None:
        raise OldSaysNoError(40096, "不合法的appKey或appSecret")
    return old_yes(access_token=found[0], expires_in=found[1])
