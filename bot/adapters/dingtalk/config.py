"""What one office has set up in the DingTalk console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pydantic import ConfigDict, with_config

from bot.adapters.channels.forms import FormNames
from bot.adapters.channels.offices import read_offices
from bot.core.errors import ConfigurationError
from bot.core.people import OrgId, PersonId

CHANNEL = "dingtalk"
API_URL = "https://api.dingtalk.com"
OAPI_URL = "https://oapi.dingtalk.com"
LOGIN_URL = "https://login.dingtalk.com/oauth2/auth"


class Mode(StrEnum):
    """How messages reach us."""

    STREAM = "stream"  # a WebSocket that we open: no public address needed
    HTTP = "http"  # DingTalk calls us


class CardKind(StrEnum):
    """The cards that an office may make templates for."""

    CITED_ANSWER = "cited_answer"
    LEAVE = "leave"  # waits for its asker's yes
    APPROVAL = "approval"  # filed, and what became of it; and what an approver is asked
    ITEM = "item"  # a supervision item
    MESSAGE = "message"  # whatever has no card of its own


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True)
class Limits:
    """How much DingTalk lets an app do; the standard edition's figures."""

    api_per_s: int = 20  # calls of one API (20, 40 professional, 60 exclusive edition)
    group_per_min: int = 20  # messages of the robot in one group; one more costs ten minutes
    calls_per_month: int = 10_000  # metered calls, told in the metrics


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True)
class DingTalkConfig:
    """One office's app; `deploy/channels.example.yml` explains each field. Secrets never show."""

    org: OrgId
    corp_id: str
    app_key: str
    app_secret: str = field(repr=False)
    robot_code: str
    agent_id: int | None = None  # of the app: work notices and approvals name it
    mode: Mode = Mode.STREAM
    callback_token: str | None = field(default=None, repr=False)
    aes_key: str | None = field(default=None, repr=False)
    api_url: str = API_URL
    oapi_url: str = OAPI_URL
    gateway_url: str = ""  # empty: as api_url
    login_url: str = LOGIN_URL  # where people sign in to our pages
    public_url: str = ""  # where people's devices reach our pages; empty: links are left out
    office_group: str | None = None  # the openConversationId of the supervision group
    process_code: str | None = None  # of the approval form
    form: FormNames | None = None
    card_templates: Mapping[CardKind, str] = field(default_factory=dict)
    posts: Path | None = None  # the table of posts, ranks and roles
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        if self.mode is Mode.HTTP and not (self.callback_token and self.aes_key):
            raise ConfigurationError(
                "channels_invalid", where=f"{CHANNEL}.{self.org}.callback_token"
            )
        if not self.gateway_url:
            object.__setattr__(self, "gateway_url", self.api_url)

    def person(self, userid: str) -> PersonId:
        """Who a userid of this company is to us."""
        return PersonId(f"{self.org}/{userid}")

    def userid(self, to: str) -> str | None:
        """The userid of one of the office's people; None: `to` is a group."""
        prefix = f"{self.org}/"
        return to.removeprefix(prefix) if to.startswith(prefix) else None


def read_dingtalk(path: Path, environ: Mapping[str, str]) -> tuple[DingTalkConfig, ...]:
    """The offices under `dingtalk:` in `channels.yml`.

    Raises:
        ConfigurationError: see `read_offices`; or two offices have one bot ("channel_bot_twice").
    """
    configs = read_offices(path, CHANNEL, DingTalkConfig, environ)
    bots = [config.app_key for config in configs]
    if twice := [config.org for config in configs if bots.count(config.app_key) > 1]:
        raise ConfigurationError("channel_bot_twice", offices=", ".join(twice))
    return configs
