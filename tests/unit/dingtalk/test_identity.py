from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.adapters.channels.loop import LoopThread
from bot.adapters.dingtalk.client import TOKEN_HEADER, DingTalkClient
from bot.adapters.dingtalk.identity import DingTalkIdentity
from bot.core.errors import NotAllowedError, OutsideServiceError
from bot.core.people import PersonId
from tests.unit.dingtalk.payloads import CONFIG

LI = PersonId("changle/staff1")
TOKEN, ME = "/v1.0/oauth2/accessToken", "/v1.0/contact/users/me"
LISTED = {"contact_type": 0, "userid": "staff1"}


@contextmanager
def identity(
    me: httpx.Response, corp: str = "", listed: dict[str, Any] | None = None
) -> Iterator[DingTalkIdentity]:
    """DingTalk, telling one thing of whoever comes back with the code c1.

    `listed`: what it says to the union id union1; others it does not find.
    """

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == TOKEN:
            return httpx.Response(200, json={"accessToken": "app-token", "expireIn": 7200})
        if request.url.path == "/topapi/user/getbyunionid":
            found = json.loads(request.content) == {"unionid": "union1"}
            yes = {"errcode": 0, "result": LISTED if listed is None else listed}
            return httpx.Response(200, json=yes if found else {"errcode": 60121})
        if request.url.path == ME:
            assert request.headers[TOKEN_HEADER] == "user-token"
            return me
        assert request.url.path == "/v1.0/oauth2/userAccessToken"
        asked = json.loads(request.content)
        assert (asked["clientId"], asked["clientSecret"]) == ("dingkey", "secret")
        if asked["code"] != "c1":
            return httpx.Response(400, json={"code": "invalidCode", "message": "无效"})
        return httpx.Response(200, json={"accessToken": "user-token", "corpId": corp})

    http, loop = httpx.AsyncClient(transport=httpx.MockTransport(handle)), LoopThread()
    client = DingTalkClient(CONFIG, http, lambda: 0.0, lambda _: None)
    yield DingTalkIdentity(client, loop)
    loop.stop(http.aclose())


def known(**fields: Any) -> httpx.Response:
    return httpx.Response(200, json=fields)


@pytest.mark.parametrize("corp", ["", "dingcorp"])
def test_a_colleague_is_known_by_the_union_id(corp: str) -> None:
    with identity(known(unionId="union1"), corp) as dingtalk:
        assert dingtalk.person("c1") == LI


@pytest.mark.parametrize(
    ("code", "union", "corp"),
    [
        ("c2", "union1", ""),
        ("c1", "union9", ""),
        ("c1", "", ""),
        ("c1", "union1", "dingother"),
    ],
)
def test_whoever_is_not_of_the_company_is_refused(code: str, union: str, corp: str) -> None:
    with (
        identity(known(unionId=union), corp) as dingtalk,
        pytest.raises(NotAllowedError) as refused,
    ):
        dingtalk.person(code)

    assert refused.value.code == "sign_in_refused"


@pytest.mark.parametrize("listed", [{"contact_type": 1, "userid": "guest1"}, {"contact_type": 0}])
def test_a_contact_outside_the_company_is_refused(listed: dict[str, Any]) -> None:
    with (
        identity(known(unionId="union1"), listed=listed) as dingtalk,
        pytest.raises(NotAllowedError),
    ):
        dingtalk.person("c1")


def test_what_dingtalk_does_not_tell_is_no_refusal() -> None:
    down = httpx.Response(503, json={"code": "ServiceUnavailable"})

    with identity(down) as dingtalk, pytest.raises(OutsideServiceError):
        dingtalk.person("c1")


def test_people_are_sent_to_the_login_page_of_the_app() -> None:
    with identity(known()) as dingtalk:
        address = urlsplit(dingtalk.address("https://guiju.example/back", "s1", ""))

    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert (address.netloc, asked["client_id"]) == ("login.dingtalk.com", "dingkey")
    assert (asked["redirect_uri"], asked["state"]) == ("https://guiju.example/back", "s1")
