"""What tests may ask and order: never part of DingTalk."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request

from tests.fakes.channels.faults import Faults
from tests.fakes.dingtalk.gateway import gateway_of
from tests.fakes.dingtalk.tokens import WorldDep

router = APIRouter(prefix="/_control")


@router.post("/world")
async def load(world: WorldDep, body: dict[str, Any]) -> dict[str, bool]:
    """Take apps, members, groups, speed and limits."""
    world.load(body)
    return {"ok": True}


@router.post("/reset")
async def reset(request: Request, world: WorldDep) -> dict[str, bool]:
    """Forget everything, planned faults too."""
    world.reset()
    gateway_of(world).forget()
    faults: Faults = request.app.state.faults
    faults.plans = []
    return {"ok": True}


@router.get("/sent")
async def sent(world: WorldDep, to: str | None = None, after: int = 0) -> list[dict[str, Any]]:
    """What people and groups can see, oldest first."""
    return [each for each in world.shown() if to in (None, each["to"]) and each["number"] > after]


@router.get("/cards")
async def cards(world: WorldDep) -> dict[str, dict[str, Any]]:
    """Every card by its outTrackId."""
    return {key: asdict(card) for key, card in world.cards.items()}


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


@router.post("/limited")
async def hold_back(world: WorldDep, body: list[str]) -> dict[str, bool]:
    """Whom flow control holds back from now on."""
    world.limited = set(body)
    return {"ok": True}


@router.post("/tokens/expire")
async def expire(world: WorldDep) -> dict[str, bool]:
    """Let every token end now, whatever was promised."""
    world.tokens.clear()
    return {"ok": True}


@router.post("/sessions")
async def open_session(world: WorldDep, body: dict[str, str]) -> dict[str, Any]:
    """A session webhook as a message brings it: app_key, userid, conversation ("": direct)."""
    app = world.apps[body["app_key"]]
    url, ends_at = world.open_session(app, body["conversation"], body["userid"])
    return {"url": url, "ends_at": ends_at}


@router.post("/sessions/expire")
async def expire_sessions(world: WorldDep) -> dict[str, bool]:
    """Let every session webhook end now."""
    for session in world.sessions.values():
        session.ends_at = 0.0
    return {"ok": True}
