"""What the robot says: to people, to groups, and in answer by the session webhook."""

from __future__ import annotations

import json
import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Query

from tests.fakes.dingtalk.limits import robot_may
from tests.fakes.dingtalk.permissions import needs
from tests.fakes.dingtalk.replies import OldSaysNoError, SaysNoError, old_yes
from tests.fakes.dingtalk.state import App, World
from tests.fakes.dingtalk.tokens import CallerDep, WorldDep

router = APIRouter()
SEND = needs("qyapi_robot_sendmsg")

MOST_PEOPLE = 20
MOST_BYTES = 20_000  # of a message's parameters
KEYS = {
    "sampleText": {"content"},
    "sampleMarkdown": {"title", "text"},
    "sampleLink": {"title", "text", "messageUrl"},
    "sampleActionCard": {"title", "text", "singleTitle", "singleURL"},
    "sampleImageMsg": {"photoURL"},
    "sampleFile": {"mediaId", "fileName"},
}


@router.post("/v1.0/robot/oToMessages/batchSend", dependencies=[SEND])
async def to_people(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    robot = _robot(caller, body)
    people = body.get("userIds") or []
    if not people:
        raise SaysNoError("invalidParameter.userIds.empty")
    if len(people) > MOST_PEOPLE:
        raise SaysNoError("invalidParameter.userIds.overMax")
    shown = _message(body)
    invalid = [each for each in people if not _is_staff(world, caller, each)]
    limited = [each for each in people if each in world.limited and each not in invalid]
    for each in people:
        if each not in invalid and each not in limited:
            world.see("single", robot, each, shown)
    return {
        "processQueryKey": uuid.uuid4().hex,
        "invalidStaffIdList": invalid,
        "flowControlledStaffIdList": limited,
        "filteredStaffIdList": [],
    }


@router.post("/v1.0/robot/groupMessages/send", dependencies=[SEND])
async def to_group(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    robot = _robot(caller, body)
    if not body.get("openConversationId"):
        raise SaysNoError("miss.openConversationId")
    group = world.groups.get(body["openConversationId"])
    if group is None or group.corp_id != caller.corp_id:
        raise SaysNoError("invalid.openConversationId")
    if robot not in group.robots:
        raise SaysNoError("invalidParameter.robotCode.auth")
    shown = _message(body)
    if not robot_may(world, robot, group.id):
        raise SaysNoError("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", status=403)
    world.see("group", robot, group.id, shown)
    return {"processQueryKey": uuid.uuid4().hex}


@router.post("/v1.0/robot/groupMessages/recall")
async def recall(caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    return {"successResult": body.get("processQueryKeys", []), "failedResult": {}}


@router.post("/v1.0/robot/messageFiles/download")
async def download(caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    _robot(caller, body)
    return {"downloadUrl": f"https://example.invalid/{body.get('downloadCode', '')}"}


@router.post("/robot/sendBySession")
async def by_session(
    world: WorldDep, body: dict[str, Any], session: Annotated[str, Query()] = ""
) -> dict[str, Any]:
    known = world.sessions.get(session)
    if known is None:
        raise OldSaysNoError(300005, "token is not exist")
    if world.now() >= known.ends_at:
        raise OldSaysNoError(300001, "session is expired")
    kind = body.get("msgtype")
    if kind not in {"text", "markdown", "actionCard", "link"} or kind not in body:
        raise OldSaysNoError(400105, "unsupported msgtype")
    if len(json.dumps(body, ensure_ascii=False).encode()) > MOST_BYTES:
        raise OldSaysNoError(460101, "message too long")
    app = world.apps[known.app_key]
    at = [each for each in body.get("at", {}).get("atUserIds", ()) if each]
    shown = {"msg_key": kind, "param": body[kind], "at_users": at}
    world.see("session", app.robot_code, known.conversation or known.userid, shown)
    return old_yes()


def _robot(caller: App, body: dict[str, Any]) -> str:
    robot = body.get("robotCode")
    if not robot:
        raise SaysNoError("invalidParameter.robotCode.empty")
    if robot != caller.robot_code:
        raise SaysNoError("invalidParameter.robotCode.notExsit")
    return str(robot)


def _message(body: dict[str, Any]) -> dict[str, Any]:
    key = body.get("msgKey")
    if not key:
        raise SaysNoError("invalidParameter.msgKey.empty")
    if key not in KEYS:
        raise SaysNoError("invalidParameter.msgKey.invalid")
    text = body.get("msgParam")
    try:
        param = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        param = None
    if not isinstance(param, dict) or not KEYS[key] <= param.keys():
        raise SaysNoError("invalidParameter.msgParam.invalid")
    if len(str(text).encode()) > MOST_BYTES:
        raise SaysNoError("invalidParameter.msgParam.tooLong")
    return {"msg_key": key, "param": param}


def _is_staff(world: World, caller: App, userid: str) -> bool:
    member = world.members.get(userid)
    return member is not None and member.active and member.corp_id == caller.corp_id
