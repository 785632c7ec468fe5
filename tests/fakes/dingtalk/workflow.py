"""Approvals: started from a form, answered one approver after the other, told by events."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi import APIRouter, Query

from tests.fakes.dingtalk.forms import check_values, form_of
from tests.fakes.dingtalk.instances import (
    BAD,
    Instance,
    Task,
    answer,
    end,
    go_on,
    instances,
    minute,
    record,
    tell,
)
from tests.fakes.dingtalk.permissions import needs
from tests.fakes.dingtalk.replies import SaysNoError
from tests.fakes.dingtalk.state import App, World
from tests.fakes.dingtalk.tokens import CallerDep, WorldDep

router = APIRouter()
WRITE, READ = needs("Workflow.Instance.Write"), needs("Workflow.Instance.Read")
MOST_LISTED, MOST_USERS = 20, 10


@router.post("/v1.0/workflow/processInstances", dependencies=[WRITE])
async def start(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    form = form_of(world, body.get("processCode", ""))
    originator = _staff(world, caller, body.get("originatorUserId"))
    values = body.get("formComponentValues") or []
    check_values(form, values)
    steps = body.get("approvers") or []
    if not steps and not body.get("deptId"):
        raise SaysNoError(BAD, "deptId is null")
    people = [_one(world, caller, step) for step in steps]
    tasks = [Task(world.next_number(), userid) for userid in people]
    title = f"{world.members[originator].name}提交的{form['name']}"
    made = Instance(
        str(uuid.uuid4()),
        body["processCode"],
        caller.corp_id,
        originator,
        values,
        tasks,
        world.now(),
        title,
    )
    instances(world)[made.id] = made
    record(made, originator, "START_PROCESS_INSTANCE", "NONE", "")
    tell(world, made, "bpms_instance_change", type="start")
    go_on(world, made)
    return {"instanceId": made.id}


@router.get("/v1.0/workflow/processInstances", dependencies=[READ])
async def look(
    world: WorldDep, caller: CallerDep, id: str = Query(alias="processInstanceId")
) -> dict[str, Any]:
    return {"success": "true", "result": _shown(_found(world, caller, id))}


@router.post("/v1.0/workflow/processes/instanceIds/query", dependencies=[READ])
async def listing(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    for name in ("processCode", "startTime", "nextToken", "maxResults"):
        if body.get(name) is None:
            raise SaysNoError(f"Missing{name}", f"{name} is mandatory for this action.")
    most, users = body["maxResults"], body.get("userIds") or []
    if not 0 < most <= MOST_LISTED or len(users) > MOST_USERS:
        raise SaysNoError(BAD)
    form_of(world, body["processCode"])
    since, until = body["startTime"] / 1000, body.get("endTime", float("inf")) / 1000
    lag_s = world.part.get("listing_lag_s", 0.0)
    found = [
        each.id
        for each in instances(world).values()
        if each.process_code == body["processCode"]
        and since <= each.created_at <= min(until, world.now() - lag_s)
        and (not users or each.originator in users)
        and each.status in (body.get("statuses") or [each.status])
    ]
    begin = int(body["nextToken"])
    result: dict[str, Any] = {"list": found[begin : begin + most]}
    if begin + most < len(found):
        result["nextToken"] = str(begin + most)
    return {"success": True, "result": result}


@router.post("/v1.0/workflow/processInstances/terminate", dependencies=[WRITE])
async def terminate(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    found = _found(world, caller, body.get("processInstanceId", ""))
    if found.status != "RUNNING":
        raise SaysNoError("processInstanceTerminateFailed", "审批流程已结束")
    by = body.get("operatingUserId") or ""
    if not body.get("isSystem") and by != found.originator:
        raise SaysNoError(BAD, "operatingUserId")
    end(world, found, "TERMINATED", "")
    record(found, by, "TERMINATE_PROCESS_INSTANCE", "NONE", body.get("remark", ""))
    return {"success": True, "result": True}


@router.post("/v1.0/workflow/processInstances/execute", dependencies=[WRITE])
async def execute(world: WorldDep, caller: CallerDep, body: dict[str, Any]) -> dict[str, Any]:
    found = _found(world, caller, body.get("processInstanceId", ""))
    task = found.running
    if task is None or task.id != body.get("taskId") or task.userid != body.get("actionerUserId"):
        raise SaysNoError(BAD, "taskId")
    answer(world, found, body.get("result", ""), body.get("remark", ""))
    return {"success": True, "result": True}


def _found(world: World, caller: App, instance: str) -> Instance:
    found = instances(world).get(instance)
    if found is None or found.corp_id != caller.corp_id:
        raise SaysNoError("processInstanceIdNotExist", "审批实例不存在")
    return found


def _staff(world: World, caller: App, userid: object) -> str:
    member = world.members.get(str(userid))
    if member is None or not member.active or member.corp_id != caller.corp_id:
        raise SaysNoError(BAD, "userId")
    return member.userid


def _one(world: World, caller: App, step: dict[str, Any]) -> str:
    people = [_staff(world, caller, userid) for userid in step.get("userIds", ())]
    if len(people) != 1 or step.get("actionType") != "NONE":
        raise SaysNoError(BAD, "approvers")
    return people[0]


def _shown(found: Instance) -> dict[str, Any]:
    tasks = [
        {"taskId": t.id, "userId": t.userid, "status": t.status, "result": t.result}
        for t in found.tasks
        if t.status != "NEW"
    ]
    shown = {
        "title": found.title,
        "status": found.status,
        "result": found.result,
        "createTime": minute(found.created_at),
        "originatorUserId": found.originator,
        "originatorDeptId": "-1",
        "formComponentValues": found.values,
        "tasks": tasks,
        "operationRecords": found.records,
    }
    return shown | ({"finishTime": minute(found.finished_at)} if found.finished_at else {})
