"""What tests may ask and order: never part of WeCom."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request

from tests.fakes.channels.faults import Faults
from tests.fakes.wecom.tokens import WorldDep

router = APIRouter(prefix="/_control")


@router.post("/world")
async def load(world: WorldDep, body: dict[str, Any]) -> dict[str, bool]:
    """Take apps, members, departments, robots, speed and limits."""
    world.load(body)
    return {"ok": True}


@router.post("/reset")
async def reset(request: Request, world: WorldDep) -> dict[str, bool]:
    """Forget everything, planned faults too."""
    world.reset()
    faults: Faults = request.app.state.faults
    faults.plans = []
    return {"ok": True}


@router.get("/sent")
async def sent(world: WorldDep, to: str | None = None, after: int = 0) -> list[dict[str, Any]]:
    """What people and groups can see, oldest first."""
    return [each for each in world.shown() if to in (None, each["to"]) and each["number"] > after]


@router.get("/unseen")
async def unseen(world: WorldDep) -> dict[str, list[str]]:
    """Who would have got what was too much, and what was a repetition."""
    return {"dropped": world.dropped, "repeated": world.repeated}


@router.get("/calls")
async def calls(world: WorldDep, path: str = "") -> list[dict[str, Any]]:
    """What was called, oldest first."""
    return [asdict(call) for call in world.calls if call.path.startswith(path)]


@router.post("/faults")
async def plan(request: Request, body: list[dict[str, Any]]) -> dict[str, bool]:
    """Plan faults in place of those still to come: fault, path, times, rate, seconds."""
    faults: Faults = request.app.state.faults
    faults.plan(body)
    return {"ok": True}


@router.post("/tokens/expire")
async def expire(world: WorldDep) -> dict[str, bool]:
    """Let every token end now, whatever was promised."""
    world.tokens.clear()
    return {"ok": True}
