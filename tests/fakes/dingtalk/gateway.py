"""The gateway of Stream mode: tickets, links, frames, and frames again that nobody acknowledged."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from tests.fakes.dingtalk.replies import SaysNoError
from tests.fakes.dingtalk.state import App, World
from tests.fakes.dingtalk.tokens import WorldDep

router = APIRouter()

REDELIVER_S = (16.0, 60.0, 60.0, 60.0, 60.0, 60.0)  # DingTalk's seconds; then it gives up
TICKET_S, PING_S, LEAVE_S = 90.0, 30.0, 10.0
BOT, CARD = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"


@dataclass(eq=False)
class Link:
    """One open connection of an app."""

    id: str
    app_key: str
    topics: set[tuple[str, str]]
    socket: WebSocket
    deaf: bool = False  # looks alive, and nothing comes
    leaving: bool = False  # its end is announced: nothing new is sent to it
    sent: int = 0


@dataclass(eq=False)
class Delivery:
    """Something to tell an app, until it is acknowledged. `key`: msgId, eventId or press."""

    key: str
    app_key: str
    kind: str  # "CALLBACK", "EVENT"
    topic: str
    headers: dict[str, str]
    data: dict[str, Any]
    begun_at: float = 0.0
    pushed: int = 0
    acknowledged_at: float | None = None
    refused: int = 0  # answered, but not with a yes
    given_up: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def shown(self) -> dict[str, Any]:
        """What tests look at; `took_s` from the first push to the acknowledgement."""
        took = None if self.acknowledged_at is None else self.acknowledged_at - self.begun_at
        names = ("key", "topic", "pushed", "refused", "given_up")
        return {name: getattr(self, name) for name in names} | {
            "acknowledged": self.acknowledged_at is not None,
            "took_s": took,
        }


@dataclass
class Gateway:
    """The links and what is on its way; kept beside the world's fields, which a reset empties."""

    world: World
    tickets: dict[str, tuple[str, set[tuple[str, str]], float]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    by_message: dict[str, Delivery] = field(default_factory=dict)
    opened: int = 0
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def deliver(self, delivery: Delivery) -> None:
        """Begin to tell an app something."""
        self.deliveries.append(delivery)
        task = asyncio.get_running_loop().create_task(self._deliver(delivery))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _deliver(self, delivery: Delivery) -> None:
        for wait_s in REDELIVER_S:
            await self._push(delivery)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(delivery.done.wait(), wait_s / self.world.speed)
                return
        delivery.given_up = True

    async def _push(self, delivery: Delivery) -> None:
        wanted = {(delivery.kind, delivery.topic), (delivery.kind, "*")}
        fit = [
            link
            for link in self.links
            if link.app_key == delivery.app_key and link.topics & wanted and not link.leaving
        ]
        if not fit:
            return  # lost for now: told again later
        link = min(fit, key=lambda each: each.sent)
        link.sent += 1
        delivery.begun_at = delivery.begun_at or self.world.now()
        delivery.pushed += 1
        message_id = uuid.uuid4().hex
        self.by_message[message_id] = delivery
        if not link.deaf:
            headers = delivery.headers | {"messageId": message_id, "topic": delivery.topic}
            await _send(link, delivery.kind, headers, delivery.data)

    def answered(self, answer: dict[str, Any]) -> None:
        """Take what an app says to a frame."""
        delivery = self.by_message.get(answer.get("headers", {}).get("messageId", ""))
        if delivery is None or delivery.done.is_set():
            return
        said = json.loads(answer.get("data") or "{}")
        if answer.get("code") != 200 or said.get("status") == "LATER":
            delivery.refused += 1
            return
        delivery.acknowledged_at = self.world.now()
        delivery.done.set()

    def forget(self) -> None:
        """Nothing is on its way any more; links stay."""
        for task in self.tasks:
            task.cancel()
        self.deliveries, self.by_message = [], {}


def gateway_of(world: World) -> Gateway:
    """The one gateway of a world."""
    gateway: Gateway = vars(world).setdefault("gateway", Gateway(world))
    return gateway


@router.post("/v1.0/gateway/connections/open")
async def open_connection(world: WorldDep, body: dict[str, Any]) -> dict[str, str]:
    app = world.apps.get(body.get("clientId", ""))
    if app is None or app.app_secret != body.get("clientSecret"):
        raise SaysNoError("authFailed", "鉴权失败", status=401)
    topics = {(each["type"], each["topic"]) for each in body.get("subscriptions", ())}
    ticket = secrets.token_hex(16)
    ends_at = world.now() + TICKET_S / world.speed
    gateway_of(world).tickets[ticket] = app.app_key, topics, ends_at
    address = world.address.replace("http", "ws", 1)
    return {"endpoint": f"{address}/gateway/connect", "ticket": ticket}


@router.websocket("/gateway/connect")
async def connect(socket: WebSocket, ticket: str = "") -> None:
    world: World = socket.app.state.world
    gateway = gateway_of(world)
    app_key, topics, ends_at = gateway.tickets.pop(ticket, ("", set(), 0.0))
    if world.now() >= ends_at:
        await socket.close(4001)
        return
    await socket.accept()
    link = Link(uuid.uuid4().hex, app_key, topics, socket)
    gateway.links.append(link)
    gateway.opened += 1
    pinging = asyncio.create_task(_ping(link, world))
    try:
        while True:
            gateway.answered(json.loads(await socket.receive_text()))
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        pinging.cancel()
        if link in gateway.links:
            gateway.links.remove(link)


async def end(link: Link, gateway: Gateway, how: str) -> None:
    """Let a link end: "announced", at once ("close", "abort"), or stay and go deaf."""
    if how == "deaf":
        link.deaf = True
        return
    if how == "announced":
        link.leaving = True
        await _send(link, "SYSTEM", {"topic": "disconnect", "messageId": uuid.uuid4().hex}, {})
        await asyncio.sleep(LEAVE_S / gateway.world.speed)
    if link in gateway.links:
        gateway.links.remove(link)
        with contextlib.suppress(RuntimeError):
            await link.socket.close(1011 if how == "abort" else 1000)


async def _ping(link: Link, world: World) -> None:
    while True:
        await asyncio.sleep(PING_S / world.speed)
        if not link.deaf:
            opaque = {"opaque": uuid.uuid4().hex}
            await _send(link, "SYSTEM", {"topic": "ping", "messageId": uuid.uuid4().hex}, opaque)


async def _send(link: Link, kind: str, headers: dict[str, str], data: dict[str, Any]) -> None:
    frame = {
        "specVersion": "1.0",
        "type": kind,
        "headers": {
            "contentType": "application/json",
            "appId": link.app_key,
            "connectionId": link.id,
            "time": "1795395600000",
        }
        | headers,
        "data": json.dumps(data, ensure_ascii=False),
    }
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        await link.socket.send_text(json.dumps(frame, ensure_ascii=False))


def message_to(app: App, data: dict[str, Any]) -> Delivery:
    """A message to the robot of an app."""
    return Delivery(data["msgId"], app.app_key, "CALLBACK", BOT, {}, data)


def press_to(app: App, press_id: str, data: dict[str, Any]) -> Delivery:
    """A pressed button of a card of an app."""
    return Delivery(press_id, app.app_key, "CALLBACK", CARD, {}, data)


def event_to(app: App, event_id: str, name: str, data: dict[str, Any]) -> Delivery:
    """An event to an app."""
    headers = {
        "eventId": event_id,
        "eventType": name,
        "eventCorpId": app.corp_id,
        "eventBornTime": "1795395600000",
        "eventUnifiedAppId": app.app_key,
    }
    return Delivery(event_id, app.app_key, "EVENT", "*", headers, data)
