"""How often one may call and speak; what is said too often is dropped without a word."""

from __future__ import annotations

from collections import deque

from tests.fakes.wecom.state import World

MINUTE_S, HOUR_S = 60.0, 3600.0


def may_tell(world: World, app: str, userid: str) -> bool:
    """Whether an app may still tell a member something."""
    spans = ((world.member_minute, MINUTE_S), (world.member_hour, HOUR_S))
    return all(_within(world, f"{app} {userid} {span}", most, span) for most, span in spans)


def may_speak(world: World, robot: str) -> bool:
    """Whether a group robot may still speak."""
    return _within(world, f"robot {robot}", world.robot_minute, MINUTE_S)


def may_call(world: World, corp_id: str, api: str) -> bool:
    """Whether a company may call an API once more in this minute."""
    return _within(world, f"{corp_id} {api}", world.api_minute, MINUTE_S)


def _within(world: World, name: str, most: int, span_s: float) -> bool:
    counted: dict[str, deque[float]] = world.part.setdefault("counted", {})
    times, now = counted.setdefault(name, deque()), world.now() * world.speed
    while times and times[0] <= now - span_s:
        times.popleft()
    if len(times) >= most:
        return False
    times.append(now)
    return True
