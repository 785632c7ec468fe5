from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.adapters.channels.loop import LoopThread
from bot.adapters.dingtalk.client import TOKEN_HEADER, DingTalkClient
from bot.adapters.dingtalk.identity import DingTalkIdentity
from bot.core.errors import NotAllowedError, OutsideServiceError
from bot.core.people import PersonId
from bot.core.staff_table import Account
from tests.fakes.storage import FakeDatabase
from tests.unit.dingtalk.payloads import CONFIG

LI = Account(PersonId("changle/staff1"), "union1", "李明")
GONE = Account(PersonId("changle/staff2"), "union2", "王刚", active=False)


@pytest.fixture
def database() -> FakeDatabase:
    database = FakeDatabase()
    with database.unit_of_work() as uow:
        for account in (LI, GONE):
            uow.accounts.put(account)
        uow.commit()
    return database


@contextmanager
def identity(
    database: FakeDatabase, me: httpx.Response, corp: str = ""
) -> Iterator[DingTalkIdentity]:
    """DingTalk, telling one thing of whoever comes back with the code c1."""

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1.0/contact/users/me":
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
    yield DingTalkIdentity(client, loop, database.unit_of_work)
    loop.stop(http.aclose())


def known(**fields: Any) -> httpx.Response:
    return httpx.Response(200, json=fields)


@pytest.mark.parametrize("corp", ["", "dingcorp"])
def test_a_colleague_is_known_by_the_union_id(database: FakeDatabase, corp: str) -> None:
    with identity(database, known(unionId="union1"), corp) as dingtalk:
        assert dingtalk.person("c1") == LI.person


@pytest.mark.parametrize(
    ("code", "union", "corp"),
    [
        ("c2", "union1", ""),
        ("c1", "union2", ""),
        ("c1", "union9", ""),
        ("c1", "", ""),
        ("c1", "union1", "dingother"),
    ],
)
def test_whoever_is_not_of_the_company_is_refused(
    database: FakeDatabase, code: str, union: str, corp: str
) -> None:
    with (
        identity(database, known(unionId=union), corp) as dingtalk,
        pytest.raises(NotAllowedError) as refused,
    ):
        dingtalk.person(code)

    assert refused.value.code == "sign_in_refused"


def test_two_accounts_of_one_union_id_are_nobody(database: FakeDatabase) -> None:
    with database.unit_of_work() as uow:
        uow.accounts.put(replace(LI, person=PersonId("changle/staff3")))
        uow.commit()

    with identity(database, known(unionId="union1")) as dingtalk, pytest.raises(NotAllowedError):
        dingtalk.person("c1")


def test_what_dingtalk_does_not_tell_is_no_refusal(database: FakeDatabase) -> None:
    with (
        identity(database, httpx.Response(503, json={"code": "ServiceUnavailable"})) as dingtalk,
        pytest.raises(OutsideServiceError),
    ):
        dingtalk.person("c1")


def test_people_are_sent_to_the_login_page_of_the_app(database: FakeDatabase) -> None:
    with identity(database, known()) as dingtalk:
        address = urlsplit(dingtalk.address("https://guiju.example/back", "s1", ""))

    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert (address.netloc, asked["client_id"]) == ("login.dingtalk.com", "dingkey")
    assert (asked["redirect_uri"], asked["state"]) == ("https://guiju.example/back", "s1")
