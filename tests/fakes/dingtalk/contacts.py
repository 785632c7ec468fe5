"""The address book: departments and members, and what is told when somebody comes or goes."""

from __future__ import annotations

import time
from typing import Any

from fastapi import APIRouter

from tests.fakes.channels.events import emit
from tests.fakes.dingtalk.permissions import old_needs
from tests.fakes.dingtalk.replies import OldSaysNoError, old_yes
from tests.fakes.dingtalk.state import Member, World
from tests.fakes.dingtalk.tokens import OldCallerDep, WorldDep

router = APIRouter()
ROOT = 1
MOST_MEMBERS = 100
DEPARTMENTS, MEMBERS, MEMBER = (
    "qyapi_get_department_list",
    "qyapi_get_department_member",
    "qyapi_get_member",
)


@router.post("/topapi/v2/department/get", dependencies=[old_needs(DEPARTMENTS)])
async def department(world: WorldDep, caller: OldCallerDep, body: dict[str, Any]) -> dict[str, Any]:
    return old_yes(result=_department(world, body))


@router.post("/topapi/v2/department/listsub", dependencies=[old_needs(DEPARTMENTS)])
async def below(world: WorldDep, caller: OldCallerDep, body: dict[str, Any]) -> dict[str, Any]:
    above = _department(world, body)["dept_id"]
    found = [each for each in _departments(world).values() if each.get("parent_id") == above]
    return old_yes(result=found)


@router.post("/topapi/v2/user/list", dependencies=[old_needs(MEMBERS)])
async def members(world: WorldDep, caller: OldCallerDep, body: dict[str, Any]) -> dict[str, Any]:
    department, size = _department(world, body)["dept_id"], int(body.get("size", 0))
    if not 0 < size <= MOST_MEMBERS:
        raise OldSaysNoError(40035, "不合法的参数")
    cursor = int(body.get("cursor", 0))
    there = [
        _listed(member, department)
        for member in world.members.values()
        if _is_staff(member, caller.corp_id) and department in _departments_of(member)
    ]
    page = there[cursor : cursor + size]
    has_more = cursor + size < len(there)
    result = {"list": page, "has_more": has_more}
    return old_yes(result=result | ({"next_cursor": cursor + size} if has_more else {}))


@router.post("/topapi/v2/user/get", dependencies=[old_needs(MEMBER)])
async def member(world: WorldDep, caller: OldCallerDep, body: dict[str, Any]) -> dict[str, Any]:
    found = world.members.get(body.get("userid", ""))
    if found is None or not _is_staff(found, caller.corp_id):
        raise OldSaysNoError(60121, "找不到该用户")
    return old_yes(result=_shown(found))


@router.post("/topapi/user/getbyunionid", dependencies=[old_needs(MEMBER)])
async def by_union_id(
    world: WorldDep, caller: OldCallerDep, body: dict[str, Any]
) -> dict[str, Any]:
    """The userid of a member, or of somebody outside who stands in a contact list."""
    union_id = body.get("unionid", "")
    for found in world.members.values():
        if found.unionid == union_id and found.corp_id == caller.corp_id and found.active:
            return old_yes(result={"contact_type": int(found.outsider), "userid": found.userid})
    raise OldSaysNoError(60121, "找不到该用户")


@router.post("/_control/departments")
async def load_departments(world: WorldDep, body: list[dict[str, Any]]) -> dict[str, bool]:
    """Take departments: dept_id, name, parent_id; the root is there already."""
    for each in body:
        _departments(world)[each["dept_id"]] = {"parent_id": ROOT} | each
        emit(world, _corp(world), "org_dept_create", {"deptId": [each["dept_id"]]})
    return {"ok": True}


@router.post("/_control/members/{userid}")
async def change(world: WorldDep, userid: str, body: dict[str, Any]) -> dict[str, bool]:
    """Change what the address book says of somebody (title, dept_id_list), or add him."""
    known = world.members.get(userid)
    if known is None:
        world.members[userid] = Member(userid, _corp(world), body.pop("name", userid), more=body)
        _tell(world, "user_add_org", userid)
    else:
        known.more.update(body)
        _tell(world, "user_modify_org", userid)
    return {"ok": True}


@router.post("/_control/members/{userid}/leave")
async def leave(world: WorldDep, userid: str) -> dict[str, bool]:
    """Let somebody leave the company."""
    world.members[userid].active = False
    _tell(world, "user_leave_org", userid)
    return {"ok": True}


def _tell(world: World, name: str, userid: str) -> None:
    data = {"timeStamp": str(int(time.time() * 1000)), "userId": [userid], "optStaffId": "admin"}
    emit(world, world.members[userid].corp_id, name, data)


def _corp(world: World) -> str:
    return next(iter(world.apps.values())).corp_id


def _departments(world: World) -> dict[int, dict[str, Any]]:
    root = {"dept_id": ROOT, "name": "全员"}
    known: dict[int, dict[str, Any]] = world.part.setdefault("departments", {ROOT: root})
    return known


def _department(world: World, body: dict[str, Any]) -> dict[str, Any]:
    found = _departments(world).get(int(body.get("dept_id", ROOT)))
    if found is None:
        raise OldSaysNoError(60003, "部门不存在")
    return found


def _departments_of(member: Member) -> list[int]:
    return list(member.more.get("dept_id_list", [ROOT]))


def _is_staff(member: Member, corp_id: str) -> bool:
    return member.corp_id == corp_id and member.active and not member.outsider


def _listed(member: Member, department: int) -> dict[str, Any]:
    """As a list shows somebody: whether he leads this department, not which others."""
    shown = _shown(member)
    leads = {each["dept_id"] for each in shown.pop("leader_in_dept", ()) if each["leader"]}
    return shown | {"leader": department in leads}


def _shown(member: Member) -> dict[str, Any]:
    """Only what is filled in: an empty title is left out, as in the real address book."""
    shown = {
        "userid": member.userid,
        "unionid": member.unionid,
        "name": member.name,
        "active": True,
        "dept_id_list": _departments_of(member),
    }
    return shown | {key: value for key, value in member.more.items() if value}
