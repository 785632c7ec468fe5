"""A smart bot between the stand-in's gateway and the real database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import Engine, select

from bot.adapters.clock import SystemClock
from bot.adapters.postgres.leader import Leader
from bot.adapters.postgres.tables import inbox
from bot.adapters.texts import YamlTexts
from bot.adapters.wecom.bot_link import BotWords
from bot.adapters.wecom.bot_socket import BotPace
from bot.adapters.wecom.config import SmartBot, WeComConfig
from bot.adapters.wecom.receiver import WeComReceiver
from bot.adapters.wecom.voice import BotLinks, LinkedVoice, Wording
from bot.core.messages import Incoming, Message, Push
from bot.core.people import Directory, Office, OrgId, Person, PersonId, Rank
from bot.services.channel_messages import ChannelDesk
from bot.services.inbox import Reception, pushes
from bot.services.platform_event_store import EventState
from bot.services.platform_events import PlatformEventDesk
from bot.services.queues import REPLY, EntryId
from bot.services.storage import UnitOfWorkFactory
from tests.fakes.dialogue import FakeEncoder
from tests.fakes.wecom.process import running

ORG, LI = OrgId("changle"), PersonId("changle/staff1")
BOT = SmartBot("bot1", "secret1")
WORDS = BotWords("正在查", "请稍后再发", "here")
PACE = BotPace(
    ping_s=0.3,
    answer_s=1.0,
    retry_s=0.05,
    longest_retry_s=0.2,
    displaced_s=0.5,
    store_s=(0.1,) * 5,
)
WAIT_S = 10.0


class Gateway:
    """The stand-in's smart bots as tests see them."""

    def __init__(self, url: str) -> None:
        self.url = f"{url.replace('http', 'ws', 1)}/aibot"
        self._http = httpx.Client(base_url=f"{url}/_control/bots", trust_env=False)

    def order(self, what: str, body: Any) -> Any:
        """POST to a control."""
        return self._http.post(what, json=body).raise_for_status().json()

    def say(self, words: str, **more: Any) -> Any:
        """Let somebody call the bot."""
        return self.order("say", {"bot": BOT.id, "userid": "staff1", "text": words} | more)

    def shown(self) -> list[dict[str, Any]]:
        """What stands in the chats."""
        seen: list[dict[str, Any]] = self._http.get("shown").raise_for_status().json()
        return seen

    def links(self) -> dict[str, Any]:
        """Which links there are and were."""
        found: dict[str, Any] = self._http.get("links").raise_for_status().json()
        return found

    def end(self, how: str) -> None:
        """End the bot's link."""
        assert self.order("end", {"bot": BOT.id, "how": how})["ended"]

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


@contextmanager
def running_gateway() -> Iterator[Gateway]:
    """The stand-in with its gateway, in a process of its own."""
    with running() as stand_in:
        gateway = Gateway(stand_in.url)
        yield gateway
        gateway.close()


@dataclass(frozen=True)
class BotOffice:
    """One office with its smart bot."""

    receiver: WeComReceiver
    engine: Engine
    unit_of_work: UnitOfWorkFactory

    def links(self, bot: SmartBot = BOT) -> BotLinks:
        """A keeper of the bot's connection, not yet started."""
        leader = Leader(self.engine.url)
        return BotLinks({ORG: (self.receiver, bot)}, leader, WORDS, PACE, lead_s=0.1)

    def voice(self, links: BotLinks) -> LinkedVoice:
        """What speaks on it."""
        wording = Wording(self.receiver.config, YamlTexts(), WORDS.prefix)
        return LinkedVoice(wording, SystemClock(), links)

    def texts(self) -> list[str]:
        """What is in the inbox, oldest first."""
        with self.engine.connect() as connection:
            return list(connection.execute(select(inbox.c.text).order_by(inbox.c.id)).scalars())

    def replies(self, *texts: str) -> list[Push]:
        """An answer to what was said last, as it stands in the outbox."""
        with self.engine.connect() as connection:
            last = connection.execute(select(inbox.c.id).order_by(inbox.c.id.desc())).scalars()
            entry = EntryId(next(iter(last)))
        return pushes(self.incoming(entry), f"{REPLY}{entry}", [Message(text) for text in texts])

    def incoming(self, entry: EntryId) -> Incoming:
        """One message of the inbox."""
        with self.unit_of_work() as uow:
            return uow.inbox.get(entry).incoming

    def events(self) -> list[tuple[str, tuple[str, ...]]]:
        """The names of the stored events and whom they concern."""
        with self.unit_of_work() as uow:
            entries = uow.platform_events.listing(None, list(EventState))
        return [(entry.event.name, entry.event.subjects) for entry in entries]


def bot_office(url: str, engine: Engine, unit_of_work: UnitOfWorkFactory) -> BotOffice:
    """An office that knows one of its people, with its bot at a gateway."""
    li = Person(LI, ORG, "李明", "办公室", "科员", Rank.STAFF)
    with unit_of_work() as uow:
        uow.people.save(Directory(Office(ORG, "昌乐县人民政府", "昌乐县", "宝都街道"), (li,), ()))
        uow.commit()
    config = WeComConfig(ORG, "wwcorp", 1000002, "secret", bot=BOT, bot_url=url)
    clock = SystemClock()
    reception = Reception(unit_of_work, clock, FakeEncoder())
    desk = ChannelDesk(unit_of_work, clock, reception, YamlTexts())
    events = PlatformEventDesk(unit_of_work, clock, {})
    receiver = WeComReceiver(config, desk, events, clock, lambda: None)
    return BotOffice(receiver, engine, unit_of_work)


def until(reached: Callable[[], Any], timeout_s: float = WAIT_S) -> float:
    """Wait for something to come true; how long it took."""
    begun = time.monotonic()
    while not reached():
        assert time.monotonic() - begun < timeout_s, "it did not come true in time"
        time.sleep(0.02)
    return time.monotonic() - begun
