"""What an app and a robot say: to people, to groups, in texts and in cards."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Query

from tests.fakes.wecom.limits import may_speak, may_tell
from tests.fakes.wecom.replies import BAD_PARAMETER, SaysNoError, yes
from tests.fakes.wecom.state import App, Sent, World
from tests.fakes.wecom.tokens import CallerDep, WorldDep

router = APIRouter()
TEXT_BYTES, MARKDOWN_BYTES = 2048, 4096
CARD_LIFE_S = 72 * 3600.0
TASK = re.compile(r"[A-Za-z0-9_\-@]{1,128}")
NOBODY, NO_ROBOT = 81013, 93000


@router.post("/cgi-bin/message/send")
async def send(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    if body.get("agentid") != caller.agent_id:
        raise SaysNoError(301002, "not allow operate another agent with this accesstoken")
    asked = [userid for userid in str(body.get("touser", "")).split("|") if userid]
    invalid = [userid for userid in asked if world.staff(caller.corp_id, userid) is None]
    if len(invalid) == len(asked):
        raise SaysNoError(NOBODY, "user & party & tag all invalid")
    content = _content(body)
    code = secrets.token_urlsafe(24) if body["msgtype"] == "template_card" else ""
    for userid in asked:
        if userid not in invalid:
            _show(world, caller, userid, body, content, code)
    told = {"invaliduser": "|".join(invalid).lower(), "msgid": secrets.token_urlsafe(12)}
    return yes(**told) | ({"response_code": code} if code else {})


@router.post("/cgi-bin/message/update_template_card")
async def update(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    code, now = body.get("response_code"), world.now()
    found = [each for each in world.sent if each.response_code and each.response_code == code]
    used: set[str] = world.part.setdefault("used_codes", set())
    late = found and now > found[0].at + CARD_LIFE_S / world.speed
    if not found or late or code in used or not body.get("atall"):
        raise SaysNoError(BAD_PARAMETER, "invalid response_code")
    used.add(str(code))
    for each in found:
        each.button = body["button"]["replace_name"]
    return yes(invaliduser=[])


@router.post("/cgi-bin/webhook/send")
async def by_robot(
    world: WorldDep, body: dict[str, Any], key: Annotated[str, Query()] = ""
) -> dict[str, Any]:
    group = world.robots.get(key)
    if group is None:
        raise SaysNoError(NO_ROBOT, "invalid webhook url")
    kind = body.get("msgtype")
    if kind not in {"text", "markdown"}:
        raise SaysNoError(40008, "invalid message type")
    text, most = body[kind]["content"], TEXT_BYTES if kind == "text" else MARKDOWN_BYTES
    if len(text.encode()) > most:
        raise SaysNoError(BAD_PARAMETER, f"{kind}.content exceed max length {most}")
    if not may_speak(world, key):
        world.dropped.append(group)
        return yes()
    number, now = world.next_number(), world.now()
    world.sent.append(Sent(number, now, "robot", key, group, str(kind), {"content": text}))
    return yes()


def _show(
    world: World, app: App, userid: str, body: dict[str, Any], content: dict[str, Any], code: str
) -> None:
    said = json.dumps([app.key, userid.lower(), content], sort_keys=True)
    if body.get("enable_duplicate_check") == 1 and _repeats(world, said, body):
        world.repeated.append(userid)
        return
    if not may_tell(world, app.key, userid.lower()):
        world.dropped.append(userid)
        return
    member = world.staff(app.corp_id, userid)
    to = member.userid if member else userid
    number, now = world.next_number(), world.now()
    world.sent.append(Sent(number, now, "app", app.key, to, body["msgtype"], content, code))


def _repeats(world: World, said: str, body: dict[str, Any]) -> bool:
    """Whether it was said within the time that the call names; only what is checked is noted."""
    known: dict[str, float] = world.part.setdefault("said", {})
    digest, now = hashlib.sha256(said.encode()).hexdigest(), world.now()
    span_s = min(int(body.get("duplicate_check_interval", 1800)), 4 * 3600) / world.speed
    last, known[digest] = known.get(digest, float("-inf")), now
    return now - last < span_s


def _content(body: dict[str, Any]) -> dict[str, Any]:
    kind = body.get("msgtype", "")
    given = body.get(kind)
    if kind not in {"text", "markdown", "textcard", "template_card"} or not isinstance(given, dict):
        raise SaysNoError(40008, "invalid message type")
    if kind in {"text", "markdown"}:
        if not given.get("content"):
            raise SaysNoError(44004, "empty content")
        return {"content": _cut(given["content"], TEXT_BYTES)}
    if kind == "textcard":
        if not all(given.get(name) for name in ("title", "description", "url")):
            raise SaysNoError(BAD_PARAMETER, "textcard")
        shown = {"title": _cut(given["title"], 128), "description": _cut(given["description"], 512)}
        return given | shown
    _check_card(given)
    return given


def _check_card(card: dict[str, Any]) -> None:
    buttons = card.get("button_list") or []
    keys = [button.get("key", "") for button in buttons]
    good = (
        card.get("card_type") == "button_interaction"
        and TASK.fullmatch(card.get("task_id", ""))
        and card.get("main_title", {}).get("title")
        and 0 < len(buttons) <= 6
        and len(set(keys)) == len(keys)
        and all(0 < len(key.encode()) <= 1024 for key in keys)
        and all(button.get("text") for button in buttons)
    )
    if not good:
        raise SaysNoError(BAD_PARAMETER, "template_card")


def _cut(text: str, most: int) -> str:
    """What is too long is cut off, in the middle of a character if need be."""
    return text.encode()[:most].decode(errors="ignore")
