"""A fault run on WeCom: called at an address, told three times, dropped when it is too much."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from bot.adapters.wecom.cards import own_key
from bot.adapters.wecom.wording import MARK_LENGTH, mark
from bot.core.people import Directory
from tests.fakes.wecom.process import StandIn, running
from tests.faults.run import FAULTS, FILED, SILENT_S, SUMMARY, Run
from tests.faults.verdict import Told
from tests.faults.worker import ASK
from tests.faults.world import SPEED
from tests.integration.channels.leave_office import ORG
from tests.integration.rasa_process import free_port
from tests.integration.wecom.offices import (
    AGENT,
    APP,
    CORP,
    SECRET,
    TEMPLATE,
    publish_the_template,
)

__all__ = ["WeComRun", "WeComSight", "environment", "fill_stand_in", "running"]

PLENTY = 1_000_000  # limits have tests of their own
TOKEN, AES_KEY = "token", "0123456789012345678901234567890123456789abc"
TRIES = 3
SUBMIT = "say:确认提交"
# After one too many of a minute nothing is called for that minute; a single refusal means that
# there were too many at once.
MILDER = {"throttle": "ban"}
FILED_WORDS = ("已提交", "已登记")
FILE = """
wecom:
  changle:
    corp_id: {corp}
    agent_id: {agent}
    app_secret: {{env: SECRET}}
    callback_token: {{env: TOKEN}}
    aes_key: {{env: AES_KEY}}
    api_url: {url}
    template_id: {template}
    form:
      key: 规矩编号
      rest: 其他说明
      components: {{类型: 请假, 时间: 请假, 事由: 请假事由}}
    vacations: {{年休假: 年假}}
    limits:
      {{member_per_min: {plenty}, member_per_hour: {plenty}, api_per_min: {plenty}}}
"""


class WeComRun(Run):
    """People write to the app; approvers click in 审批."""

    def click(self) -> bool:
        running = [each["number"] for each in self.stand_in.ask("approvals") if each["status"] == 1]
        for number in running:
            self.stand_in.order(f"approvals/{number}", {"result": "agree"})
        return bool(running)

    def _ask(self) -> None:
        self._say(self.chance.choice(self.askers).userid, f"{ASK}{self.questions}")
        self.questions += 1

    def _say(self, userid: str, text: str, **more: str) -> None:
        body = {"userid": userid, "text": text} | more
        self.said.append(_known_as(self.stand_in.order("say", body)["msgid"]))

    def _seen(self) -> Counter[tuple[str, str]]:
        news = self.stand_in.sent(after=self.looked)
        self.looked = news[-1]["number"] if news else self.looked
        return Counter((each["to"], _step(each["content"])) for each in news)

    def _on_their_way(self) -> int:
        told = WeComSight().told(self.stand_in)
        return sum(not each.acknowledged and not each.given_up for each in told)

    def _break_calls(self) -> None:
        plans: list[dict[str, Any]] = [
            {
                "fault": MILDER.get(fault, fault),
                "path": "/cgi-bin",
                "rate": rate,
                "times": 10**6,
                "seconds": SILENT_S,
            }
            for fault, rate in FAULTS
        ]
        self.stand_in.plan(*plans)

    def _break_link(self) -> None:
        """There is none."""


class WeComSight:
    """Texts are known by their marks, cards by their ids; a push may be one of each."""

    def told(self, stand_in: StandIn) -> list[Told]:
        return [
            Told(
                _known_as(each["key"]),
                each["done"],
                len(each["statuses"]) >= TRIES and not each["done"],
                len(each["statuses"]),
                each["took_s"][-1] if each["done"] else 0.0,
            )
            for each in stand_in.ask("posted")
        ]

    def shown(self, stand_in: StandIn, keys: Collection[str]) -> Counter[str]:
        marks = {mark(key): key for key in keys}
        parts = Counter(_part(each["content"], marks) for each in stand_in.sent())
        most: Counter[str] = Counter()
        for (key, _), count in parts.items():
            most[key] = max(most[key], count)
        return most

    def mark(self, approval: dict[str, Any]) -> str:
        [found] = [
            each["value"]["text"]
            for each in approval["contents"]
            if each["title"][0]["text"] == "规矩编号"
        ]
        return str(found)


def fill_stand_in(stand_in: StandIn, directory: Directory) -> None:
    """The office's people, its app with an address, and the template on the platform."""
    members = [
        {"userid": person.id.removeprefix(f"{ORG}/"), "corp_id": CORP, "name": person.name}
        for person in directory.people
    ]
    limits = ("member_minute", "member_hour", "api_minute")
    called = {"callback_url": _url(_port(stand_in)), "callback_token": TOKEN, "aes_key": AES_KEY}
    stand_in.load(apps=[APP | called], members=members, **dict.fromkeys(limits, PLENTY))
    publish_the_template(stand_in)


def environment(stand_in: StandIn, url: URL, folder: Path) -> Mapping[str, str]:
    """What the service is started with."""
    channels = folder / "channels.yml"
    written = FILE.format(
        corp=CORP, agent=AGENT, url=stand_in.url, template=TEMPLATE, plenty=PLENTY
    )
    channels.write_text(written, encoding="utf-8")
    return os.environ | {
        "PLATFORM": "wecom",
        "CHANNELS": str(channels),
        "SECRET": SECRET,
        "TOKEN": TOKEN,
        "AES_KEY": AES_KEY,
        "PORT": str(_port(stand_in)),
        "DATABASE_URL": url.render_as_string(hide_password=False),
        "GUIJU_VAR": str(folder),
        "GUIJU_INDEX": str(folder / "index"),
        "TICK_S": "2",
        "PLATFORM_SPEED": str(SPEED),
        "RASA_TIMEOUT_S": "15",  # the engine is not on trial here, and the machine may be slow
        "DOTENV": os.devnull,
        "OMP_NUM_THREADS": "1",
    }


_ports: dict[str, int] = {}


def _port(stand_in: StandIn) -> int:
    """Where the service of a run is called: chosen before either side is told."""
    return _ports.setdefault(stand_in.url, free_port())


def _known_as(message_id: str) -> str:
    """A message's id in the inbox: each company numbers for itself."""
    return f"{ORG}:{message_id}"


def _url(port: int) -> str:
    return f"http://127.0.0.1:{port}/channels/wecom/{ORG}"


def _step(content: dict[str, Any]) -> str:
    """Which step of a leave a message shows."""
    if any(each["key"] == SUBMIT for each in content.get("button_list", ())):
        return SUMMARY
    return FILED if str(content.get("content", "")).startswith(FILED_WORDS) else ""


def _part(content: dict[str, Any], marks: Mapping[str, str]) -> tuple[str, str]:
    """The key of the push that something shows, and which part of it."""
    if task := str(content.get("task_id", "")):
        return own_key(task.partition("@")[0], task) or "", "card"
    text = str(content.get("content") or content.get("description") or "")
    return marks.get(text[-MARK_LENGTH:], ""), "text"
