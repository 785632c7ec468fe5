"""What approvers and applicants do in the app, ordered by tests: never part of the API."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from tests.fakes.dingtalk.instances import (
    BAD,
    Instance,
    Task,
    answer,
    end,
    go_on,
    instances,
    record,
    tell,
)
from tests.fakes.dingtalk.replies import SaysNoError
from tests.fakes.dingtalk.tokens import WorldDep

router = APIRouter()


@router.get("/_control/approvals")
async def approvals(world: WorldDep) -> list[dict[str, Any]]:
    """Every approval that was started, the oldest first."""
    return [asdict(each) for each in instances(world).values()]


@router.post("/_control/approvals/forget")
async def forget(world: WorldDep) -> dict[str, bool]:
    """Let no approval have been started, as if the calls had come to nothing."""
    instances(world).clear()
    return {"ok": True}


@router.post("/_control/approvals/{instance}")
async def click(world: WorldDep, instance: str, body: dict[str, Any]) -> dict[str, bool]:
    """Answer as whoever's turn it is would in the app: result agree|refuse, remark."""
    answer(world, instances(world)[instance], body["result"], body.get("remark", ""))
    return {"ok": True}


@router.post("/_control/approvals/{instance}/redirect")
async def redirect(world: WorldDep, instance: str, body: dict[str, Any]) -> dict[str, bool]:
    """Pass the turn on to somebody else (转交)."""
    found = instances(world)[instance]
    task = found.running
    if task is None:
        raise SaysNoError(BAD)
    task.status, task.result = "COMPLETED", "REDIRECTED"
    record(found, task.userid, "REDIRECT_TASK", "REDIRECTED", "")
    found.tasks.insert(found.tasks.index(task) + 1, Task(world.next_number(), body["to"]))
    go_on(world, found)
    return {"ok": True}


@router.post("/_control/approvals/{instance}/revoke")
async def revoke(world: WorldDep, instance: str) -> dict[str, bool]:
    """Take the approval back in the app, as its originator may (撤销)."""
    found = instances(world)[instance]
    end(world, found, "TERMINATED", "")
    record(found, found.originator, "TERMINATE_PROCESS_INSTANCE", "NONE", "")
    return {"ok": True}


@router.post("/_control/copy/{instance}")
async def submit_again(world: WorldDep, instance: str, body: dict[str, Any]) -> dict[str, str]:
    """Submit a copy of an approval by hand, with approvers of one's own choice."""
    old = instances(world)[instance]
    tasks = [Task(world.next_number(), userid) for userid in body["approvers"]]
    by = body.get("by", old.originator)
    new = Instance(
        str(uuid.uuid4()), old.process_code, old.corp_id, by, old.values, tasks, world.now(), "x"
    )
    instances(world)[new.id] = new
    tell(world, new, "bpms_instance_change", type="start")
    go_on(world, new)
    return {"instanceId": new.id}


@router.post("/_control/workflow")
async def arrange(world: WorldDep, body: dict[str, Any]) -> dict[str, bool]:
    """Let events get lost (events_lost), or lists show what is older than listing_lag_s."""
    world.part.update(body)
    return {"ok": True}
