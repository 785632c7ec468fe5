from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.adapters.channels.loop import LoopThread
from bot.adapters.wecom.client import WeComClient
from bot.adapters.wecom.identity import WeComIdentity
from bot.core.errors import NotAllowedError, OutsideServiceError
from bot.core.people import PersonId
from tests.unit.wecom.payloads import AGENT, CONFIG, CORP

BACK = "https://guiju.example/sign-in/changle/back"
Handler = Callable[[httpx.Request], httpx.Response]


@contextmanager
def identity(told: dict[str, Any] | Exception) -> Iterator[WeComIdentity]:
    """WeCom, telling one thing of whoever comes back with a code."""

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/gettoken"):
            return httpx.Response(200, json={"errcode": 0, "access_token": "t", "expires_in": 7200})
        assert request.url.path == "/cgi-bin/auth/getuserinfo"
        assert request.url.params["code"] == "c1"
        if isinstance(told, Exception):
            raise told
        return httpx.Response(200, json={"errcode": 0, "errmsg": "ok"} | told)

    http, loop = httpx.AsyncClient(transport=httpx.MockTransport(handle)), LoopThread()
    yield WeComIdentity(WeComClient(CONFIG, http, lambda: 0.0, lambda _: None), loop)
    loop.stop(http.aclose())


def person(told: dict[str, Any] | Exception) -> PersonId:
    with identity(told) as wecom:
        return wecom.person("c1")


@pytest.mark.parametrize("name", ["userid", "UserId"])
def test_a_colleague_is_known_by_the_code(name: str) -> None:
    assert person({name: "staff1"}) == PersonId("changle/staff1")


@pytest.mark.parametrize("told", [{"openid": "o1"}, {"userid": ""}, {}, {"errcode": 40029}])
def test_somebody_outside_and_a_code_that_is_none_are_refused(told: dict[str, Any]) -> None:
    with pytest.raises(NotAllowedError) as refused:
        person(told)

    assert refused.value.code == "sign_in_refused"


def test_what_wecom_does_not_tell_is_no_refusal() -> None:
    with pytest.raises(OutsideServiceError):
        person(httpx.ReadTimeout(""))


@pytest.mark.parametrize(
    ("agent", "host"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14) wxwork/4.1.30 MicroMessenger/7.0.1",
            "open.weixin.qq.com",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "login.work.weixin.qq.com"),
        ("", "login.work.weixin.qq.com"),
    ],
)
def test_wecoms_own_browser_is_known_and_others_get_its_login_page(agent: str, host: str) -> None:
    with identity({}) as wecom:
        address = urlsplit(wecom.address(BACK, "s1", agent))

    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert address.netloc == host
    assert (asked["appid"], asked["agentid"]) == (CORP, str(AGENT))
    assert (asked["redirect_uri"], asked["state"]) == (BACK, "s1")
