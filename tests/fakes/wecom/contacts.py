"""The address book: departments and members, and what is told when somebody comes or goes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from tests.fakes.channels.events import emit
from tests.fakes.wecom.replies import SaysNoError, yes
from tests.fakes.wecom.state import ROOT, Member, World
from tests.fakes.wecom.tokens import CallerDep, WorldDep

router = APIRouter()
NO_USER, NO_DEPARTMENT, NO_RIGHT = 60111, 60003, 60011


@router.get("/cgi-bin/department/list")
async def departments(world: WorldDep, caller: CallerDep) -> dict[str, Any]:
    _check_right(world)
    root = {"id": ROOT, "name": "全员", "parentid": 0, "order": 1}
    below = sorted(world.departments.values(), key=lambda each: -each["id"])  # in no order of use
    return yes(department=[*below, root])


@router.get("/cgi-bin/user/list")
async def members(
    world: WorldDep, caller: CallerDep, department_id: int, fetch_child: int = 0
) -> dict[str, Any]:
    _check_right(world)
    if department_id != ROOT and department_id not in world.departments:
        raise SaysNoError(NO_DEPARTMENT, "department not found")
    there = [
        _shown(member)
        for member in world.members.values()
        if world.staff(caller.corp_id, member.userid) and department_id in member.department
    ]
    return yes(userlist=there)


@router.get("/cgi-bin/user/get")
async def member(world: WorldDep, caller: CallerDep, userid: str = "") -> dict[str, Any]:
    _check_right(world)
    found = world.staff(caller.corp_id, userid)
    if found is None:
        raise SaysNoError(NO_USER, "userid not found")
    return yes(**_shown(found))


@router.post("/_control/members/{userid}")
async def change(world: WorldDep, userid: str, body: dict[str, Any]) -> dict[str, bool]:
    """Change what the address book says of somebody, or add him."""
    known = world.members.get(userid)
    if known is None:
        corp = next(iter(world.apps.values())).corp_id
        world.members[userid] = Member(userid, corp, body.pop("name", userid), **body)
        _tell(world, "create_user", userid)
    else:
        for name, value in body.items():
            setattr(known, name, value)
        _tell(world, "update_user", userid)
    return {"ok": True}


@router.post("/_control/members/{userid}/leave")
async def leave(world: WorldDep, userid: str) -> dict[str, bool]:
    """Let somebody leave the company."""
    _tell(world, "delete_user", userid)
    del world.members[userid]
    return {"ok": True}


@router.post("/_control/denied")
async def deny(world: WorldDep, body: list[str]) -> dict[str, bool]:
    """What the app is kept from from now on: contacts."""
    world.part["denied"] = body
    return {"ok": True}


def _check_right(world: World) -> None:
    if "contacts" in world.part.get("denied", ()):
        raise SaysNoError(NO_RIGHT, "no privilege to access/modify contact/party/agent")


def _tell(world: World, change: str, userid: str) -> None:
    corp = world.members[userid].corp_id
    emit(world, corp, "change_contact", {"ChangeType": change, "UserID": userid})


def _shown(member: Member) -> dict[str, Any]:
    shown = asdict(member)
    del shown["corp_id"]
    return {key: value for key, value in shown.items() if value != ""}
