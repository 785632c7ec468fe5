"""Tokens: one for each app, given for two hours, never told apart."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.requests import HTTPConnection

from tests.fakes.wecom.replies import SaysNoError, yes
from tests.fakes.wecom.state import App, World

router = APIRouter()


def world_of(connection: HTTPConnection) -> World:
    """The one world of this process."""
    world: World = connection.app.state.world
    return world


WorldDep = Annotated[World, Depends(world_of)]


async def caller(world: WorldDep, access_token: Annotated[str | None, Query()] = None) -> App:
    """The app that calls, from an address that it has said is its own."""
    if not access_token:
        raise SaysNoError(41001, "access_token missing")
    key, ends_at = world.tokens.get(access_token, ("", 0.0))
    app = world.apps.get(key)
    if app is None:
        raise SaysNoError(40014, "invalid access_token")
    if world.now() >= ends_at:
        raise SaysNoError(42001, "access_token expired")
    if not app.trusted:
        raise SaysNoError(60020, "not allow to access, from ip: 203.0.113.7, more info")
    return app


CallerDep = Annotated[App, Depends(caller)]


@router.get("/cgi-bin/gettoken")
async def gettoken(world: WorldDep, corpid: str = "", corpsecret: str = "") -> dict[str, Any]:
    of_corp = [app for app in world.apps.values() if app.corp_id == corpid]
    if not of_corp:
        raise SaysNoError(40013, "invalid corpid")
    found = [app for app in of_corp if secrets.compare_digest(app.secret, corpsecret)]
    if not found:
        raise SaysNoError(40001, "invalid credential")
    for token, (key, ends_at) in world.tokens.items():
        if key == found[0].key and ends_at > world.now():  # asked again: the same, still
            return yes(access_token=token, expires_in=int(ends_at - world.now()))
    life, token = world.token_life_s / world.speed, secrets.token_hex(16)
    world.tokens[token] = found[0].key, world.now() + life
    return yes(access_token=token, expires_in=int(life))
