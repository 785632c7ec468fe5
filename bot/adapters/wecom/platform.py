"""WeCom as the platform of all offices that have set it up."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import httpx

from bot.adapters.channels.calling import LONGEST_CALL_S, Line, OfficeTally
from bot.adapters.channels.platform import CarryingPlatform
from bot.adapters.wecom.client import WeComClient
from bot.adapters.wecom.config import CHANNEL, WeComConfig
from bot.adapters.wecom.sender import Paces, WeComSender
from bot.core.clock import Clock
from bot.core.messages import Push
from bot.core.people import OrgId
from bot.services.card_store import Card
from bot.services.outside import Texts
from bot.services.paces import HOUR_S, MINUTE_S, SharedPace
from bot.services.platform_records import Limit
from bot.services.storage import UnitOfWorkFactory

LONGEST_SEND_S = 1.5 * LONGEST_CALL_S  # the text, then the card; ends before the lease does


class Voice(Protocol):
    """An office's smart bot: it answers where it was spoken to, and speaks in its groups."""

    def takes(self, push: Push) -> bool:
        """Whether this message is for the smart bot to say, and not for the app or a robot."""
        ...

    def say(self, push: Push, *, again: bool) -> None:
        """Say it; raises as `Platform.send`."""
        ...


@dataclass(frozen=True)
class WeComPlatform(CarryingPlatform[WeComSender]):
    """Sends and files; every office with its own app, robots and smart bot."""

    channel = CHANNEL

    voices: Mapping[OrgId, Voice] = field(default_factory=dict)

    def send(self, push: Push, *, again: bool = False) -> None:
        """Deliver a message; see the port."""
        voice = self.voices.get(push.org)
        if voice is not None and voice.takes(push):
            voice.say(push, again=again)
            return
        handle = self.loop.run(self.sender(push.org).send(push, again=again), LONGEST_SEND_S)
        if handle is not None:
            self.log.note(push, handle)

    def update_card(self, card: Card) -> None:
        """Show a card's new state; see the port `CardBoard`."""
        self.loop.run(self.sender(card.org).update(card), LONGEST_CALL_S)


class WeComLine(Line[WeComClient]):
    """The apps of all offices."""

    def __init__(
        self,
        configs: Sequence[WeComConfig],
        tally: OfficeTally,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        super().__init__(CHANNEL, transport)
        self.clients = {
            config.org: WeComClient(
                config, self.http, time.monotonic, partial(tally, config.org, CHANNEL)
            )
            for config in configs
        }

    def senders(
        self, unit_of_work: UnitOfWorkFactory, clock: Clock, texts: Texts, prefix: str
    ) -> dict[OrgId, WeComSender]:
        """A sender for each office; `prefix` is that of this installation's cards."""
        return {
            org: WeComSender(client, _paces(client.config, unit_of_work, clock), texts, prefix)
            for org, client in self.clients.items()
        }


def _paces(config: WeComConfig, unit_of_work: UnitOfWorkFactory, clock: Clock) -> Paces:
    limits, app = config.limits, f"{CHANNEL}:{config.corp_id}/{config.agent_id}"
    member = Limit(limits.member_per_min, MINUTE_S), Limit(limits.member_per_hour, HOUR_S)
    return Paces(
        SharedPace(unit_of_work, clock, f"{app}:member", member),
        SharedPace(unit_of_work, clock, f"{app}:robot", (Limit(limits.robot_per_min, MINUTE_S),)),
    )
