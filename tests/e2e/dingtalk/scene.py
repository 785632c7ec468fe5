"""What people do on the platform, and what they see there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.cli.installation import Installation
from tests.fakes.dingtalk.process import StandIn

OFFICES = ("changle", "shuangtaizi")
WAIT_S = 30.0  # two cores, perhaps busy


def userid(org: str, post: str) -> str:
    """The id on the platform of who holds a post: nobody else in the world has it."""
    return f"{post}-{org}"


@dataclass(frozen=True)
class Scene:
    """The stand-in with the installation behind it."""

    stand_in: StandIn
    installation: Installation

    def say(
        self, org: str, text: str, post: str = "staff1", by: str | None = None, **more: Any
    ) -> str:
        """Have somebody of an office, or of another, talk to its bot; the id of the message."""
        speaker = userid(by or org, post)
        body = {"app_key": f"key-{org}", "userid": speaker, "text": text} | more
        message: str = self.stand_in.order("say", body)["msgId"]
        return message

    def seen(self, to: str) -> list[dict[str, Any]]:
        """What a person or a group can see, oldest first."""
        return self.stand_in.sent(to)

    def answers(self, to: str, before: int, count: int = 1) -> list[dict[str, Any]]:
        """What came after `before` messages, once there are so many."""
        until(lambda: len(self.seen(to)) >= before + count)
        return self.seen(to)[before:]

    def wait_for_the_link(self) -> None:
        """Wait until the Stream link is open."""
        until(lambda: len(self.stand_in.ask("links")["open"]) > 0)

    def told(self) -> list[dict[str, Any]]:
        """Every delivery of either mode, as the stand-in remembers it."""
        return [*self.stand_in.ask("deliveries"), *self.stand_in.ask("posted")]

    def log(self) -> str:
        """What the service has written down."""
        return (self.installation.var / "log" / "service.log").read_text(encoding="utf-8")


def text_of(message: dict[str, Any]) -> str:
    """The words of a message in whichever form it was sent."""
    return str(message["param"].get("text") or message["param"].get("content", ""))


def until(reached: Callable[[], bool]) -> None:
    """Wait for something to come true."""
    ends_at = time.monotonic() + WAIT_S
    while not reached():
        assert time.monotonic() < ends_at, "it did not come true in time"
        time.sleep(0.05)
