"""The gateway of smart bots: one link a bot, calls, pieces of answers, pushes."""

from __future__ import annotations

import contextlib
import json
import uuid
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, WebSocket, WebSocketDisconnect
from starlette.requests import HTTPConnection

router = APIRouter()

STREAM_BYTES = 20_480
CALL_UNKNOWN, STREAM_ENDED, CREDENTIALS_WRONG, NOT_TALKED_TO = 846605, 846608, 853000, 846001


@dataclass
class Shown:
    """What stands in a chat: an answer that may still grow, or a push."""

    chat: str  # a chatid, or the userid of a direct chat
    content: str
    call: str = ""  # what it answers; empty: pushed
    stream: str = ""
    finished: bool = True
    feedback: str = ""
    pieces: int = 1


@dataclass(eq=False)
class Link:
    """A bot's WebSocket."""

    bot: str
    socket: WebSocket
    calls: dict[str, str] = field(default_factory=dict)  # by req_id: the chat
    deaf: bool = False
    pings: int = 0


@dataclass
class Gateway:
    """All of it; lives in the stand-in's event loop."""

    secrets: dict[str, str] = field(default_factory=dict)  # by bot
    links: dict[str, Link] = field(default_factory=dict)  # by bot: there is one
    shown: list[Shown] = field(default_factory=list)
    talked: set[str] = field(default_factory=set)  # chats in which a bot was called
    errors: list[int] = field(default_factory=list)  # to answer the next frames with
    opened: int = 0
    lost: int = 0  # calls while nobody was linked: WeCom tells them once

    async def tell(self, bot: str, cmd: str, chat: str, body: dict[str, Any]) -> bool:
        """Tell a bot something; it is never told again."""
        link = self.links.get(bot)
        if link is None:
            self.lost += 1
            return False
        call = uuid.uuid4().hex
        link.calls[call] = chat
        self.talked.add(chat)
        if not link.deaf:
            await _send(link.socket, {"cmd": cmd, "headers": {"req_id": call}, "body": body})
        return True

    async def take(self, link: Link, frame: dict[str, Any]) -> None:
        """Answer a frame of a bot's."""
        call, cmd = frame["headers"]["req_id"], frame.get("cmd")
        if link.deaf:
            return
        code = self.errors.pop(0) if self.errors and cmd != "ping" else 0
        if not code and cmd == "aibot_respond_msg":
            code = self._respond(link, call, frame["body"])
        elif not code and cmd == "aibot_send_msg":
            code = self._push(frame["body"])
        elif cmd == "ping":
            link.pings += 1
        await _send(link.socket, _answer(call, code))

    def _respond(self, link: Link, call: str, body: dict[str, Any]) -> int:
        if call not in link.calls:
            return CALL_UNKNOWN
        stream = body["stream"]
        if len(stream["content"].encode()) > STREAM_BYTES:
            return 40058
        known = next((each for each in self.shown if each.stream == stream["id"]), None)
        if known is None:
            said = (link.calls[call], stream["content"], call, stream["id"], stream["finish"])
            self.shown.append(Shown(*said, stream.get("feedback", {}).get("id", "")))
            return 0
        if known.finished:
            return STREAM_ENDED
        known.content, known.finished = stream["content"], stream["finish"]
        known.pieces += 1
        return 0

    def _push(self, body: dict[str, Any]) -> int:
        if body["chatid"] not in self.talked:
            return NOT_TALKED_TO
        if body["msgtype"] not in ("markdown", "template_card"):
            return 40008
        self.shown.append(Shown(body["chatid"], body["markdown"]["content"]))
        return 0


def gateway(connection: HTTPConnection) -> Gateway:
    """The gateway of this stand-in."""
    state = connection.app.state
    if not hasattr(state, "bots"):
        state.bots = Gateway()
    found: Gateway = state.bots
    return found


GatewayDep = Annotated[Gateway, Depends(gateway)]


@router.websocket("/aibot")
async def connect(socket: WebSocket, bots: GatewayDep) -> None:
    await socket.accept()
    try:
        link = await _subscribed(socket, bots)
        while link is not None:
            await bots.take(link, json.loads(await socket.receive_text()))
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        for bot, link in list(bots.links.items()):
            if link.socket is socket:
                del bots.links[bot]


async def _subscribed(socket: WebSocket, bots: Gateway) -> Link | None:
    frame = json.loads(await socket.receive_text())
    bot, call = frame["body"]["bot_id"], frame["headers"]["req_id"]
    if frame["cmd"] != "aibot_subscribe" or bots.secrets.get(bot) != frame["body"]["secret"]:
        await _send(socket, _answer(call, CREDENTIALS_WRONG))
        await socket.close()
        return None
    if before := bots.links.pop(bot, None):
        await _displace(before)
    link = bots.links[bot] = Link(bot, socket)
    bots.opened += 1
    await _send(socket, _answer(call, 0))
    return link


async def _displace(link: Link) -> None:
    body = {"msgid": uuid.uuid4().hex, "aibotid": link.bot, "msgtype": "event"}
    event = {"event": {"eventtype": "disconnected_event"}}
    frame = {"cmd": "aibot_event_callback", "headers": {"req_id": uuid.uuid4().hex}}
    await _send(link.socket, frame | {"body": body | event})
    with contextlib.suppress(RuntimeError):
        await link.socket.close()


@router.post("/_control/bots/load")
async def load(bots: GatewayDep, body: dict[str, str]) -> dict[str, bool]:
    """Forget what was; from now on there are these bots, with their secrets."""
    bots.secrets, bots.shown, bots.talked, bots.errors = body, [], set(), []
    bots.opened = bots.lost = 0
    return {"ok": True}


@router.post("/_control/bots/say")
async def say(bots: GatewayDep, body: dict[str, Any]) -> dict[str, Any]:
    """Let somebody call a bot: bot, userid, text, perhaps group, and fields to change."""
    group, msgid = body.get("group", ""), uuid.uuid4().hex
    told: dict[str, Any] = {
        "msgid": msgid,
        "aibotid": body["bot"],
        "chattype": "group" if group else "single",
        "from": {"userid": body["userid"]},
        "msgtype": "text",
        "text": {"content": f"@规矩 {body['text']}" if group else body["text"]},
    }
    if group:
        told["chatid"] = group
    told |= body.get("fields", {})
    chat = group or body["userid"]
    return {
        "msgid": told["msgid"],
        "told": await bots.tell(body["bot"], "aibot_msg_callback", chat, told),
    }


@router.post("/_control/bots/happen")
async def happen(bots: GatewayDep, body: dict[str, Any]) -> dict[str, bool]:
    """Let something happen with a bot: bot, userid, event, told."""
    told = {
        "msgid": uuid.uuid4().hex,
        "aibotid": body["bot"],
        "from": {"userid": body["userid"]},
        "chattype": "single",
        "msgtype": "event",
        "event": {"eventtype": body["event"], body["event"]: body.get("told", {})},
    }
    return {"told": await bots.tell(body["bot"], "aibot_event_callback", body["userid"], told)}


@router.post("/_control/bots/end")
async def end(bots: GatewayDep, body: dict[str, str]) -> dict[str, bool]:
    """End a bot's link: `how` is close, abort, deaf, or displaced."""
    link = bots.links.get(body["bot"])
    if link is None:
        return {"ended": False}
    if body["how"] == "deaf":
        link.deaf = True
        return {"ended": True}
    del bots.links[body["bot"]]
    if body["how"] == "displaced":
        await _displace(link)
    else:
        with contextlib.suppress(RuntimeError):
            await link.socket.close(1000 if body["how"] == "close" else 1011)
    return {"ended": True}


@router.post("/_control/bots/errors")
async def fail(bots: GatewayDep, body: list[int]) -> dict[str, bool]:
    """Answer the next frames with these codes."""
    bots.errors = body
    return {"ok": True}


@router.get("/_control/bots/shown")
async def shown(bots: GatewayDep) -> list[dict[str, Any]]:
    """What stands in the chats, oldest first."""
    return [asdict(each) for each in bots.shown]


@router.get("/_control/bots/links")
async def links(bots: GatewayDep) -> dict[str, Any]:
    """Which bots are linked, how many links there were, and what was told to nobody."""
    pings = {bot: link.pings for bot, link in bots.links.items()}
    return {"open": sorted(bots.links), "opened": bots.opened, "lost": bots.lost, "pings": pings}


async def _send(socket: WebSocket, frame: dict[str, Any]) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await socket.send_text(json.dumps(frame, ensure_ascii=False))


def _answer(call: str, code: int) -> dict[str, Any]:
    return {"headers": {"req_id": call}, "errcode": code, "errmsg": "ok" if not code else "no"}
