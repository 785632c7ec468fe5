"""DingTalk as the platform of all offices that have set it up."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import httpx

from bot.adapters.channels.calling import LONGEST_CALL_S, Line, OfficeTally
from bot.adapters.channels.platform import CarryingPlatform
from bot.adapters.dingtalk.cards import DingTalkCards
from bot.adapters.dingtalk.client import DingTalkClient
from bot.adapters.dingtalk.config import CHANNEL, DingTalkConfig
from bot.adapters.dingtalk.sender import DingTalkSender
from bot.core.clock import Clock
from bot.core.errors import NotFoundError, OutsideServiceError
from bot.core.messages import Push
from bot.core.people import OrgId, PersonId
from bot.core.staff_table import user_of
from bot.services.card_store import Card
from bot.services.outside import Texts
from bot.services.paces import MINUTE_S, SharedPace
from bot.services.platform_records import Limit
from bot.services.storage import UnitOfWorkFactory

LONGEST_SEND_S = 1.5 * LONGEST_CALL_S  # the webhook, then the robot; ends before the lease does


@dataclass(frozen=True)
class DingTalkPlatform(CarryingPlatform[DingTalkSender]):
    """Sends and files; every office with its own app and robot."""

    channel = CHANNEL

    def send(self, push: Push, *, again: bool = False) -> None:
        """Deliver a message; see the port."""
        if self.loop.run(self.sender(push.org).send(push, again=again), LONGEST_SEND_S):
            self.log.note(push)

    def room(self, push: Push) -> int:
        """How many people one call may reach; see the port `Broadcast`."""
        sender = self.senders.get(push.org)
        return sender.room(push) if sender is not None else 1

    def send_alike(self, pushes: Sequence[Push]) -> Mapping[str, OutsideServiceError]:
        """Deliver one message to several people; see the port `Broadcast`."""
        sender = self.sender(pushes[0].org)
        by_userid = {user_of(PersonId(push.to)): push.key for push in pushes}
        failed = self.loop.run(sender.to_people(list(by_userid), pushes[0]), LONGEST_SEND_S)
        return {by_userid[userid]: error for userid, error in failed.items()}

    def update_card(self, card: Card) -> None:
        """Show a card's new state; see the port `CardBoard`."""
        self.loop.run(self.sender(card.org).cards.update(card), LONGEST_CALL_S)


class DingTalkLine(Line[DingTalkClient]):
    """The apps of all offices."""

    def __init__(
        self,
        configs: Sequence[DingTalkConfig],
        tally: OfficeTally,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        super().__init__(CHANNEL, transport)
        self.clients = {
            config.org: DingTalkClient(
                config, self.http, time.monotonic, partial(tally, config.org, CHANNEL)
            )
            for config in configs
        }

    def senders(
        self, unit_of_work: UnitOfWorkFactory, clock: Clock, texts: Texts, prefix: str
    ) -> dict[OrgId, DingTalkSender]:
        """A sender for each office; `prefix` is that of this installation's cards."""
        names = partial(_name, unit_of_work)
        return {
            org: DingTalkSender(
                client,
                DingTalkCards(client, texts, prefix),
                _group_pace(client.config, unit_of_work, clock),
                clock,
                texts,
                names,
            )
            for org, client in self.clients.items()
        }


def _group_pace(
    config: DingTalkConfig, unit_of_work: UnitOfWorkFactory, clock: Clock
) -> SharedPace:
    limit = Limit(config.limits.group_per_min, MINUTE_S)
    return SharedPace(unit_of_work, clock, f"{CHANNEL}:{config.robot_code}", (limit,))


def _name(unit_of_work: UnitOfWorkFactory, person: PersonId) -> str | None:
    try:
        with unit_of_work() as uow:
            return uow.people.person(person).name
    except NotFoundError:
        return None
