"""One Stream link of one bot: DingTalk's own client, with what it lacks."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from dingtalk_stream import (
    AckMessage,
    CallbackMessage,
    Card_Callback_Router_Topic,
    ChatbotMessage,
    Credential,
    DingTalkStreamClient,
    EventMessage,
    SystemMessage,
)
from dingtalk_stream.handlers import CallbackHandler, EventHandler, SystemHandler

from bot.adapters.channels.links import InThread
from bot.adapters.dingtalk.receiver import DingTalkReceiver
from bot.core.errors import OutsideServiceError

logger = logging.getLogger(__name__)

MAX_FRAME = 4 * 2**20  # bytes; a longer frame costs the link
MAX_DATA = 2**20  # characters; a frame with more is acknowledged and dropped
SOCKET = {
    "open_timeout": 10,
    "close_timeout": 2,
    "ping_interval": 15,
    "ping_timeout": 15,
    "max_size": MAX_FRAME,
}
OPEN_TIMEOUT_S = 10.0
_TOPICS = {"EVENT": ["*"], "CALLBACK": [ChatbotMessage.TOPIC, Card_Callback_Router_Topic]}


class Link(DingTalkStreamClient):  # type: ignore[misc]
    """One connection with all its reconnecting.

    `heard_at` is when the last frame came, `at_work` how many are worked at this moment.
    `renew` is awaited when DingTalk announces that it will close the connection: it opens another
    one first, so that nothing falls into the gap.
    """

    def __init__(
        self, receiver: DingTalkReceiver, in_thread: InThread, renew: Callable[[], Awaitable[None]]
    ) -> None:
        config = receiver.config
        super().__init__(Credential(config.app_key, config.app_secret), _quiet_logger(), SOCKET)
        self.heard_at = asyncio.get_running_loop().time()
        self.at_work = 0
        self._config = config
        self.system_handler = _System(renew)
        self.register_all_event_handler(_Events(receiver, in_thread))
        self.register_callback_handler(ChatbotMessage.TOPIC, _Messages(receiver, in_thread))
        self.register_callback_handler(Card_Callback_Router_Topic, _Presses(receiver, in_thread))

    @property
    def is_open(self) -> bool:
        """Whether frames can come in."""
        return self.websocket is not None

    def open_connection(self) -> dict[str, str] | None:
        """Ask the gateway for an address and a ticket; None: it gives none. Blocks."""
        asked = {
            "clientId": self._config.app_key,
            "clientSecret": self._config.app_secret,
            "subscriptions": [
                {"type": kind, "topic": topic}
                for kind, topics in _TOPICS.items()
                for topic in topics
            ],
            "ua": "guiju",
        }
        url = f"{self._config.gateway_url}/v1.0/gateway/connections/open"
        try:
            answer = httpx.post(url, json=asked, timeout=OPEN_TIMEOUT_S).raise_for_status().json()
            return {"endpoint": str(answer["endpoint"]), "ticket": str(answer["ticket"])}
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            logger.warning(
                "the gateway gave no connection: %s",
                _reason(error),
                extra={"event": "dingtalk.gateway", "org": self._config.org},
            )
            return None

    async def background_task(self, json_message: Any, websocket: Any = None) -> None:
        """Work one frame; one that cannot be read is worked as an empty one, and so refused."""
        self.heard_at = asyncio.get_running_loop().time()
        if not isinstance(json_message, dict):
            return
        if json_message.get("type") in (EventMessage.TYPE, CallbackMessage.TYPE):
            json_message = json_message | {"data": _readable(json_message.get("data"))}
        self.at_work += 1
        try:
            await super().background_task(json_message, websocket)
        finally:
            self.at_work -= 1


class _System(SystemHandler):  # type: ignore[misc]
    """Answers pings; when a connection is announced to end, sees to the next one first."""

    def __init__(self, renew: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self._renew = renew

    async def process(self, message: SystemMessage) -> tuple[int, str]:
        if message.headers.topic == SystemMessage.TOPIC_DISCONNECT:
            await self._renew()
        return AckMessage.STATUS_OK, "OK"


class _Messages(CallbackHandler):  # type: ignore[misc]
    """What people say: acknowledged once it is stored, and else not at all."""

    def __init__(self, receiver: DingTalkReceiver, in_thread: InThread) -> None:
        super().__init__()
        self._receiver, self._in_thread = receiver, in_thread

    async def raw_process(self, callback_message: CallbackMessage) -> AckMessage | None:
        try:
            await self._in_thread(self._see_to, callback_message)
        except OutsideServiceError as error:
            _log_unstored(error)
            return None  # DingTalk delivers what was not acknowledged again
        return _ack(callback_message, {"response": {}})

    def _see_to(self, frame: CallbackMessage) -> None:
        self._receiver.message(frame.data)


class _Presses(_Messages):
    """Buttons of cards."""

    def _see_to(self, frame: CallbackMessage) -> None:
        self._receiver.press(frame.data, frame.headers.message_id or "")


class _Events(EventHandler):  # type: ignore[misc]
    """What happened; where it could not be stored DingTalk is asked to tell it again later."""

    def __init__(self, receiver: DingTalkReceiver, in_thread: InThread) -> None:
        super().__init__()
        self._receiver, self._in_thread = receiver, in_thread

    async def raw_process(self, event_message: EventMessage) -> AckMessage:
        try:
            await self._in_thread(self._see_to, event_message)
        except OutsideServiceError as error:
            _log_unstored(error)
            later = _ack(event_message, {"status": "LATER", "message": error.code})
            later.code = AckMessage.STATUS_SYSTEM_EXCEPTION
            return later
        return _ack(event_message, {"status": "SUCCESS", "message": ""})

    def _see_to(self, frame: EventMessage) -> None:
        headers, body = frame.headers, frame.data
        if headers.event_corp_id:
            body = {"corpId": headers.event_corp_id} | body
        self._receiver.event(headers.event_type or "", headers.event_id or "", body)


def _ack(frame: CallbackMessage | EventMessage, data: dict[str, Any]) -> AckMessage:
    ack = AckMessage()
    ack.headers.message_id = frame.headers.message_id
    ack.headers.content_type = ack.headers.CONTENT_TYPE_APPLICATION_JSON
    ack.data = data
    return ack


def _readable(data: object) -> str:
    """The data of a frame if it is a JSON object of bearable size, and else an empty one."""
    if not isinstance(data, str) or len(data) > MAX_DATA:
        return "{}"
    try:
        return data if isinstance(json.loads(data), dict) else "{}"
    except (ValueError, RecursionError):
        return "{}"


def _log_unstored(error: OutsideServiceError) -> None:
    logger.error(
        "what DingTalk sent could not be stored and is left to be sent again",
        extra={"event": "dingtalk.unstored", "code": error.code},
    )


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return type(error).__name__


def _quiet_logger() -> logging.Logger:
    """The client's logger, without the fields of its lines: those hold frames and tickets."""
    quiet = logging.getLogger("dingtalk_stream.link")
    quiet.setLevel(logging.WARNING)
    if not quiet.filters:
        quiet.addFilter(_without_fields)
    return quiet


def _without_fields(record: logging.LogRecord) -> bool:
    error = record.exc_info[0] if record.exc_info else None
    record.msg = str(record.msg).partition(",")[0] + (f" ({error.__name__})" if error else "")
    record.args, record.exc_info, record.exc_text = (), None, None
    return True
