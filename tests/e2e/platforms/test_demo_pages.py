"""The demos of both platforms clicked through in a browser, the links in messages followed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from bot.cli.installation import private_installation
from tests.e2e import test_pages
from tests.e2e.conftest import INDEX
from tests.e2e.test_pages import DESKTOP, needs_chromium
from tests.integration.rasa_process import free_port

browser = test_pages.browser
ASKER = "staff1"
WAIT_MS = 60_000  # two cores, perhaps busy
AT_WORK = 1  # of an approver's node in WeCom


@dataclass(frozen=True)
class Demo:
    """A demo that runs: where one talks, and where the service has its pages."""

    url: str
    pages: str


@pytest.fixture(scope="module", params=["dingtalk", "wecom"])
def demo(request: pytest.FixtureRequest) -> Iterator[Demo]:
    port = free_port()
    command = (sys.executable, "-m", f"tests.fakes.{request.param}.demo", "--port", str(port))
    with private_installation(INDEX, command=command) as installation:
        yield Demo(f"http://127.0.0.1:{port}", installation.url)


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Iterator[Page]:
    """The demo's page; it asks nobody but the stand-in and the service, and no script fails."""
    context = browser.new_context(viewport=DESKTOP, locale="zh-CN")
    asked: list[str] = []
    failures: list[str] = []

    def listen(said: ConsoleMessage) -> None:
        if said.type == "error":
            failures.append(said.text)

    context.on("request", lambda request: asked.append(request.url))
    context.on("console", listen)
    context.on("weberror", lambda error: failures.append(str(error.error)))
    page = context.new_page()
    page.goto(f"{demo.url}/demo")
    _be(page, ASKER)
    yield page
    context.close()
    assert [url for url in asked if not url.startswith((demo.url, demo.pages))] == []
    assert failures == []


def _be(page: Page, userid: str) -> None:
    page.locator("#who").select_option(userid)


def _say(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def _hears(page: Page, words: str) -> None:
    expect(page.locator("#shown")).to_contain_text(words, timeout=WAIT_MS)


def _whose_turn(demo: Demo) -> str | None:
    """Who is to answer the one approval that runs; None: nobody."""
    approvals = httpx.get(f"{demo.url}/_control/approvals", trust_env=False).json()
    asked: list[dict[str, Any]] = [
        step for each in approvals for step in each.get("tasks") or each.get("nodes")
    ]
    at_work = (step["userid"] for step in asked if step["status"] in ("RUNNING", AT_WORK))
    return next(at_work, None)


@needs_chromium
def test_an_answer_leads_to_its_article_as_the_one_who_follows_the_link(page: Page) -> None:
    _say(page, "县政府会议纪要谁签发")
    _hears(page, "县长签发")

    with page.context.expect_page() as opened:
        page.locator("#shown a").first.click()
    article = opened.value

    expect(article.locator("mark")).to_contain_text("县长签发")
    expect(article.get_by_role("heading", name="第五十条")).to_be_visible()


@needs_chromium
def test_a_leave_is_asked_for_and_granted_by_clicking(page: Page, demo: Demo) -> None:
    _say(page, "我明天请事假一天，在本地搬家")
    confirm = page.get_by_role("button", name="确认提交")
    expect(confirm).to_be_visible(timeout=WAIT_MS)
    confirm.click()
    _hears(page, "已提交事假申请")
    expect(confirm).to_have_count(0, timeout=WAIT_MS)  # the card follows its matter

    expect(page.locator("#approvals button")).to_have_count(0)
    while approver := _whose_turn(demo):
        _be(page, approver)
        page.locator("#approvals").get_by_role("button", name="同意", exact=True).click()
        expect(page.locator("#approvals button")).to_have_count(0, timeout=WAIT_MS)
    _be(page, ASKER)

    _hears(page, "已经批准")
    page.goto(f"{demo.pages}/leaves/changle")
    page.get_by_role("link", name="1", exact=True).click()
    expect(page.locator("main")).to_contain_text("搬家")
    expect(page.locator("main")).to_contain_text("已批准")
