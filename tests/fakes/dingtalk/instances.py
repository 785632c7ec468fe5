"""Approvals of the stand-in: their turns, their ends, and the events that tell of them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.fakes.channels.events import emit
from tests.fakes.dingtalk.replies import SaysNoError
from tests.fakes.dingtalk.state import World

BAD = "processInstanceInvalidParameter"


@dataclass
class Task:
    """One approver's turn."""

    id: int
    userid: str
    status: str = "NEW"  # RUNNING, COMPLETED, CANCELED
    result: str = "NONE"  # AGREE, REFUSE, REDIRECTED


@dataclass
class Instance:
    """One approval that was started."""

    id: str
    process_code: str
    corp_id: str
    originator: str
    values: list[dict[str, Any]]
    tasks: list[Task]
    created_at: float
    title: str
    status: str = "RUNNING"  # COMPLETED, TERMINATED
    result: str = ""
    finished_at: float | None = None
    records: list[dict[str, Any]] = field(default_factory=list)

    @property
    def running(self) -> Task | None:
        return next((task for task in self.tasks if task.status == "RUNNING"), None)


def instances(world: World) -> dict[str, Instance]:
    """Every approval by its id."""
    known: dict[str, Instance] = world.part.setdefault("instances", {})
    return known


def answer(world: World, found: Instance, result: str, remark: str) -> None:
    """Note the answer of whoever's turn it is."""
    task = found.running
    if task is None or result not in {"agree", "refuse"}:
        raise SaysNoError(BAD)
    task.status, task.result = "COMPLETED", result.upper()
    record(found, task.userid, "EXECUTE_TASK_NORMAL", result.upper(), remark)
    _tell_task(world, found, task, "finish", result=result, remark=remark)
    if result == "refuse":
        end(world, found, "COMPLETED", "refuse")
    else:
        go_on(world, found)


def go_on(world: World, found: Instance) -> None:
    """Ask the next approver, or end with an agreement."""
    following = next((task for task in found.tasks if task.status == "NEW"), None)
    if following is None:
        end(world, found, "COMPLETED", "agree")
    else:
        following.status = "RUNNING"
        _tell_task(world, found, following, "start")


def end(world: World, found: Instance, status: str, result: str) -> None:
    """Let nobody be asked any more."""
    found.status, found.result, found.finished_at = status, result, world.now()
    for task in found.tasks:
        if task.status in {"NEW", "RUNNING"}:
            task.status = "CANCELED"
    kind = "finish" if status == "COMPLETED" else "terminate"
    more = {"result": result} if kind == "finish" else {}
    tell(world, found, "bpms_instance_change", type=kind, finishTime=ms(world.now()), **more)


def record(found: Instance, userid: str, kind: str, result: str, remark: str) -> None:
    """Note an operation, with the minute."""
    at = minute(time.time())
    found.records.append(
        {"userId": userid, "type": kind, "result": result, "remark": remark, "date": at}
    )


def _tell_task(world: World, found: Instance, task: Task, kind: str, **more: Any) -> None:
    about = {"taskId": task.id, "staffId": task.userid}
    tell(world, found, "bpms_task_change", type=kind, **about, **more)


def tell(world: World, found: Instance, name: str, **more: Any) -> None:
    """Let a change of an approval be known."""
    data = {
        "processInstanceId": found.id,
        "corpId": found.corp_id,
        "processCode": found.process_code,
        "title": found.title,
        "staffId": found.originator,
        "createTime": ms(found.created_at),
        "url": f"https://aflow.dingtalk.com/?procInstId={found.id}",
    }
    emit(world, found.corp_id, name, data | more)


def ms(at: float) -> int:
    """Milliseconds, as events have them."""
    return int(at * 1000)


def minute(at: float) -> str:
    """The minute in UTC, as answers have it."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%MZ")
