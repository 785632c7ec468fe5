"""The smart bot's link: connected again after every end, heard, answered."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from bot.adapters.channels.limits import Windows
from bot.adapters.channels.links import InThread, log_link
from bot.adapters.wecom.bot_socket import (
    DOWN,
    HEARD,
    LATE,
    RESPOND,
    SEND,
    BotPace,
    BotSocket,
    mapping,
)
from bot.adapters.wecom.cards import task_of
from bot.adapters.wecom.config import CHANNEL, SmartBot
from bot.adapters.wecom.incoming import sender
from bot.adapters.wecom.receiver import WeComReceiver
from bot.core.errors import NotYetError, OutcomeUnknownError, OutsideServiceError
from bot.services.queues import REPLY

logger = logging.getLogger(__name__)

T = TypeVar("T")
DISPLACED = "disconnected_event"  # another connection of the bot has taken our place
MAX_FRAME = 2**20  # bytes; a longer frame costs the connection
MOST_PER_MINUTE, MINUTE_S = 30, 60.0  # messages in one chat; what is more WeCom refuses
MOST_REMEMBERED = 1_000  # calls that may still be answered, messages that may come twice


@dataclass(frozen=True)
class BotWords:
    """What the bot says by itself."""

    opening: str  # at once, until the answer takes its place
    sorry: str  # when nothing can be stored
    prefix: str  # of this installation, in what judgements of answers name


@dataclass
class _Answer:
    """An answer to a call: begun with the opening, ended with its text."""

    chat: str
    stream: str
    begun: bool = False


class BotLink:
    """One smart bot's connections, one after the other; a `KeptLink`."""

    def __init__(
        self,
        receiver: WeComReceiver,
        bot: SmartBot,
        words: BotWords,
        pace: BotPace,
        in_thread: InThread,
    ) -> None:
        self._receiver, self._bot, self._words, self._pace = receiver, bot, words, pace
        self._in_thread = in_thread
        self._socket: BotSocket | None = None  # subscribed
        self._chats = Windows(MOST_PER_MINUTE, MINUTE_S, asyncio.get_running_loop().time)
        self._answers: OrderedDict[str, _Answer] = OrderedDict()  # by call
        self._seen: OrderedDict[str, None] = OrderedDict()  # messages that were taken
        self._work: set[asyncio.Task[None]] = set()
        self._displaced = False
        self._keeping = asyncio.create_task(self._keep())

    @property
    def is_open(self) -> bool:
        """Whether the bot is subscribed."""
        return self._socket is not None

    async def look_after(self) -> None:
        """Nothing: a connection that fell silent is found by its pings."""

    async def close(self) -> None:
        """End the connection; what is being stored is stored first."""
        if self._work:
            _, late = await asyncio.wait(self._work, timeout=self._pace.answer_s)
            for task in late:
                task.cancel()
        self._keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._keeping

    async def answer(self, call: str, content: str, card: str) -> bool:
        """End the answer to a call with its text; False: it is not open, or no longer.

        Args:
            card: What a judgement of the answer is to name.

        Raises:
            OutsideServiceError: not said. OutcomeUnknownError: perhaps said.
        """
        answer = self._answers.get(call)
        if answer is None:
            return False
        await self._chats.enter(answer.chat)
        self._answers.pop(call, None)
        # WeCom takes the id for judgements with the first piece only.
        judged = {} if answer.begun else {"feedback": {"id": card}}
        try:
            await self._respond(call, answer, content, finish=True, **judged)
        except OutcomeUnknownError:
            raise
        except OutsideServiceError as error:
            if error.details.get("reason") in LATE:
                return False
            self._answers[call] = answer
            raise
        return True

    async def push(self, chat: str, content: str, *, group: bool) -> None:
        """Say something in a chat where the bot was talked to before; raises as `answer`."""
        await self._chats.enter(chat)
        shown = {"msgtype": "markdown", "markdown": {"content": content}}
        await self._ask(SEND, {"chatid": chat, "chat_type": 2 if group else 1, **shown})

    async def _respond(
        self, call: str, answer: _Answer, content: str, *, finish: bool, **more: Any
    ) -> None:
        stream = {"id": answer.stream, "finish": finish, "content": content, **more}
        await self._ask(RESPOND, {"msgtype": "stream", "stream": stream}, call)

    async def _ask(self, cmd: str, body: Mapping[str, Any], call: str = "") -> None:
        if self._socket is None:
            raise NotYetError(self._pace.retry_s, DOWN)
        await self._socket.ask(cmd, body, call)

    async def _keep(self) -> None:
        """Connect, and again after each end, whatever its code."""
        retry_s = self._pace.retry_s
        while True:
            self._displaced = False
            held = await self._connected()
            retry_s = self._pace.retry_s if held else min(2 * retry_s, self._pace.longest_retry_s)
            await asyncio.sleep(self._pace.displaced_s if self._displaced else retry_s)

    async def _connected(self) -> bool:
        """One connection from its beginning to its end; whether it was ever subscribed."""
        url, patience, held = self._receiver.config.bot_url, self._pace.answer_s, False

        def subscribed() -> None:
            nonlocal held
            held, self._socket = True, bot_socket
            log_link(CHANNEL, "subscribed", self._receiver.config.org)

        try:
            async with connect(
                url, open_timeout=patience, close_timeout=2, ping_interval=None, max_size=MAX_FRAME
            ) as socket:
                bot_socket = BotSocket(socket, self._pace, self._told)
                await bot_socket.run(self._bot, subscribed)
        except (OSError, WebSocketException, OutsideServiceError) as error:
            self._log_end(error)
        finally:
            self._socket = None
            self._answers.clear()  # they are taken on the connection that was called
        return held

    def _told(self, cmd: str, body: Mapping[str, Any], call: str) -> None:
        if cmd == HEARD:
            self._begin(self._hear(body, call))
        elif mapping(body, "event").get("eventtype") == DISPLACED:
            self._displaced = True
            log_link(CHANNEL, "taken by another", self._receiver.config.org)
        else:
            self._begin(self._happen(body))

    async def _hear(self, body: Mapping[str, Any], call: str) -> None:
        """Store a message, and show that it was heard until the answer is there."""
        message_id = str(body.get("msgid"))
        if message_id in self._seen:
            return
        _remember(self._seen, message_id, None)
        chat = str(body.get("chatid") or sender(body))
        answer = _Answer(chat, uuid.uuid4().hex)
        _remember(self._answers, call, answer)
        try:
            entry = await self._stored(lambda: self._receiver.bot_message(body, call))
        except OutsideServiceError:
            self._seen.pop(message_id, None)
            await self._sorry(call)
            return
        if entry is not None and self._answers.get(call) is answer:
            answer.begun = True
            judged = {"feedback": {"id": task_of(self._words.prefix, f"{REPLY}{entry.id}:0")}}
            with contextlib.suppress(OutsideServiceError):
                await self._respond(call, answer, self._words.opening, finish=False, **judged)

    async def _happen(self, body: Mapping[str, Any]) -> None:
        with contextlib.suppress(OutsideServiceError):  # it stands in the log
            await self._stored(lambda: self._receiver.bot_event(body))

    async def _stored(self, store: Callable[[], T]) -> T:
        """Store what WeCom tells only once on a connection, trying again for a minute.

        Raises:
            OutsideServiceError: in vain.
        """
        told = {"event": "wecom.unstored", "org": self._receiver.config.org}
        for wait_s in self._pace.store_s:
            try:
                stored: T = await self._in_thread(store)
            except Exception:
                # The entry point of what comes in: whatever failed, it is not told again.
                logger.exception("what the smart bot was told is not stored yet", extra=told)
                await asyncio.sleep(wait_s)
            else:
                return stored
        logger.error("what the smart bot was told could not be stored and is lost", extra=told)
        raise OutsideServiceError("wecom_unstored")

    async def _sorry(self, call: str) -> None:
        with contextlib.suppress(OutsideServiceError):
            await self.answer(call, self._words.sorry, "")

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    def _log_end(self, error: Exception) -> None:
        details = error.details if isinstance(error, OutsideServiceError) else {}
        told = {"event": "channel.link", "org": self._receiver.config.org}
        reason = f"{type(error).__name__} {details.get('reason', '')}".strip()
        logger.warning("the smart bot's connection ended: %s", reason, extra=told)


def _remember(kept: OrderedDict[str, T], key: str, value: T) -> None:
    kept[key] = value
    while len(kept) > MOST_REMEMBERED:
        kept.popitem(last=False)
