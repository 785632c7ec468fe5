"""Events of a stand-in: whoever carries them to the app registers as a listener."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol


class World(Protocol):
    """What a stand-in knows; a reset empties its fields."""

    part: dict[str, Any]


@dataclass(frozen=True)
class Event:
    """One event of a company; `data` is its business part, as the platform carries it."""

    corp_id: str
    name: str  # "bpms_instance_change", "user_leave_org"
    data: dict[str, Any]
    id: str = field(default_factory=lambda: uuid.uuid4().hex)


Listener = Callable[[Event], None]


def listen(world: World, listener: Listener) -> None:
    """Have every event of this world from now on, after a reset as well."""
    _listeners(world).append(listener)


def emit(world: World, corp_id: str, name: str, data: dict[str, Any]) -> None:
    """Let something be known, unless events get lost at the moment."""
    event = Event(corp_id, name, data)
    world.part.setdefault("events", []).append(event)
    if world.part.get("events_lost"):
        return
    for listener in _listeners(world):
        listener(event)


def _listeners(world: World) -> list[Listener]:
    """Kept beside the fields of the world, which a reset empties."""
    listeners: list[Listener] = vars(world).setdefault("event_listeners", [])
    return listeners
