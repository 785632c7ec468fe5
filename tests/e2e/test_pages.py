"""The pages as a browser shows them, and as a program that is no browser gets them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Route,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.e2e.api_client import ApiClient
from tests.e2e.conftest import Installation

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
PATIENCE_MS = 60_000  # nothing that goes well waits so long, on a busy machine either
FLAGS = ("gpu", "quic", "background-networking", "component-update", "sync")
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
HOSTILE = "<script>document.title = 'hit'</script><img src=x onerror=\"document.title='hit'\">"
PAGES = ["/", "/rules", "/rules/changle", "/rules/changle/articles/50", "/rules/atlantis"]
PAGES += ["/supervision", "/supervision/changle", "/supervision/atlantis"]

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="no chromium on this machine (apt-get install chromium fonts-noto-cjk)",
)


# For this module only: while it runs, no other test could run an event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[f"--disable-{name}" for name in FLAGS]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, installation: Installation, api: ApiClient) -> Iterator[Page]:
    """A tab; in every test it asks nobody but the service, and its scripts do not fail."""
    context = browser.new_context(base_url=installation.url, viewport=DESKTOP, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    asked: list[str] = []
    failures: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda said: failures.append(said.text) if _is_failure(said) else None)
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(f"{installation.url}/")] == []
    assert failures == []


def _is_failure(said: ConsoleMessage) -> bool:
    """A script that failed, an asset that is missing; a refused message is shown on the page."""
    return said.type == "error" and not said.location["url"].endswith("/api/chat")


def _be(page: Page, person: str) -> None:
    """Choose a person, and their office first."""
    org = person.split("/")[0]
    page.locator("#org").select_option(org)
    expect(page.locator(f'#user option[value="{org}/clerk1"]')).to_be_attached()
    page.locator("#user").select_option(person)
    expect(page.locator("#talk .theirs").first).to_contain_text("您好")


def _say(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")
    expect(page.locator("#talk .mine").last).to_have_text(text)
    expect(page.locator("#talk .waiting")).to_have_count(0)


def _open(page: Page, path: str = "/") -> None:
    page.goto(path)
    expect(page.locator("#user")).to_be_enabled()


def _sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return width


@needs_chromium
def test_a_leave_goes_from_a_sentence_to_its_approval_by_clicking(
    page: Page, api: ApiClient
) -> None:
    asker = "fenghuang/bureau_staff"
    _open(page)
    _be(page, asker)

    _say(page, "我12月9日到11日请事假，家里有事")
    confirm = page.get_by_role("button", name="确认提交")
    confirm.dblclick()
    expect(page.locator("#talk .theirs").last).to_contain_text("已提交事假申请")
    while approvers := [a["waiting_for"] for a in _open_approvals(api, asker)]:
        _be(page, approvers[0])
        _agree(page)
    page.locator("#user").select_option(asker)

    [leave] = api.get("/api/leaves", org="fenghuang", user=asker)["leaves"]
    assert leave["state"] == "approved"
    expect(page.locator("#talk .push").last).to_contain_text("已经批准")
    expect(page.locator("#talk .mine")).to_have_count(2)


def _open_approvals(api: ApiClient, asker: str) -> list[dict[str, str]]:
    approvals = api.get("/api/local/approvals", org=asker.split("/")[0])["approvals"]
    return [a for a in approvals if a["applicant"] == asker and a["waiting_for"]]


def _agree(page: Page) -> None:
    if page.locator("#desk").is_hidden():
        page.locator("#open-desk").click()
    cards = page.locator("#approvals .approval")
    expect(cards).to_have_count(1)
    cards.get_by_role("button", name="同意", exact=True).click()
    expect(cards).to_have_count(0)


@needs_chromium
def test_a_citation_shows_its_quote_once_and_opens_the_article_with_it_marked(page: Page) -> None:
    _open(page)
    _be(page, "changle/clerk1")

    _say(page, "县政府会议纪要谁签发")
    answer = page.locator("#talk .theirs").last
    quoted = answer.locator("blockquote p").inner_text()
    with page.context.expect_page() as opened:
        answer.locator("blockquote a").click()

    assert answer.inner_text().count(quoted) == 1
    mark = opened.value.locator("mark")
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_text(quoted)
    expect(opened.value.locator("h1")).to_have_text("第五十条")


@needs_chromium
def test_a_figure_of_the_ledger_leads_to_its_items(page: Page, api: ApiClient) -> None:
    for said in ("立项:林业局11月20日前报送防火方案", "立项:林业局12月20日前报送造林方案"):
        api.set_clock("2026-11-16T09:00:00+08:00")
        assert "已立项" in api.hear("fenghuang/supervisor1", said)
    api.set_clock("2026-11-23T09:00:00+08:00")
    page.goto("/supervision/fenghuang?month=2026-11")

    unit = page.locator("#units tbody tr", has_text="林业局")
    expect(unit.locator("td").nth(0)).not_to_have_text("0")
    unit.locator("td").nth(4).get_by_role("link").click()

    expect(page.locator("#items tbody tr", has_text="防火方案")).to_be_visible()
    expect(page.locator("#items tbody tr", has_text="造林方案")).to_have_count(0)
    expect(page.locator("#lights")).to_contain_text("超期 3 天")
    expect(page.locator("#bulletin h2")).to_have_count(4)
    expect(page.locator("#units svg rect").first).to_be_visible()


@needs_chromium
def test_a_bulletin_in_chat_leads_to_its_page(page: Page) -> None:
    _open(page)
    _be(page, "changle/head")

    _say(page, "出一份本月督查通报")
    with page.context.expect_page() as opened:
        page.locator("#talk .theirs").last.get_by_role("link", name="/supervision/changle").click()

    expect(opened.value.locator("h1")).to_contain_text("督查事项办理情况的通报")


@needs_chromium
def test_the_workbook_and_the_plot_of_the_ledger_can_be_fetched(
    page: Page, installation: Installation
) -> None:
    page.goto("/supervision/fenghuang")
    links = page.locator("main .source a").evaluate_all("all => all.map(a => a.href)")

    answers = [httpx.get(link, trust_env=False) for link in links if "/api/" in link]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].content.startswith(b"PK")
    assert "attachment" in answers[0].headers["content-disposition"]


@needs_chromium
def test_what_people_type_is_shown_as_text_and_never_run(page: Page) -> None:
    _open(page)

    _say(page, HOSTILE)

    expect(page).to_have_title("规矩 · 对话")
    expect(page.locator("#talk script, #talk img")).to_have_count(0)


@needs_chromium
def test_the_enter_that_ends_an_input_methods_choice_sends_nothing(page: Page) -> None:
    _open(page)
    text = page.locator("#text")
    text.fill("nihao")

    text.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "cancelable": True})
    text.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "cancelable": True})

    expect(page.locator("#talk .mine")).to_have_count(0)
    expect(text).to_have_value("nihao")


@needs_chromium
def test_shift_and_enter_begins_a_new_line(page: Page) -> None:
    _open(page)
    text = page.locator("#text")

    text.press_sequentially("一")
    text.press("Shift+Enter")
    text.press_sequentially("二")

    expect(text).to_have_value("一\n二")
    expect(page.locator("#talk .mine")).to_have_count(0)


@needs_chromium
def test_a_message_that_did_not_get_through_can_be_sent_again(page: Page) -> None:
    ids: list[str] = []

    def fail_once(route: Route) -> None:
        ids.append(json.loads(route.request.post_data or "{}")["message_id"])
        if len(ids) > 1:
            route.continue_()
        else:
            route.fulfill(status=500, json={"code": "database", "message": "数据库没有回应。"})

    page.route("**/api/chat", fail_once)
    _open(page)

    _say(page, "你好")
    failed = page.locator("#talk .failed")
    expect(failed).to_contain_text("没有发出：数据库没有回应。")
    failed.get_by_role("button", name="再发一次").click()

    expect(page.locator("#talk .theirs")).to_have_count(2)
    expect(failed).to_have_count(0)
    expect(page.locator("#talk .mine")).to_have_count(1)
    assert ids[0] == ids[1]  # the service does once what was said once


@needs_chromium
def test_each_person_finds_their_own_conversation_again(page: Page) -> None:
    _open(page)
    _be(page, "changle/staff1")
    _say(page, "你好")

    _be(page, "changle/staff2")
    expect(page.locator("#talk .mine")).to_have_count(0)
    _be(page, "changle/staff1")

    expect(page.locator("#talk .mine")).to_have_text("你好")


@needs_chromium
def test_nothing_is_wider_than_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)

    paths = ("/rules", "/rules/shuangtaizi", "/rules/changle/articles/50", "/supervision/changle")
    for path in paths:
        page.goto(path)
        assert _sideways(page) <= 0, path
    _open(page)
    _say(page, "会议纪要谁签发" + "啊" * 60 + "x" * 60)
    page.locator("#open-desk").click()

    assert _sideways(page) <= 0
    expect(page.locator("#send")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("path", [*PAGES, "/api/orgs", "/api/rules/atlantis"])
def test_every_answer_forbids_scripts_from_elsewhere(installation: Installation, path: str) -> None:
    answer = _get(installation, path)

    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/rules/atlantis", "没有这个机关。"),
        ("/rules/changle/articles/970", "没有这一条。"),
        ("/rules/changle/articles/50?edition=changle-1900-01-01", "没有这个版本。"),
        ("/rules/changle/articles/fifty", "没有找到。"),
        ("/supervision/atlantis", "没有这个机关。"),
        ("/nowhere", "没有找到。"),
    ],
)
def test_a_page_that_is_not_there_says_so_in_chinese(
    installation: Installation, path: str, sentence: str
) -> None:
    answer = _get(installation, path)

    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert f"<h1>{sentence}</h1>" in answer.text
    assert 'href="/rules"' in answer.text


@pytest.mark.parametrize("path", ["/api/rules/atlantis", "/api/nowhere"])
def test_programs_get_json_for_what_is_not_there(installation: Installation, path: str) -> None:
    answer = _get(installation, path)

    assert answer.status_code == 404
    assert set(answer.json()) == {"code", "message"}


def test_a_quote_that_is_not_in_the_article_is_said_to_be_missing_and_not_repeated(
    installation: Installation,
) -> None:
    answer = _get(installation, f"/rules/changle/articles/50?quote={quote(HOSTILE)}")

    assert answer.status_code == 200
    assert "不在这一条里" in answer.text
    assert "<mark" not in answer.text
    assert "hit" not in answer.text


def test_the_library_leads_to_the_document_of_every_office(installation: Installation) -> None:
    library = _get(installation, "/rules").text

    for org in ("changle", "shuangtaizi", "fenghuang", "xianyang", "yunyang"):
        assert f'href="/rules/{org}?edition={org}-' in library


def _get(installation: Installation, path: str) -> httpx.Response:
    return httpx.get(f"{installation.url}{path}", trust_env=False)
