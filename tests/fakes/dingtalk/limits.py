"""How often an app may call, and a robot speak."""

from __future__ import annotations

from collections import deque

from tests.fakes.dingtalk.state import World

MINUTE_S, PENALTY_S = 60.0, 600.0


def robot_may(world: World, robot: str, group: str) -> bool:
    """Whether a robot may still speak in a group; who goes on too fast waits ten minutes."""
    spoken: dict[str, deque[float]] = world.part.setdefault("robot_spoken", {})
    barred: dict[str, float] = world.part.setdefault("robot_barred", {})
    key, now = f"{robot}@{group}", world.now() * world.speed
    times = spoken.setdefault(key, deque())
    while times and times[0] <= now - MINUTE_S:
        times.popleft()
    if now < barred.get(key, 0.0):
        return False
    if len(times) >= world.robot_limit:
        barred[key] = now + PENALTY_S
        return False
    times.append(now)
    return True


def app_may(world: World, app_key: str, api: str) -> bool:
    """Whether an app may call an API once more in this second."""
    called: dict[str, deque[float]] = world.part.setdefault("called", {})
    times, now = called.setdefault(f"{app_key} {api}", deque()), world.now()
    while times and times[0] <= now - 1.0:
        times.popleft()
    if len(times) >= world.api_limit:
        return False
    times.append(now)
    return True
