"""One connection of a smart bot, from subscribing to its end.

Source: WeCom's page 101463: frames are JSON `{cmd, headers: {req_id}, body}`; each of ours is
answered by one with its req_id and an errcode, `ping` every 30 seconds too.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from bot.adapters.wecom.config import SmartBot
from bot.core.errors import NotYetError, OutcomeUnknownError, OutsideServiceError

SUBSCRIBE, PING = "aibot_subscribe", "ping"
HEARD, HAPPENED = "aibot_msg_callback", "aibot_event_callback"
RESPOND, SEND = "aibot_respond_msg", "aibot_send_msg"
DOWN, REFUSED = "wecom_bot_down", "wecom_bot_refused"
BUSY, BUSY_S = frozenset({45009, 45033}), 60.0
LATE = frozenset({846605, 846608})  # the call, or the answer begun to it, is no longer open


@dataclass(frozen=True)
class BotPace:
    """Times in seconds."""

    ping_s: float = 30.0
    answer_s: float = 10.0  # in which each frame of ours is answered
    retry_s: float = 1.0  # before connecting again, doubled with each failure
    longest_retry_s: float = 30.0
    displaced_s: float = 60.0  # another has taken our place: two that fight serve nobody
    store_s: tuple[float, ...] = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # between tries to store


Told = Callable[[str, Mapping[str, Any], str], None]  # cmd, body, the id of the call


class BotSocket:
    """Asks and is told over one WebSocket."""

    def __init__(self, socket: ClientConnection, pace: BotPace, told: Told) -> None:
        self._socket, self._pace, self._told = socket, pace, told
        self._waiting: dict[str, asyncio.Future[Mapping[str, Any]]] = {}

    async def run(self, bot: SmartBot, subscribed: Callable[[], None]) -> None:
        """Serve the connection until it ends.

        Raises:
            OutsideServiceError: it was refused, or answers no longer.
        """
        reading = asyncio.create_task(self._read())
        beating = asyncio.create_task(self._beat(bot, subscribed))
        try:
            done, _ = await asyncio.wait((reading, beating), return_when="FIRST_COMPLETED")
            for task in done:
                task.result()
        finally:
            reading.cancel()
            beating.cancel()
            await asyncio.gather(reading, beating, return_exceptions=True)
            for waiting in self._waiting.values():
                waiting.cancel()

    async def ask(self, cmd: str, body: Mapping[str, Any] | None, call: str = "") -> None:
        """Send a frame and wait until it is taken; frames of one call follow each other.

        Raises:
            OutsideServiceError: not taken. OutcomeUnknownError: perhaps taken.
        """
        call = call or f"{cmd}_{uuid.uuid4().hex}"
        while (before := self._waiting.get(call)) is not None:
            await asyncio.wait([before])
        waiting = self._waiting[call] = asyncio.get_running_loop().create_future()
        try:
            await self._send({"cmd": cmd, "headers": {"req_id": call}} | _with(body))
            answer = await asyncio.wait_for(asyncio.shield(waiting), self._pace.answer_s)
        except TimeoutError as error:
            raise OutcomeUnknownError("wecom_bot_silent", cmd=cmd) from error
        except asyncio.CancelledError as error:
            if not waiting.cancelled():  # it is we who were stopped
                raise
            raise OutcomeUnknownError(DOWN, cmd=cmd) from error
        finally:
            self._waiting.pop(call, None)
            waiting.cancel()
        _check(answer, cmd)

    async def _send(self, frame: Mapping[str, Any]) -> None:
        try:
            await self._socket.send(json.dumps(frame, ensure_ascii=False))
        except ConnectionClosed as error:
            raise NotYetError(self._pace.retry_s, DOWN) from error

    async def _beat(self, bot: SmartBot, subscribed: Callable[[], None]) -> None:
        await self.ask(SUBSCRIBE, {"bot_id": bot.id, "secret": bot.secret})
        subscribed()
        while True:
            await asyncio.sleep(self._pace.ping_s)
            await self.ask(PING, None)

    async def _read(self) -> None:
        async for data in self._socket:
            frame = _object(data)
            call, cmd = mapping(frame, "headers").get("req_id"), frame.get("cmd")
            if not isinstance(call, str):
                continue
            if cmd in (HEARD, HAPPENED):
                self._told(cmd, mapping(frame, "body"), call)
            elif (waiting := self._waiting.get(call)) is not None and not waiting.done():
                waiting.set_result(frame)


def mapping(body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """An object within an object; empty if there is none."""
    value = body.get(key)
    return value if isinstance(value, dict) else {}


def _with(body: Mapping[str, Any] | None) -> dict[str, Any]:
    return {} if body is None else {"body": body}


def _object(data: str | bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _check(answer: Mapping[str, Any], cmd: str) -> None:
    code = answer.get("errcode", 0)
    if code in BUSY:
        raise NotYetError(BUSY_S, "wecom_busy", cmd=cmd)
    if code != 0:
        raise OutsideServiceError(REFUSED, cmd=cmd, reason=code)
