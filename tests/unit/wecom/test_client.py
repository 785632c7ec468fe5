"""What the client makes of every kind of answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.adapters.wecom.client import WeComClient
from bot.adapters.wecom.config import Limits, WeComConfig
from bot.core.errors import (
    NotYetError,
    OutcomeUnknownError,
    OutsideServiceError,
    UnreachableError,
)
from bot.core.people import OrgId

CONFIG = WeComConfig(OrgId("changle"), "corp", 1000002, "secret")
YES = {"errcode": 0, "errmsg": "ok"}


def no(code: object) -> httpx.Response:
    return httpx.Response(200, json={"errcode": code, "errmsg": "no"})


class Platform:
    """Gives tokens, and the prepared answers one after the other, the last for ever."""

    def __init__(self, *answers: httpx.Response | Exception, config: WeComConfig = CONFIG) -> None:
        self.answers, self.requests, self.tokens = list(answers), list[httpx.Request](), 0
        self.config = config
        self.tally: list[str] = []
        self.now = 0.0

    def handle(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/cgi-bin/gettoken":
            self.tokens += 1
            given = {"access_token": f"t{self.tokens}", "expires_in": 7200}
            return httpx.Response(200, json=YES | given)
        self.requests.append(request)
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, content=answer.content)

    def run(self, use: Callable[[WeComClient], Any]) -> Any:
        async def once() -> Any:
            async with httpx.AsyncClient(transport=httpx.MockTransport(self.handle)) as http:
                client = WeComClient(self.config, http, lambda: self.now, self.tally.append)
                return await use(client)

        return asyncio.run(once())

    def send(self, repeatable: bool = False) -> Any:
        return self.run(lambda client: send(client, repeatable))


def send(client: WeComClient, repeatable: bool = False) -> Any:
    return client.post("message/send", {"touser": "李"}, api="send", repeatable=repeatable)


def test_the_token_goes_in_the_address_and_the_body_is_json() -> None:
    platform = Platform(httpx.Response(200, json=YES | {"msgid": "m"}))

    assert platform.send()["msgid"] == "m"

    [request] = platform.requests
    assert dict(request.url.params) == {"access_token": "t1"}
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.content) == {"touser": "李"}


def test_one_token_serves_calls_at_once() -> None:
    platform = Platform(httpx.Response(200, json=YES))

    async def at_once(client: WeComClient) -> Any:
        return await asyncio.gather(*(send(client) for _ in range(10)))

    platform.run(at_once)

    assert platform.tokens == 1
    assert platform.tally == ["token", *["send"] * 10]


@pytest.mark.parametrize("code", [40014, 42001, 41001])
def test_a_refused_token_is_renewed_once(code: int) -> None:
    platform = Platform(no(code), httpx.Response(200, json=YES))

    platform.send()

    assert [request.url.params["access_token"] for request in platform.requests] == ["t1", "t2"]


def test_a_token_that_stays_refused_is_not_renewed_for_ever() -> None:
    platform = Platform(no(40014))

    with pytest.raises(OutsideServiceError, match="wecom_token"):
        platform.send()

    assert (platform.tokens, len(platform.requests)) == (2, 2)


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        (60020, "wecom_address"),
        (301055, "wecom_approval_closed"),
        (48002, "wecom_permission"),
        (40001, "wecom_secret"),
        (40058, "wecom_refused"),
    ],
)
def test_each_refusal_has_a_stable_code_and_was_not_done(code: int, ours: str) -> None:
    with pytest.raises(OutsideServiceError) as refusal:
        Platform(no(code)).send()

    assert refusal.value.code == ours
    assert not isinstance(refusal.value, OutcomeUnknownError)


def test_nobody_left_to_send_to_is_for_good() -> None:
    with pytest.raises(UnreachableError):
        Platform(no(81013)).send()


@pytest.mark.parametrize(("code", "seconds"), [(45009, 60.0), (45033, 1.0)])
def test_too_many_calls_are_due_again_when_the_block_ends(code: int, seconds: float) -> None:
    with pytest.raises(NotYetError) as refusal:
        Platform(no(code)).send()

    assert refusal.value.after_s == seconds


def test_an_api_that_was_called_too_often_is_left_alone_for_a_minute() -> None:
    platform = Platform(no(45009), httpx.Response(200, json=YES))

    async def twice(client: WeComClient) -> Any:
        with pytest.raises(NotYetError):
            await send(client)
        platform.now = 57.0
        with pytest.raises(NotYetError):
            await send(client)
        platform.now = 61.0
        return await send(client)

    platform.run(twice)

    assert len(platform.requests) == 2


UNCLEAR = [
    httpx.Response(502, text="<html>Bad Gateway</html>"),
    httpx.Response(200, text="<html></html>"),
    httpx.Response(200, json=["?"]),
    no(-1),
    no("many"),
    httpx.ReadTimeout("silence"),
    httpx.RemoteProtocolError("cut"),
]


@pytest.mark.parametrize("answer", UNCLEAR)
def test_what_is_no_answer_may_have_been_done(answer: httpx.Response | Exception) -> None:
    with pytest.raises(OutcomeUnknownError):
        Platform(answer).send()


@pytest.mark.parametrize("answer", UNCLEAR)
def test_of_what_may_be_repeated_no_answer_counts_as_not_done(
    answer: httpx.Response | Exception,
) -> None:
    with pytest.raises(OutsideServiceError) as refusal:
        Platform(answer).send(repeatable=True)

    assert not isinstance(refusal.value, OutcomeUnknownError)


def test_what_never_left_was_not_done() -> None:
    with pytest.raises(OutsideServiceError, match="wecom_unreachable"):
        Platform(httpx.ConnectError("refused")).send()


def test_no_error_shows_a_secret() -> None:
    platform = Platform(httpx.ReadTimeout("silence"))

    with pytest.raises(OutsideServiceError) as refusal:
        platform.send()

    assert "t1" not in str(refusal.value)
    assert "secret" not in repr(CONFIG)


def test_the_limit_of_an_api_is_kept_to() -> None:
    config = WeComConfig(OrgId("changle"), "corp", 1, "secret", limits=Limits(api_per_min=2))
    platform = Platform(httpx.Response(200, json=YES), config=config)

    async def thrice(client: WeComClient) -> Any:
        await send(client)
        await send(client)
        return await send(client)

    with pytest.raises(NotYetError):
        platform.run(thrice)

    assert len(platform.requests) == 2
