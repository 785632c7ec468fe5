"""A link followed through WeCom's sign-in and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from bot.adapters.wecom.identity import WeComIdentity
from bot.adapters.wecom.platform import WeComLine
from bot.api.app import create_app
from tests.fakes.desks import CHANGLE, Desks
from tests.fakes.wecom.process import StandIn
from tests.integration.wecom.offices import config_of
from tests.integration.wecom.serving import free_address, serving

PAGE = "/leaves/changle"


@pytest.fixture
def browser(stand_in: StandIn) -> Iterator[httpx.Client]:
    """A browser before our pages, with WeCom's login pages at the stand-in."""
    with free_address() as (listener, url):
        pages = {
            "public_url": url,
            "oauth_url": f"{stand_in.url}/connect/oauth2/authorize",
            "login_url": f"{stand_in.url}/wwlogin/sso/login",
        }
        line = WeComLine([config_of(stand_in, **pages)], lambda *_: None)
        identity = WeComIdentity(line.clients[CHANGLE], line.loop)
        app = create_app(replace(Desks().wiring(), identities={CHANGLE: identity}))
        browser = httpx.Client(base_url=url, follow_redirects=True, trust_env=False)
        with serving(app, listener), browser:
            yield browser
        line.close()


@pytest.mark.parametrize("agent", ["wxwork/4.1.30 MicroMessenger/7.0.1", "Firefox/140.0"])
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
    back = browser.get(PAGE).history[-1].url
    browser.cookies.clear()

    assert browser.get(back).status_code == 403
