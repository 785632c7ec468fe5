"""To-do lists: tasks by their id, found again by the source of whoever put them there."""

from __future__ import annotations

import uuid
from typing import Any

from fastapi import APIRouter, Query

from tests.fakes.dingtalk.permissions import needs
from tests.fakes.dingtalk.replies import SaysNoError
from tests.fakes.dingtalk.state import World
from tests.fakes.dingtalk.tokens import CallerDep, WorldDep

router = APIRouter()
WRITE, READ = needs("Todo.Todo.Write"), needs("Todo.Todo.Read")
TASKS = "/v1.0/todo/users/{union_id}/tasks"
LONGEST_SUBJECT = 1024


@router.post(TASKS, dependencies=[WRITE])
async def create(
    world: WorldDep,
    caller: CallerDep,
    union_id: str,
    body: dict[str, Any],
    operator: str = Query("", alias="operatorId"),
) -> dict[str, Any]:
    subject, source = body.get("subject"), body.get("sourceId")
    if not subject or len(subject) > LONGEST_SUBJECT:
        raise SaysNoError("invalidParameter.subject")
    people = [union_id, operator or union_id, *body.get("executorIds", ())]
    unions = {m.unionid for m in world.members.values() if m.active and not m.outsider}
    if not set(people) <= unions:
        raise SaysNoError("invalidParameter.unionId")
    if source and _of_source(world, source) is not None:
        raise SaysNoError("duplicateSourceId", "sourceId already exists")
    task: dict[str, Any] = {"id": uuid.uuid4().hex, "done": False, "owner": union_id} | body
    _tasks(world)[task["id"]] = task
    return dict(task)


@router.put(TASKS + "/{task_id}", dependencies=[WRITE])
async def change(
    world: WorldDep, caller: CallerDep, union_id: str, task_id: str, body: dict[str, Any]
) -> dict[str, Any]:
    task = _tasks(world).get(task_id)
    if task is None or task["owner"] != union_id:
        raise SaysNoError("taskNotExist", status=404)
    task.update({key: body[key] for key in ("done", "subject", "dueTime") if key in body})
    return {"result": True}


@router.get(TASKS + "/sources/{source}", dependencies=[READ])
async def by_source(
    world: WorldDep, caller: CallerDep, union_id: str, source: str
) -> dict[str, Any]:
    task = _of_source(world, source)
    if task is None:
        raise SaysNoError("taskNotExist", status=404)
    return task


@router.get("/_control/todos")
async def todos(world: WorldDep) -> list[dict[str, Any]]:
    """Every task, the oldest first."""
    return list(_tasks(world).values())


def _of_source(world: World, source: str) -> dict[str, Any] | None:
    return next((t for t in _tasks(world).values() if t.get("sourceId") == source), None)


def _tasks(world: World) -> dict[str, dict[str, Any]]:
    known: dict[str, dict[str, Any]] = world.part.setdefault("todos", {})
    return known
