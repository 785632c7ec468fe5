from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from bot.adapters.dingtalk.config import DingTalkConfig
from bot.adapters.dingtalk.link import MAX_DATA, Link
from bot.adapters.dingtalk.receiver import DingTalkReceiver
from bot.core.errors import OutsideServiceError
from tests.unit.dingtalk.payloads import CONFIG, said

BOT, CARD = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"
NOBODY = "http://127.0.0.1:9"  # the port of "discard": nothing listens there


@dataclass
class FakeReceiver:
    """Notes what it is given, or fails."""

    config: DingTalkConfig = CONFIG
    given: list[tuple[object, ...]] = field(default_factory=list)
    is_down: bool = False

    def message(self, body: Mapping[str, Any]) -> None:
        self._take("message", body)

    def event(self, name: str, event_id: str, body: Mapping[str, Any]) -> None:
        self._take("event", name, event_id, body)

    def press(self, body: Mapping[str, Any], press_id: str) -> None:
        self._take("press", press_id, body)

    def _take(self, *given: object) -> None:
        if self.is_down:
            raise OutsideServiceError("database")
        self.given.append(given)


class Socket:
    """Where acknowledgements go."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    async def send(self, text: str) -> None:
        self.sent.append(json.loads(text))


async def at_once(work: Callable[..., Any], *given: Any) -> Any:
    return work(*given)


async def nothing() -> None:
    pass


def worked(receiver: FakeReceiver, *frames: object) -> list[dict[str, Any]]:
    """What is acknowledged when these frames come in."""

    async def work() -> list[dict[str, Any]]:
        link, socket = Link(cast("DingTalkReceiver", receiver), at_once, nothing), Socket()
        for frame in frames:
            await link.background_task(frame, socket)
        assert link.at_work == 0
        return socket.sent

    return asyncio.run(work())


def frame(topic: str, data: object, kind: str = "CALLBACK", **headers: str) -> dict[str, Any]:
    text = data if isinstance(data, str) else json.dumps(data)
    return {"type": kind, "headers": {"messageId": "f1", "topic": topic, **headers}, "data": text}


EVENT = frame(
    "*",
    {"userId": ["staff1"]},
    "EVENT",
    eventType="user_leave_org",
    eventId="e1",
    eventCorpId="dingcorp",
    messageId="f3",
)


def test_messages_presses_and_events_reach_the_receiver_and_are_acknowledged() -> None:
    receiver = FakeReceiver()

    acks = worked(receiver, frame(BOT, said()), frame(CARD, {"userId": "x"}, messageId="f2"), EVENT)

    assert [given[0] for given in receiver.given] == ["message", "press", "event"]
    assert receiver.given[1][1] == "f2"
    assert receiver.given[2][1:3] == ("user_leave_org", "e1")
    assert receiver.given[2][3] == {"corpId": "dingcorp", "userId": ["staff1"]}
    assert [ack["code"] for ack in acks] == [200, 200, 200]
    assert json.loads(acks[2]["data"])["status"] == "SUCCESS"


def test_what_cannot_be_stored_is_not_acknowledged_or_wanted_later() -> None:
    receiver = FakeReceiver(is_down=True)

    assert worked(receiver, frame(BOT, said())) == []
    [later] = worked(receiver, EVENT)
    assert (later["code"], json.loads(later["data"])["status"]) == (500, "LATER")


@pytest.mark.parametrize(
    "data", ["", "{", "[]", "7", '"text"', "[" * 50_000, json.dumps({"a": "字" * MAX_DATA})]
)
def test_a_frame_that_cannot_be_read_counts_as_empty(data: str) -> None:
    receiver = FakeReceiver()

    [ack] = worked(receiver, frame(BOT, data))

    assert (ack["code"], receiver.given) == (200, [("message", {})])


def test_what_is_no_frame_at_all_is_passed_over() -> None:
    receiver = FakeReceiver()

    assert worked(receiver, [], "text", None, {}, {"type": "NEW"}) == []
    assert receiver.given == []


def test_an_announced_end_waits_for_the_next_link() -> None:
    order: list[str] = []

    async def renew() -> None:
        order.append("renewed")

    class Closing(Socket):
        async def send(self, text: str) -> None:
            order.append("acknowledged")

        async def close(self) -> None:
            order.append("closed")

    async def work() -> None:
        link = Link(cast("DingTalkReceiver", FakeReceiver()), at_once, renew)
        end = {"type": "SYSTEM", "headers": {"topic": "disconnect", "messageId": "f1"}}
        await link.background_task(end | {"data": "{}"}, Closing())

    asyncio.run(work())

    assert order == ["renewed", "acknowledged", "closed"]


def test_the_clients_lines_lose_what_they_would_tell(caplog: pytest.LogCaptureFixture) -> None:
    worked(FakeReceiver())  # quiets the logger
    client = logging.getLogger("dingtalk_stream.link")

    with caplog.at_level(logging.DEBUG):
        client.warning("invalid message, content=%r", "绝不外传")
        try:
            raise ValueError("wss://host?ticket=abc")
        except ValueError:
            client.exception("unknown exception")

    assert [record.getMessage() for record in caplog.records] == [
        "invalid message",
        "unknown exception (ValueError)",
    ]
    assert "ticket" not in caplog.text


def test_a_gateway_that_is_away_gives_no_connection_and_no_secret_away(
    caplog: pytest.LogCaptureFixture,
) -> None:
    receiver = FakeReceiver(replace(CONFIG, gateway_url=NOBODY, app_secret="top-secret"))

    async def ask() -> object:
        return Link(cast("DingTalkReceiver", receiver), at_once, nothing).open_connection()

    assert asyncio.run(ask()) is None
    assert "ConnectError" in caplog.text
    assert "top-secret" not in caplog.text
