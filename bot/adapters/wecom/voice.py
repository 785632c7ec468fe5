"""What the smart bot says: where it was spoken to, and in its groups."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.leadership import Leadership
from bot.adapters.channels.links import LEAD_S, Links
from bot.adapters.channels.loop import LoopThread
from bot.adapters.wecom.answers import REFUSED
from bot.adapters.wecom.bot_link import BotLink, BotWords
from bot.adapters.wecom.bot_socket import BotPace
from bot.adapters.wecom.cards import task_of
from bot.adapters.wecom.client import WeComClient
from bot.adapters.wecom.config import CHANNEL, SmartBot, WeComConfig
from bot.adapters.wecom.incoming import LINK
from bot.adapters.wecom.receiver import WeComReceiver
from bot.adapters.wecom.wording import as_markdown
from bot.core.clock import Clock
from bot.core.errors import OutcomeUnknownError, OutsideServiceError, UnreachableError
from bot.core.messages import Message, Push
from bot.core.people import OrgId
from bot.services.outside import Texts
from bot.services.queues import REPLY, EntryId
from bot.services.storage import UnitOfWorkFactory

MOST_BYTES = 20_480  # of one answer


class BotLinks(Links[BotLink]):
    """The connections of the offices' smart bots."""

    def __init__(
        self,
        bots: Mapping[OrgId, tuple[WeComReceiver, SmartBot]],
        leadership: Leadership,
        words: BotWords,
        pace: BotPace | None = None,
        lead_s: float = LEAD_S,
    ) -> None:
        pace = pace or BotPace()
        openers = {
            org: partial(BotLink, receiver, bot, words, pace)
            for org, (receiver, bot) in bots.items()
        }
        super().__init__(CHANNEL, openers, leadership, lead_s)


@dataclass(frozen=True)
class Wording:
    """How a push becomes the bot's words."""

    config: WeComConfig
    texts: Texts
    prefix: str  # of this installation, in what judgements of answers name

    def content(self, push: Push, *, again: bool) -> str:
        """The whole message as markdown; in a group it begins with whom it is meant for."""
        lead = self.texts.say("channels.again") + "\n\n" if again else ""
        if push.mention is not None and (userid := self.config.userid(push.mention)):
            lead = f"<@{userid}> {lead}"
        return as_markdown(push.message, self.texts, self.config.public_url, lead, MOST_BYTES)

    def card(self, push: Push) -> str:
        """What a judgement of the message is to name."""
        return task_of(self.prefix, push.key)


@dataclass(frozen=True)
class LinkedVoice:
    """The smart bot on its own connection; the process that has it speaks."""

    wording: Wording
    clock: Clock
    links: BotLinks

    def takes(self, push: Push) -> bool:
        """Whether this message is the bot's: an answer to what it heard, or for a group of its."""
        config, address = self.wording.config, push.reply_to
        if config.userid(push.to) is None:
            return push.to not in config.robot_keys
        own = address is not None and address.url.startswith(LINK)
        return own and address is not None and address.until > self.clock.now()

    def say(self, push: Push, *, again: bool) -> None:
        """Say it; see `Platform.send`."""

        def work(link: BotLink) -> Coroutine[Any, Any, None]:
            return self._say(link, push, again=again)

        self.links.call(push.org, work, LONGEST_CALL_S)

    async def _say(self, link: BotLink, push: Push, *, again: bool) -> None:
        content, address = self.wording.content(push, again=again), push.reply_to
        if address is not None and address.until > self.clock.now():
            call = address.url.removeprefix(LINK)
            if await link.answer(call, content, self.wording.card(push)):
                return
        userid = self.wording.config.userid(push.to)
        await link.push(userid or push.to, content, group=userid is None)


@dataclass(frozen=True)
class CalledVoice:
    """The smart bot by callback: each call may be answered once, within an hour.

    So the first message of an answer says them all, and the others are said with it.
    """

    wording: Wording
    clock: Clock
    client: WeComClient
    loop: LoopThread
    unit_of_work: UnitOfWorkFactory

    def takes(self, push: Push) -> bool:
        """Whether this message answers what the bot heard, and still may."""
        address = push.reply_to
        return address is not None and address.until > self.clock.now()

    def say(self, push: Push, *, again: bool) -> None:
        """Say it; see `Platform.send`."""
        address = push.reply_to
        messages, number = self._answer(push)
        if address is None or number > 0:
            return
        whole = replace(push, message=_joined(messages))
        shown = {"content": self.wording.content(whole, again=False)}
        call = self.client.at_address(address.url, {"msgtype": "markdown", "markdown": shown})
        try:
            self.loop.run(call, LONGEST_CALL_S)
        except OutcomeUnknownError:
            raise
        except OutsideServiceError as error:
            # Taken once: repeated after an unknown outcome this says that it had arrived.
            if error.code == REFUSED and again:
                return
            if error.code == REFUSED:
                raise UnreachableError() from error
            raise

    def _answer(self, push: Push) -> tuple[Sequence[Message], int]:
        """All messages of the answer that a push is part of, and which of them it is."""
        name, _, number = push.key.rpartition(":")
        entry = name.removeprefix(REPLY)
        if not (name.startswith(REPLY) and entry.isdecimal() and number.isdecimal()):
            return [push.message], 0
        with self.unit_of_work() as uow:
            return uow.inbox.get(EntryId(int(entry))).reply, int(number)


def _joined(messages: Sequence[Message]) -> Message:
    return Message(
        text="\n\n".join(message.text for message in messages),
        buttons=tuple(button for message in messages for button in message.buttons),
        citations=tuple(each for message in messages for each in message.citations),
    )
