"""A link followed through the sign-in of each platform and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

import httpx
import pytest

from bot.adapters.dingtalk.identity import DingTalkIdentity
from bot.adapters.dingtalk.platform import DingTalkLine
from bot.adapters.wecom.identity import WeComIdentity
from bot.adapters.wecom.platform import WeComLine
from bot.api.app import create_app
from bot.services.sign_in import Identity
from tests.fakes.channels.process import StandIn
from tests.fakes.desks import CHANGLE, Desks
from tests.fakes.dingtalk import process as dingtalk
from tests.fakes.wecom import process as wecom
from tests.integration.channels.serving import free_address, serving
from tests.integration.dingtalk import conftest as on_dingtalk
from tests.integration.wecom import offices as on_wecom

PAGE = "/leaves/changle"
AGENTS = ["wxwork/4.1.30 MicroMessenger/7.0.1", "Firefox/140.0"]
Opener = Callable[[StandIn, str], AbstractContextManager[Identity]]


@contextmanager
def by_dingtalk(stand_in: StandIn, url: str) -> Iterator[Identity]:
    """DingTalk with one colleague."""
    member = {"userid": "staff1", "corp_id": on_dingtalk.CORP, "name": "李"}
    stand_in.load(apps=[on_dingtalk.APP], members=[member])
    pages = {"public_url": url, "login_url": f"{stand_in.url}/oauth2/auth"}
    line = DingTalkLine([on_dingtalk.config_for(stand_in, **pages)], lambda *_: None)
    yield DingTalkIdentity(line.clients[CHANGLE], line.loop)
    line.close()


@contextmanager
def by_wecom(stand_in: StandIn, url: str) -> Iterator[Identity]:
    """WeCom with one colleague."""
    member = {"userid": "staff1", "corp_id": on_wecom.CORP, "name": "李"}
    stand_in.load(apps=[on_wecom.APP], members=[member])
    pages = {
        "public_url": url,
        "oauth_url": f"{stand_in.url}/connect/oauth2/authorize",
        "login_url": f"{stand_in.url}/wwlogin/sso/login",
    }
    line = WeComLine([on_wecom.config_of(stand_in, **pages)], lambda *_: None)
    yield WeComIdentity(line.clients[CHANGLE], line.loop)
    line.close()


PLATFORMS = {"dingtalk": (dingtalk.running, by_dingtalk), "wecom": (wecom.running, by_wecom)}


@pytest.fixture(scope="module", params=sorted(PLATFORMS))
def running(request: pytest.FixtureRequest) -> Iterator[tuple[StandIn, Opener]]:
    run, opener = PLATFORMS[request.param]
    with run() as stand_in:
        yield stand_in, opener


@pytest.fixture
def stand_in(running: tuple[StandIn, Opener]) -> StandIn:
    stand_in, _ = running
    stand_in.order("reset")
    return stand_in


@pytest.fixture
def browser(stand_in: StandIn, running: tuple[StandIn, Opener]) -> Iterator[httpx.Client]:
    """A browser before our pages, with the platform's login pages at the stand-in."""
    _, opener = running
    with free_address() as (listener, url), opener(stand_in, url) as identity:
        app = create_app(replace(Desks().wiring(), identities={CHANGLE: identity}))
        browser = httpx.Client(base_url=url, follow_redirects=True, trust_env=False)
        with serving(app, listener), browser:
            yield browser


@pytest.mark.parametrize("agent", AGENTS)
def test_a_link_opens_its_page_as_the_one_who_holds_the_device(
    stand_in: StandIn, browser: httpx.Client, agent: str
) -> None:
    stand_in.order("holder", "staff1")

    page = browser.get(PAGE, headers={"User-Agent": agent})

    assert (page.status_code, page.url.path) == (200, PAGE)
    assert browser.get("/api/leaves?org=changle").status_code == 200


@pytest.mark.parametrize("holder", ["stranger", ""])
def test_whom_the_company_does_not_know_is_shown_nothing(
    stand_in: StandIn, browser: httpx.Client, holder: str
) -> None:
    stand_in.order("holder", holder)

    page = browser.get(PAGE)

    assert page.status_code == 403
    assert browser.get("/api/leaves?org=changle").status_code == 401


def test_a_way_back_is_gone_once(stand_in: StandIn, browser: httpx.Client) -> None:
    stand_in.order("holder", "staff1")
    way = [answer.headers["location"] for answer in browser.get(PAGE).history]
    back = next(each for each in way if "/back?" in each)
    browser.cookies.clear()

    assert browser.get(back).status_code == 403


def test_a_code_is_good_for_one_sign_in(stand_in: StandIn, browser: httpx.Client) -> None:
    stand_in.order("holder", "staff1")
    first = browser.get(PAGE).history
    used = next(a.headers["location"] for a in first if "/back?" in a.headers["location"])
    browser.cookies.clear()

    out = browser.get("/sign-in/changle", follow_redirects=False).headers["location"]
    state = httpx.URL(out).params["state"]
    again = browser.get(httpx.URL(used).copy_set_param("state", state))

    assert again.status_code == 403
    assert browser.get("/api/leaves?org=changle").status_code == 401
