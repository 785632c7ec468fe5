from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from anyio import fail_after, to_thread
from fastapi.testclient import TestClient

from bot.api.app import create_app
from bot.core.errors import BadSignatureError, OutsideServiceError
from bot.services.doors import Knock, Reply
from tests.fakes.desks import Desks

PATH = "/channels/dingtalk/changle"


class FakeDoor:
    def __init__(self) -> None:
        self.knocks: list[Knock] = []
        self.trouble: Exception | None = None

    def answer(self, knock: Knock) -> Reply:
        if self.trouble:
            raise self.trouble
        self.knocks.append(knock)
        return Reply("{}")


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def client(door: FakeDoor) -> Iterator[TestClient]:
    wiring = replace(Desks().wiring(), doors={("dingtalk", "changle"): door})
    with TestClient(create_app(wiring)) as client:
        yield client


def test_a_call_reaches_the_door_of_its_office(client: TestClient, door: FakeDoor) -> None:
    answer = client.post(f"{PATH}?nonce=n", content=b"body", headers={"Sign": "s"})

    [knock] = door.knocks
    assert (answer.status_code, answer.json()) == (200, {})
    assert (knock.headers["sign"], knock.query, knock.body) == ("s", {"nonce": "n"}, b"body")


@pytest.mark.parametrize("path", ["/channels/dingtalk/yunyang", "/channels/wecom/changle"])
def test_there_is_no_door_where_no_bot_is(client: TestClient, path: str) -> None:
    assert client.post(path, content=b"{}").status_code == 404


def test_what_a_door_refuses_is_answered_with_its_status(
    client: TestClient, door: FakeDoor
) -> None:
    door.trouble = BadSignatureError("signature_wrong")
    forged = client.post(PATH, content=b"{}")
    door.trouble = OutsideServiceError("database")
    unstored = client.post(PATH, content=b"{}")

    assert (forged.status_code, unstored.status_code) == (401, 503)


def test_a_body_of_more_than_a_megabyte_is_refused(client: TestClient, door: FakeDoor) -> None:
    pieces = (bytes(2**16) for _ in range(17))  # without a length said before

    assert client.post(PATH, content=bytes(2**20 + 1)).status_code == 413
    assert client.post(PATH, content=pieces).status_code == 413
    assert door.knocks == []


def test_on_a_real_platform_nobody_is_taken_at_his_word(door: FakeDoor) -> None:
    wiring = replace(Desks().wiring(), approval_desk=None, approval_talk=None, settable_clock=None)
    with TestClient(create_app(wiring)) as client:
        said = client.post("/api/chat", json={"user": "changle/staff1", "text": "纪要谁签发"})
        pushed = client.get("/api/local/messages?user=changle/staff1")

    assert (said.status_code, pushed.status_code) == (401, 401)
    assert said.json()["code"] == "sign_in_needed"


def test_a_platform_is_answered_while_pages_hold_every_thread(door: FakeDoor) -> None:
    app = create_app(replace(Desks().wiring(), doors={("dingtalk", "changle"): door}))
    page_is_through = threading.Event()

    async def call() -> int:
        to_thread.current_default_thread_limiter().total_tokens = 1
        page = asyncio.create_task(to_thread.run_sync(page_is_through.wait))
        await asyncio.sleep(0)
        try:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://guiju") as platform:
                with fail_after(10):
                    return (await platform.post(PATH, content=b"{}")).status_code
        finally:
            page_is_through.set()
            await page

    assert asyncio.run(call()) == 200
    assert len(door.knocks) == 1
