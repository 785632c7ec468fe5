"""What the stand-in knows: apps, people, robots, and all that was done to them."""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from tests.fakes.channels.faults import Call

TOKEN_LIFE_S = 7200.0
ROOT = 1


@dataclass
class App:
    """A self-built app of a company."""

    corp_id: str
    agent_id: int
    secret: str
    callback_url: str = ""
    callback_token: str = ""
    aes_key: str = ""
    trusted: bool = True  # the caller's address is in 企业可信IP
    approvals: bool = True  # among 审批's 可调用接口的应用

    @property
    def key(self) -> str:
        return f"{self.corp_id}/{self.agent_id}"


@dataclass
class Member:
    """Somebody of a company."""

    userid: str
    corp_id: str
    name: str
    department: list[int] = field(default_factory=lambda: [ROOT])
    is_leader_in_dept: list[int] = field(default_factory=lambda: [0])
    position: str = ""
    main_department: int = ROOT
    status: int = 1


@dataclass
class Sent:
    """Something that a person or a group can see."""

    number: int
    at: float
    way: str  # "app", "robot"
    sender: str  # corp and agent, or the robot's key
    to: str  # userid, or the robot's group
    msgtype: str
    content: dict[str, Any]
    response_code: str = ""
    button: str = ""  # what stands in place of a card's buttons


@dataclass
class World:
    """All of it, in memory; touched by the event loop's thread alone."""

    speed: float = 1.0  # how many of WeCom's seconds pass in one of ours
    token_life_s: float = TOKEN_LIFE_S
    address: str = ""  # this process as others reach it
    apps: dict[str, App] = field(default_factory=dict)  # by corp and agent
    members: dict[str, Member] = field(default_factory=dict)  # by userid
    departments: dict[int, dict[str, Any]] = field(default_factory=dict)
    robots: dict[str, str] = field(default_factory=dict)  # by key: the group
    tokens: dict[str, tuple[str, float]] = field(default_factory=dict)  # token: app, end
    sent: list[Sent] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)  # to whom what was too much would have gone
    repeated: list[str] = field(default_factory=list)  # to whom what was a repetition
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=200_000))
    member_minute: int = 30  # messages of an app to one member
    member_hour: int = 1000
    robot_minute: int = 20
    api_minute: int = 10_000  # calls of one API in a corp
    part: dict[str, Any] = field(default_factory=dict)  # what single subjects keep for themselves
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def now(self) -> float:
        """Seconds since 1970, by the wall."""
        return time.time()

    def note(self, call: Call) -> None:
        """Count a request."""
        self.calls.append(call)

    def next_number(self) -> int:
        """A number that was not given before."""
        return next(self._numbers)

    def staff(self, corp_id: str, userid: object) -> Member | None:
        """A member who is there; ids are the same in small and capital letters."""
        known = {member.userid.lower(): member for member in self.members.values()}
        found = known.get(str(userid).lower())
        return found if found and found.corp_id == corp_id and found.status != 5 else None

    def load(self, given: dict[str, Any]) -> None:
        """Take what `/_control/world` is given; known ones change."""
        for app in (App(**said) for said in given.get("apps", ())):
            self.apps[app.key] = app
        for member in given.get("members", ()):
            self.members[member["userid"]] = Member(**member)
        for department in given.get("departments", ()):
            self.departments[department["id"]] = {"parentid": ROOT, "order": 1} | department
        self.robots |= given.get("robots", {})
        for name in (
            "speed",
            "token_life_s",
            "member_minute",
            "member_hour",
            "robot_minute",
            "api_minute",
        ):
            if name in given:
                setattr(self, name, given[name])

    def reset(self) -> None:
        """Forget everything but the own address."""
        fresh = World(address=self.address)
        for each in fields(World):
            setattr(self, each.name, getattr(fresh, each.name))

    def shown(self) -> list[dict[str, Any]]:
        """Everything that was shown, oldest first."""
        return [asdict(sent) for sent in self.sent]
