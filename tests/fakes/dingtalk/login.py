"""Signing in: DingTalk's login page, the code it sends back, and what the code is good for.

Source: DingTalk's pages 获取登录用户的访问凭证 and 获取用户通讯录个人信息.
"""

from __future__ import annotations

import secrets
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Body, Header, Query
from fastapi.responses import RedirectResponse

from tests.fakes.dingtalk.permissions import needs
from tests.fakes.dingtalk.replies import SaysNoError
from tests.fakes.dingtalk.state import World
from tests.fakes.dingtalk.tokens import NO_TOKEN, WorldDep

router = APIRouter()
LIFE_S = 7200
ELSEWHERE = "corp-elsewhere"  # the company of whoever is in none of ours


@router.get("/oauth2/auth")
async def authorize(
    world: WorldDep,
    redirect_uri: str,
    response_type: str,
    client_id: str,
    scope: str,
    prompt: str,
    state: str = "",
    exclusive: Annotated[str, Query(alias="exclusiveLogin")] = "",
) -> RedirectResponse:
    """Back with a code for whoever holds the device; his account is an ordinary one."""
    if exclusive == "true":  # asks for the code of an organisation that has accounts of its own
        raise SaysNoError("exclusiveAccountOnly")
    if client_id not in world.apps:
        raise SaysNoError("invalidParameter.clientId")
    if (response_type, prompt) != ("code", "consent") or "openid" not in scope.split():
        raise SaysNoError("invalidParameter")
    code = secrets.token_hex(8)
    _codes(world)[code] = client_id, world.part.get("holder", "")
    return RedirectResponse(f"{redirect_uri}?{urlencode({'authCode': code, 'state': state})}", 303)


@router.post("/v1.0/oauth2/userAccessToken")
async def user_token(world: WorldDep, body: dict[str, Any]) -> dict[str, Any]:
    """A token of the person's own for a code, once, and to the app that asked for it."""
    app = world.apps.get(body.get("clientId", ""))
    if app is None or app.app_secret != body.get("clientSecret"):
        raise SaysNoError("invalidClientIdOrSecret", "无效的clientId或者clientSecret")
    asker, holder = _codes(world).pop(body.get("code", ""), ("", ""))
    if asker != app.app_key or body.get("grantType") != "authorization_code":
        raise SaysNoError("invalidParameter.authCode.notFound", "不存在的authCode")
    token = secrets.token_hex(16)
    _holders(world)[token] = holder
    member = world.members.get(holder)
    return {
        "accessToken": token,
        "refreshToken": secrets.token_hex(16),
        "expireIn": LIFE_S,
        "corpId": member.corp_id if member else ELSEWHERE,
    }


@router.get("/v1.0/contact/users/me", dependencies=[needs("Contact.User.Read")])
async def me(
    world: WorldDep, x_acs_dingtalk_access_token: Annotated[str, Header()] = ""
) -> dict[str, Any]:
    """Who the token is of: not whether he is in a company, nor his id there."""
    holder = _holders(world).get(x_acs_dingtalk_access_token)
    if holder is None:
        raise SaysNoError("InvalidAuthentication", NO_TOKEN)
    member = world.members.get(holder)
    union_id = member.unionid if member else f"union-{holder}"
    return {"nick": member.name if member else holder, "unionId": union_id, "openId": union_id[6:]}


@router.post("/_control/holder")
async def hold(world: WorldDep, body: Annotated[str, Body()]) -> dict[str, bool]:
    """Who holds the device from now on."""
    world.part["holder"] = body
    return {"ok": True}


def _codes(world: World) -> dict[str, tuple[str, str]]:
    """Codes that were not used yet: the app and whose they are."""
    codes: dict[str, tuple[str, str]] = world.part.setdefault("codes", {})
    return codes


def _holders(world: World) -> dict[str, str]:
    """Whose tokens were given out."""
    holders: dict[str, str] = world.part.setdefault("user_tokens", {})
    return holders
