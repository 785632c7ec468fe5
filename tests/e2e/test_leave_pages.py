"""The pages of leaves: one leave, and the register of a month."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e import test_pages
from tests.e2e.api_client import ApiClient
from tests.e2e.conftest import Installation
from tests.e2e.test_pages import needs_chromium

browser, page = test_pages.browser, test_pages.page
PHONE = test_pages.PHONE
HEAD, STAFF, CHIEF, CLERK, OTHER = (
    f"changle/{post}" for post in ("jiaoyu_head", "staff1", "section_chief", "clerk1", "staff2")
)
DECEMBER = "2026-12"


def filed(api: ApiClient, user: str, text: str) -> dict[str, Any]:
    """A leave asked for in chat and confirmed."""
    api.hear(user, text)
    assert "编号" in api.hear(user, "确认提交")
    org = user.split("/")[0]
    leaves: list[dict[str, Any]] = api.get("/api/leaves", org=org, user=user)["leaves"]
    return max(leaves, key=lambda leave: leave["id"])


def address(leave: dict[str, Any], reader: str) -> str:
    return f"/leaves/changle/{leave['id']}?user={quote(reader)}"


def register(reader: str, **wanted: str) -> str:
    query = "".join(f"&{name}={quote(value)}" for name, value in wanted.items())
    return f"/leaves/changle?user={quote(reader)}{query}"


def test_a_leave_shows_its_route_its_answers_and_the_article_behind_a_warning(
    api: ApiClient,
) -> None:
    leave = filed(api, HEAD, "后天去南京出差两天,工作由副局长主持")
    api.set_clock("2026-11-23T10:30:00+08:00")
    api.hear("changle/deputy2", f"同意请假{leave['id']}号,早去早回")

    shown = api.page(address(leave, HEAD))

    for fragment in ("南京（外出，离开本地）", "审批中", "已同意", "2026-11-23 10:30", "等待审批"):
        assert fragment in shown
    for citation in leave["citations"]:
        assert citation["label"] in shown
        assert citation["url"].replace("&", "&amp;") in shown
    for warning in leave["warnings"]:
        assert warning["text"] in shown


def test_a_refusal_is_shown_with_its_reason(api: ApiClient) -> None:
    leave = filed(api, STAFF, "12月2日请事假一天,搬家")
    api.hear(CHIEF, f"不同意请假{leave['id']}号,当天要迎检")

    shown = api.page(address(leave, STAFF))

    assert "未批准" in shown
    assert "当天要迎检" in shown


def test_a_change_and_what_it_changes_lead_to_each_other(api: ApiClient) -> None:
    old = filed(api, OTHER, "12月8日请事假一天,搬家")
    new = filed(api, OTHER, f"编号{old['id']}的请假改到12月10日")

    assert f"代替编号{old['id']}" in api.page(address(new, OTHER))
    assert f"由编号{new['id']}变更" in api.page(address(old, OTHER))


def test_the_register_can_be_narrowed_by_month_unit_and_state(api: ApiClient) -> None:
    leave = filed(api, STAFF, "12月3日请事假一天,搬家")
    link = address(leave, CLERK).replace("&", "&amp;")

    december = api.page(register(CLERK, month=DECEMBER))
    others = [
        api.page(register(CLERK, month="2027-05")),
        api.page(register(CLERK, month=DECEMBER, state="approved")),
        api.page(register(CLERK, month=DECEMBER, unit="教育局")),
    ]

    assert link in december
    assert "ledger.xlsx" in december
    assert not any(link in page for page in others)


def test_who_keeps_no_register_sees_only_what_concerns_them(api: ApiClient) -> None:
    own = filed(api, STAFF, "12月4日请事假一天,搬家")
    foreign = filed(api, HEAD, "12月9日到10日去南京出差,工作由副局长主持")

    shown = api.page(register(STAFF, month=DECEMBER))

    assert address(own, STAFF) in shown
    assert address(foreign, STAFF) not in shown
    assert "ledger.xlsx" not in shown


@pytest.mark.parametrize(
    ("reader", "status", "words"),
    [
        (OTHER, 403, "您没有这个权限"),
        ("yunyang/clerk1", 403, "您没有这个权限"),
        ("", 403, "请从对话页打开"),
        ("changle/nobody", 404, ""),
    ],
)
def test_nobody_else_reads_a_leave(
    api: ApiClient, installation: Installation, reader: str, status: int, words: str
) -> None:
    leave = filed(api, STAFF, "12月7日请事假一天,搬家")

    answer = httpx.get(installation.url + address(leave, reader), trust_env=False)

    assert answer.status_code == status
    assert words in answer.text
    assert "搬家" not in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/leaves/changle/99999?user=changle/clerk1", 404),
        ("/leaves/changle/abc?user=changle/clerk1", 404),
        ("/leaves/atlantis?user=changle/clerk1", 404),
        ("/leaves/changle?user=changle/clerk1&month=2026-13", 422),
        ("/leaves/changle?user=changle/clerk1&state=gone", 422),
    ],
)
def test_an_address_that_leads_nowhere_says_so(
    installation: Installation, path: str, status: int
) -> None:
    answer = httpx.get(installation.url + path, trust_env=False)

    assert answer.status_code == status
    assert "请核对地址" in answer.text


@needs_chromium
def test_the_number_of_a_leave_in_chat_leads_to_its_page_and_on_to_the_register(
    page: Page, api: ApiClient
) -> None:
    leave = filed(api, CLERK, "12月11日请事假一天,搬家")
    page.goto("/")
    expect(page.locator("#user")).to_be_enabled()
    page.locator("#user").select_option(CLERK)
    page.locator("#text").fill("编号" + str(leave["id"]))
    page.locator("#text").press("Enter")

    with page.context.expect_page() as opened:
        page.locator("#talk .mine a").last.click()
    shown = opened.value
    expect(shown.locator("h1")).to_contain_text("事假")
    expect(shown.locator("#steps")).to_contain_text("等待审批")
    shown.locator(".trail a").click()
    shown.locator('input[name="month"]').fill(DECEMBER)
    shown.get_by_role("button", name="查看").click()

    expect(shown.locator("#leaves")).to_contain_text("12月11日")


@needs_chromium
def test_the_bar_of_the_chat_leads_to_the_leaves_of_whoever_is_chosen(page: Page) -> None:
    page.goto("/")
    expect(page.locator("#user")).to_be_enabled()
    page.locator("#user").select_option(STAFF)

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="请假", exact=True).click()

    expect(opened.value.locator("h1")).to_contain_text("本人的和由")


@needs_chromium
def test_a_leave_fits_on_a_phone(page: Page, api: ApiClient) -> None:
    leave = filed(api, STAFF, "12月14日请事假一天,搬家")
    page.set_viewport_size(PHONE)

    for path in (address(leave, STAFF), register(CLERK, month=DECEMBER)):
        page.goto(path)
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, path
