"""What a platform stands on, and what it gives to the rest of the service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import URL

from bot.core.clock import Clock
from bot.core.people import OrgId
from bot.services.approvals import ApprovalDesk
from bot.services.doors import Door
from bot.services.inbox import Reception
from bot.services.leave import LeaveDesk
from bot.services.outside import Broadcast, Platform, Texts
from bot.services.people_sync import PeopleSync
from bot.services.platform_events import PlatformEventDesk
from bot.services.sign_in import Identity
from bot.services.storage import UnitOfWorkFactory
from bot.services.workers import Listener
from bot.settings import Settings


@dataclass(frozen=True)
class Ground:
    """What a platform stands on. `notice` wakes the workers for what was just stored."""

    settings: Settings
    database: URL
    unit_of_work: UnitOfWorkFactory
    clock: Clock
    texts: Texts
    leave_desk: LeaveDesk
    reception: Reception
    notice: Callable[[], None]


def _nothing() -> None:
    """What is never opened needs no closing."""


@dataclass(frozen=True)
class OpenPlatform:
    """A platform's side of the service: what is called, what calls, what is looked at regularly."""

    platform: Platform
    approval_desk: ApprovalDesk
    events: PlatformEventDesk | None = None
    people: PeopleSync | None = None
    beats: tuple[Callable[[], object], ...] = ()  # with every tick
    listeners: tuple[Listener, ...] = ()  # open connections on which it talks to us
    doors: Mapping[tuple[str, str], Door] = field(default_factory=dict)  # by channel and office
    identities: Mapping[OrgId, Identity] = field(default_factory=dict)  # for signing in
    close: Callable[[], None] = _nothing
    outbox_threads: int = 1
    broadcast: Broadcast | None = None  # where one call reaches several people
    calls_allowed: Mapping[OrgId, int] = field(default_factory=dict)  # in a month
