"""What the stand-in knows: apps, people, groups, and all that was done to them."""

from __future__ import annotations

import itertools
import secrets
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from tests.fakes.channels.faults import Call

TOKEN_LIFE_S = 7200.0
SESSION_LIFE_S = 90 * 60.0  # createAt + 90 minutes, as seen in a real log


@dataclass
class App:
    """An internal app of a company with its robot."""

    app_key: str
    app_secret: str
    corp_id: str
    robot_code: str
    name: str = "规矩"
    callback_url: str = ""  # HTTP mode: where messages and events go
    callback_token: str = ""
    aes_key: str = ""


@dataclass
class Member:
    """Somebody of a company, or an outsider of one of its groups (no staff id on the wire)."""

    userid: str
    corp_id: str
    name: str
    unionid: str = ""
    outsider: bool = False
    active: bool = True
    more: dict[str, Any] = field(default_factory=dict)  # what contacts hold besides

    def __post_init__(self) -> None:
        self.unionid = self.unionid or f"union-{self.userid}"


@dataclass
class Group:
    """A group chat; its id is the openConversationId."""

    id: str
    title: str
    corp_id: str
    robots: set[str] = field(default_factory=set)


@dataclass
class Session:
    """A session webhook: where one message may be answered, for a while."""

    app_key: str
    conversation: str  # of a group; empty: direct
    userid: str
    ends_at: float


@dataclass
class Sent:
    """Something that a person or a group can see."""

    number: int
    at: float
    way: str  # "session", "single", "group", "card", "work_notice"
    robot_code: str
    to: str  # userid or openConversationId
    msg_key: str
    param: dict[str, Any]
    at_users: list[str] = field(default_factory=list)


@dataclass
class Card:
    """A card instance: one for each outTrackId."""

    out_track_id: str
    template_id: str
    params: dict[str, str]
    space: str = ""
    robot_code: str = ""
    callback_type: str = ""
    updates: int = 0
    private: dict[str, dict[str, str]] = field(default_factory=dict)  # by userid


@dataclass
class World:
    """All of it, in memory; touched by the event loop's thread alone."""

    speed: float = 1.0  # how many of DingTalk's seconds pass in one of ours
    token_life_s: float = TOKEN_LIFE_S
    address: str = ""  # this process as others reach it
    apps: dict[str, App] = field(default_factory=dict)  # by app key
    members: dict[str, Member] = field(default_factory=dict)  # by userid
    groups: dict[str, Group] = field(default_factory=dict)
    tokens: dict[str, tuple[str, float]] = field(default_factory=dict)  # token: app key, end
    sessions: dict[str, Session] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=200_000))
    limited: set[str] = field(default_factory=set)  # userids whom flow control holds back
    robot_limit: int = 20  # group messages of one robot in one group within a minute
    api_limit: int = 20  # calls of one app to one API within a second
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

    def see(self, way: str, robot_code: str, to: str, shown: dict[str, Any]) -> Sent:
        """Show something to somebody: `shown` holds msg_key, param and perhaps at_users."""
        sent = Sent(self.next_number(), self.now(), way, robot_code, to, **shown)
        self.sent.append(sent)
        return sent

    def app_of_robot(self, robot_code: str) -> App | None:
        """The app that a robot belongs to."""
        return next((app for app in self.apps.values() if app.robot_code == robot_code), None)

    def open_session(self, app: App, conversation: str, userid: str) -> tuple[str, float]:
        """A session webhook for one message: its address and end (seconds since 1970)."""
        key = secrets.token_hex(16)
        ends_at = self.now() + SESSION_LIFE_S / self.speed
        self.sessions[key] = Session(app.app_key, conversation, userid, ends_at)
        return f"{self.address}/robot/sendBySession?session={key}", ends_at

    def load(self, given: dict[str, Any]) -> None:
        """Take apps, members and groups as `/_control/world` is given them; known ones change."""
        for app in given.get("apps", ()):
            self.apps[app["app_key"]] = App(**app)
        for member in given.get("members", ()):
            self.members[member["userid"]] = Member(**member)
        for group in given.get("groups", ()):
            robots = set(group.pop("robots", ()))
            self.groups[group["id"]] = Group(**group, robots=robots)
        for name in ("speed", "token_life_s", "robot_limit", "api_limit"):
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
