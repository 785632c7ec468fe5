"""What one office has set up in the WeCom console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ConfigDict, with_config

from bot.adapters.channels.forms import FormNames
from bot.adapters.channels.offices import read_offices
from bot.core.errors import ConfigurationError
from bot.core.people import OrgId, PersonId

CHANNEL = "wecom"
API_URL = "https://qyapi.weixin.qq.com"
BOT_URL = "wss://openws.work.weixin.qq.com"
OAUTH_URL = "https://open.weixin.qq.com/connect/oauth2/authorize"
LOGIN_URL = "https://login.work.weixin.qq.com/wwlogin/sso/login"


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True)
class Limits:
    """How much WeCom lets an app do. What it is sent beyond the first three it drops unsaid."""

    member_per_min: int = 30  # messages of the app to one member
    member_per_hour: int = 1000
    robot_per_min: int = 20  # messages of one group robot
    api_per_min: int = 600  # calls of one API, of the 10,000 that all apps of a corp share


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True)
class SmartBot:
    """The office's 智能机器人: by long connection (`secret`), or by callback (token and key)."""

    id: str  # 机器人 ID (bot_id, aibotid)
    secret: str = field(default="", repr=False)
    callback_token: str = field(default="", repr=False)
    aes_key: str = field(default="", repr=False)

    @property
    def calls_us(self) -> bool:
        """Whether it reaches us by callback instead of a connection that we open."""
        return not self.secret


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True)
class WeComConfig:
    """One office's app; `deploy/channels.example.yml` explains each field. Secrets never show."""

    org: OrgId
    corp_id: str
    agent_id: int
    app_secret: str = field(repr=False)
    callback_token: str | None = field(default=None, repr=False)
    aes_key: str | None = field(default=None, repr=False)
    bot: SmartBot | None = None
    robot_keys: Mapping[str, str] = field(default_factory=dict, repr=False)  # by our group's name
    api_url: str = API_URL
    bot_url: str = BOT_URL
    oauth_url: str = OAUTH_URL  # where people sign in to our pages, in WeCom itself
    login_url: str = LOGIN_URL  # and in other browsers
    public_url: str = ""  # where people's devices reach our pages; empty: links are left out
    office_group: str | None = None  # the chatid, or the robot's name, of the supervision group
    template_id: str | None = None  # of the approval template
    form: FormNames | None = None
    vacations: Mapping[str, str] = field(default_factory=dict)  # our kinds to WeCom's 假期类型
    cards: bool = True  # messages with buttons as template cards
    posts: Path | None = None  # the table of posts, ranks and roles
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        if bool(self.callback_token) != bool(self.aes_key):
            raise ConfigurationError(
                "channels_invalid", where=f"{CHANNEL}.{self.org}.callback_token"
            )
        if self.bot is not None and self.bot.calls_us and not self.bot.callback_token:
            raise ConfigurationError("channels_invalid", where=f"{CHANNEL}.{self.org}.bot.secret")

    def person(self, userid: str) -> PersonId:
        """Who a userid of this company is to us."""
        return PersonId(f"{self.org}/{userid}")

    def userid(self, to: str) -> str | None:
        """The userid of one of the office's people; None: `to` is a group."""
        prefix = f"{self.org}/"
        return to.removeprefix(prefix) if to.startswith(prefix) else None


def read_wecom(path: Path, environ: Mapping[str, str]) -> tuple[WeComConfig, ...]:
    """The offices under `wecom:` in `channels.yml`; one company may have an app for each.

    Raises:
        ConfigurationError: see `read_offices`; or two offices have one app or one smart bot
            ("channel_bot_twice").
    """
    configs = read_offices(path, CHANNEL, WeComConfig, environ)
    apps = [(config.corp_id, config.agent_id) for config in configs]
    bots = [config.bot.id for config in configs if config.bot is not None]
    twice = [
        config.org
        for config in configs
        if apps.count((config.corp_id, config.agent_id)) > 1
        or (config.bot is not None and bots.count(config.bot.id) > 1)
    ]
    if twice:
        raise ConfigurationError("channel_bot_twice", offices=", ".join(twice))
    return configs
