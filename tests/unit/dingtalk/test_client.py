"""What the client makes of every kind of answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bot.adapters.dingtalk.client import TOKEN_HEADER, DingTalkClient
from bot.adapters.dingtalk.config import DingTalkConfig
from bot.core.errors import NotYetError, OutcomeUnknownError, OutsideServiceError
from bot.core.people import OrgId

Answer = Callable[[httpx.Request], httpx.Response]
CONFIG = DingTalkConfig(OrgId("changle"), "corp", "key", "secret", "robot")
NO_TOKEN = httpx.Response(400, json={"code": "InvalidAuthentication", "message": "不合法"})
BAN = {"status": 1111, "wait": 5, "source": "x5", "punish": "deny"}


class Platform:
    """Gives tokens, and the prepared answers one after the other, the last for ever."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers, self.requests, self.tokens = list(answers), list[httpx.Request](), 0
        self.tally: list[str] = []
        self.now = 0.0

    def handle(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1.0/oauth2/accessToken":
            self.tokens += 1
            return httpx.Response(200, json={"accessToken": f"t{self.tokens}", "expireIn": 7200})
        self.requests.append(request)
        answer = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, content=answer.content)

    def run(self, use: Callable[[DingTalkClient], Any]) -> Any:
        async def once() -> Any:
            async with httpx.AsyncClient(transport=httpx.MockTransport(self.handle)) as http:
                client = DingTalkClient(CONFIG, http, lambda: self.now, self.tally.append)
                return await use(client)

        return asyncio.run(once())

    def send(self, repeatable: bool = False) -> Any:
        return self.run(lambda client: send(client, repeatable))


def send(client: DingTalkClient, repeatable: bool = False) -> Any:
    body = {"robotCode": "robot"}
    return client.call("POST", "/v1.0/robot/x", body, api="robot.x", repeatable=repeatable)


def look_up(client: DingTalkClient) -> Any:
    return client.oapi("/topapi/v2/user/get", {"userid": "u"}, api="user.get", repeatable=True)


def no(status: int, code: str, **more: Any) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "message": "不行", "requestid": "r"} | more)


def old(errcode: int, **more: Any) -> httpx.Response:
    return httpx.Response(200, json={"errcode": errcode, "errmsg": "x"} | more)


def test_the_token_goes_in_the_header_of_the_new_api_and_the_body_is_json() -> None:
    platform = Platform(httpx.Response(200, json={"processQueryKey": "q"}))

    assert platform.send() == {"processQueryKey": "q"}

    [request] = platform.requests
    assert request.headers[TOKEN_HEADER] == "t1"
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.content) == {"robotCode": "robot"}


def test_the_token_goes_in_the_query_of_the_old_api() -> None:
    platform = Platform(old(0, result={"userid": "u"}))

    assert platform.run(look_up)["result"] == {"userid": "u"}

    [request] = platform.requests
    assert str(request.url) == "https://oapi.dingtalk.com/topapi/v2/user/get?access_token=t1"


def test_every_call_is_counted_under_its_name() -> None:
    platform = Platform(httpx.Response(200, json={}))

    platform.send()

    assert platform.tally == ["token", "robot.x"]


def test_a_refused_token_is_renewed_once() -> None:
    platform = Platform(NO_TOKEN, httpx.Response(200, json={"ok": 1}))

    assert platform.send() == {"ok": 1}

    assert [request.headers[TOKEN_HEADER] for request in platform.requests] == ["t1", "t2"]


@pytest.mark.parametrize("code", [40014, 42001])
def test_the_old_apis_words_for_a_refused_token_are_known(code: int) -> None:
    for refusal in (old(code), old(88, sub_code=str(code))):
        platform = Platform(refusal, old(0))

        platform.run(look_up)

        assert platform.tokens == 2


def test_a_token_refused_for_ever_ends_after_two_calls() -> None:
    platform = Platform(NO_TOKEN)

    with pytest.raises(OutsideServiceError, match="dingtalk_token"):
        platform.send()

    assert len(platform.requests) == 2


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (no(400, "invalidParameter.robotCode.notExsit"), "dingtalk_refused"),
        (no(403, "Forbidden.AccessDenied.ApiCountLimitForOrg"), "dingtalk_quota"),
        (no(403, "Forbidden.AccessDenied.AccessTokenPermissionDenied"), "dingtalk_permission"),
        (httpx.ConnectTimeout("slow"), "dingtalk_unreachable"),
        (httpx.ConnectError("nobody"), "dingtalk_unreachable"),
    ],
)
def test_what_was_refused_or_never_left_is_certainly_not_done(
    answer: httpx.Response | Exception, code: str
) -> None:
    with pytest.raises(OutsideServiceError) as error:
        Platform(answer).send()

    assert error.value.code == code
    assert not isinstance(error.value, OutcomeUnknownError)


def test_a_missing_permission_names_the_scopes_to_ask_for() -> None:
    detail = {"requiredScopes": ["qyapi_robot_sendmsg"]}
    answer = no(403, "Forbidden.AccessDenied.AccessTokenPermissionDenied")
    answer = httpx.Response(403, json=answer.json() | {"accessdenieddetail": detail})

    with pytest.raises(OutsideServiceError) as error:
        Platform(answer).send()

    assert error.value.details["scopes"] == "qyapi_robot_sendmsg"


UNCLEAR = [
    httpx.ReadTimeout("silence"),
    httpx.RemoteProtocolError("cut"),
    httpx.WriteTimeout("half"),
    no(503, "ServiceUnavailable"),
    httpx.Response(502, text="<html>bad gateway</html>"),
    httpx.Response(200, text="half an ans"),
]


@pytest.mark.parametrize("answer", UNCLEAR)
def test_silence_after_sending_is_unknown_unless_the_call_may_be_repeated(
    answer: httpx.Response | Exception,
) -> None:
    with pytest.raises(OutcomeUnknownError):
        Platform(answer).send()

    with pytest.raises(OutsideServiceError) as error:
        Platform(answer).send(repeatable=True)
    assert not isinstance(error.value, OutcomeUnknownError)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, json=BAN),
        httpx.Response(403, json=BAN),
        httpx.Response(200, text=f"<html><script>{json.dumps(BAN)}</script></html>"),
    ],
)
def test_the_ban_of_the_firewall_is_sat_out_without_further_calls(answer: httpx.Response) -> None:
    platform = Platform(answer, httpx.Response(200, json={}))

    async def twice(client: DingTalkClient) -> list[float]:
        waits = []
        for platform.now in (0.0, 100.0):
            with pytest.raises(NotYetError, match="dingtalk_banned") as error:
                await send(client)
            waits.append(error.value.after_s)
        platform.now = 301.0
        await send(client)
        return waits

    assert platform.run(twice) == [300.0, 200.0]
    assert len(platform.requests) == 2


@pytest.mark.parametrize(
    "answer",
    [no(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"), old(90018), old(130101)],
)
def test_too_many_calls_are_told_as_not_yet(answer: httpx.Response) -> None:
    use = look_up if "errcode" in answer.json() else send

    with pytest.raises(NotYetError, match="dingtalk_busy"):
        Platform(answer).run(use)


def test_only_dingtalks_own_addresses_are_answered() -> None:
    platform = Platform(httpx.Response(200, json={}))

    async def ask(client: DingTalkClient) -> list[bool]:
        addresses = (
            "https://oapi.dingtalk.com/robot/sendBySession?session=1",
            "https://api.dingtalk.com/robot/x",
            "http://api.dingtalk.com/robot/x",
            "https://dingtalk.com.evil.example/robot",
            "https://evildingtalk.com/robot",
            "https://127.0.0.1:5005/webhooks/rest/webhook",
        )
        return [client.is_own(address) for address in addresses]

    assert platform.run(ask) == [True, True, False, False, False, False]


def test_neither_secret_nor_token_shows_in_an_error() -> None:
    with pytest.raises(OutsideServiceError) as error:
        Platform(httpx.ReadTimeout("silence")).send()

    assert "secret" not in str(error.value)
    assert "t1" not in str(error.value)
