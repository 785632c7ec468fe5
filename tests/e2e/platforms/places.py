"""One office on each platform: what people say there, and what they are shown."""

from __future__ import annotations

import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.adapters.people import load_directory
from bot.cli.installation import private_installation
from bot.settings import Settings
from tests.e2e.api_client import ApiClient
from tests.e2e.conftest import INDEX
from tests.fakes.channels.process import StandIn
from tests.fakes.dingtalk import process as dingtalk
from tests.fakes.wecom import process as wecom
from tests.integration.dingtalk.offices import publish_the_form
from tests.integration.wecom.offices import publish_the_template

ORG, CORP, GROUP = "changle", "corp-changle", "chat-office"
KEY = "0123456789012345678901234567890123456789abc"
SECRETS = {"APP_SECRET": "secret", "BOT_SECRET": "bot-secret", "TOKEN": "token", "AES_KEY": KEY}
DINGTALK = """
dingtalk:
  changle: {{corp_id: corp-changle, app_key: key-changle, app_secret: {{env: APP_SECRET}},
    robot_code: key-changle, api_url: {url}, oapi_url: {url}, process_code: PROC-LEAVE,
    form: {{key: 规矩编号, rest: 其他说明,
      components: {{类型: 请假类型, 时间: 起止时间, 事由: 请假事由}}}}}}
"""
WECOM = """
wecom:
  changle: {{corp_id: corp-changle, agent_id: 1000002, app_secret: {{env: APP_SECRET}},
    callback_token: {{env: TOKEN}}, aes_key: {{env: AES_KEY}},
    bot: {{id: bot1, secret: {{env: BOT_SECRET}}}}, api_url: {url}, bot_url: {bot_url},
    template_id: template-leave,
    form: {{key: 规矩编号, rest: 其他说明,
      components: {{类型: 请假, 时间: 请假, 事由: 请假事由}}}}}}
"""
AT_WORK = 1  # of an approval in WeCom
WAIT_S = 30.0  # two cores, perhaps busy


class Place(ABC):
    """A platform with the office's people in it."""

    @abstractmethod
    def say(self, post: str, text: str, *, in_group: bool = False) -> None:
        """Have somebody talk to the assistant, directly or in the office's group."""

    @abstractmethod
    def shown(self, to: str) -> list[str]:
        """What somebody, or the group, has been shown, oldest first."""

    @abstractmethod
    def approvals(self) -> list[str]:
        """The ids of the approvals that were filed."""

    @abstractmethod
    def agree(self, approval: str) -> None:
        """Let one after the other agree whose turn it is."""

    def hears(self, to: str, before: int, *words: str) -> None:
        """Wait until something was shown after `before` messages that holds all the words."""
        until(lambda: any(all(w in text for w in words) for text in self.shown(to)[before:]))


class Embedded(Place):
    """The embedded platform, by its API."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api
        self._answers: dict[str, list[str]] = {}

    def say(self, post: str, text: str, *, in_group: bool = False) -> None:
        answers = self._api.say(f"{ORG}/{post}", text, GROUP if in_group else "direct")
        seen = self._answers.setdefault(GROUP if in_group else post, [])
        seen += [answer["text"] for answer in answers]

    def shown(self, to: str) -> list[str]:
        pushed = self._api.pushed(to if to == GROUP else f"{ORG}/{to}")
        return [*self._answers.get(to, []), *pushed]

    def approvals(self) -> list[str]:
        found = self._api.get("/api/local/approvals")["approvals"]
        return [str(each["id"]) for each in reversed(found)]

    def agree(self, approval: str) -> None:
        while (by := self._turn(approval)) is not None:
            answer = {"by": by, "action": "agree"}
            self._api.post(f"/api/local/approvals/{approval}", answer)

    def _turn(self, approval: str) -> str | None:
        found = self._api.get("/api/local/approvals")["approvals"]
        [asked] = [each for each in found if each["id"] == approval]
        turn: str | None = asked["waiting_for"]
        return turn


class OnDingTalk(Place):
    """DingTalk's stand-in; messages come by Stream."""

    def __init__(self, stand_in: StandIn) -> None:
        self._stand_in = stand_in

    def say(self, post: str, text: str, *, in_group: bool = False) -> None:
        group = {"group": GROUP} if in_group else {}
        self._stand_in.order("say", {"userid": post, "text": text} | group)

    def shown(self, to: str) -> list[str]:
        params = [each["param"] for each in self._stand_in.sent(to)]
        return [str(each.get("text") or each.get("content", "")) for each in params]

    def approvals(self) -> list[str]:
        return [str(each["id"]) for each in self._stand_in.ask("approvals")]

    def agree(self, approval: str) -> None:
        while self._status(approval) == "RUNNING":
            self._stand_in.order(f"approvals/{approval}", {"result": "agree"})

    def _status(self, approval: str) -> str:
        shown = self._stand_in.ask("approvals")
        return str({each["id"]: each["status"] for each in shown}[approval])


class OnWeCom(Place):
    """WeCom's stand-in: the app is called directly, the smart bot in the group."""

    def __init__(self, stand_in: StandIn) -> None:
        self._stand_in = stand_in

    def say(self, post: str, text: str, *, in_group: bool = False) -> None:
        body = {"userid": post, "text": text}
        if in_group:
            self._stand_in.order("bots/say", body | {"bot": "bot1", "group": GROUP})
        else:
            self._stand_in.order("say", body)

    def shown(self, to: str) -> list[str]:
        by_bot = [
            each["content"] for each in self._stand_in.ask("bots/shown") if each["chat"] == to
        ]
        return [*by_bot, *map(_words, self._stand_in.sent(to))]

    def approvals(self) -> list[str]:
        return [str(each["number"]) for each in self._stand_in.ask("approvals")]

    def agree(self, approval: str) -> None:
        while self._status(approval) == AT_WORK:
            self._stand_in.order(f"approvals/{approval}", {"result": "agree"})

    def _status(self, approval: str) -> int:
        shown = self._stand_in.ask("approvals")
        status: int = {str(each["number"]): each["status"] for each in shown}[approval]
        return status


@contextmanager
def embedded(folder: Path) -> Iterator[Place]:
    """The office on the embedded platform."""
    with private_installation(INDEX) as installation:
        api = ApiClient(installation.url)
        yield Embedded(api)
        api.close()


@contextmanager
def on_dingtalk(folder: Path) -> Iterator[Place]:
    """The office on DingTalk."""
    with dingtalk.running() as stand_in:
        app = {"app_key": "key-changle", "app_secret": "secret", "corp_id": CORP}
        group = {"id": GROUP, "title": "办公室", "corp_id": CORP, "robots": ["key-changle"]}
        apps = [app | {"robot_code": "key-changle"}]
        stand_in.load(apps=apps, members=_members(), groups=[group])
        publish_the_form(stand_in)
        settings = _settings("dingtalk", DINGTALK.format(url=stand_in.url), folder)
        with private_installation(INDEX, settings):
            until(lambda: bool(stand_in.ask("links")["open"]))
            yield OnDingTalk(stand_in)


@contextmanager
def on_wecom(folder: Path) -> Iterator[Place]:
    """The office on WeCom."""
    with wecom.running() as stand_in:
        app = {"corp_id": CORP, "agent_id": 1000002, "secret": "secret"}
        stand_in.load(apps=[app], members=_members())
        stand_in.order("bots/load", {"bot1": "bot-secret"})
        publish_the_template(stand_in)
        bot_url = f"{stand_in.url.replace('http', 'ws', 1)}/aibot"
        settings = _settings("wecom", WECOM.format(url=stand_in.url, bot_url=bot_url), folder)
        with private_installation(INDEX, settings) as installation:
            address = {"callback_url": f"{installation.url}/channels/wecom/{ORG}"}
            called = app | address | {"callback_token": "token", "aes_key": KEY}
            stand_in.load(apps=[called])
            until(lambda: bool(stand_in.ask("bots/links")["open"]))
            yield OnWeCom(stand_in)


def until(reached: Callable[[], bool]) -> None:
    """Wait for something to come true."""
    ends_at = time.monotonic() + WAIT_S
    while not reached():
        assert time.monotonic() < ends_at, "it did not come true in time"
        time.sleep(0.05)


def _settings(platform: str, channels: str, folder: Path) -> dict[str, str]:
    """The platform with the demo's people of the office."""
    (folder / "channels.yml").write_text(channels, encoding="utf-8")
    (folder / "people").mkdir()
    shutil.copy(Settings.people / f"{ORG}.yml", folder / "people")
    places = {"CHANNELS": str(folder / "channels.yml"), "GUIJU_PEOPLE": str(folder / "people")}
    return {"PLATFORM": platform, **places, **SECRETS}


def _members() -> list[dict[str, Any]]:
    people = load_directory(Settings.people / f"{ORG}.yml").people
    return [
        {"userid": each.id.partition("/")[2], "corp_id": CORP, "name": each.name} for each in people
    ]


def _words(sent: dict[str, Any]) -> str:
    """The words of what the app has sent, in whichever form."""
    content = sent["content"]
    card = [content.get("main_title", {}).get("title", ""), content.get("sub_title_text", "")]
    kept = (content.get("content"), content.get("title"), content.get("description"), *card)
    return "\n".join(str(each) for each in kept if each)
