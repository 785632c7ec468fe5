"""Items by form, workbook and minute, and the steps on their pages."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import httpx
from openpyxl import Workbook

from tests.e2e.api_client import ApiClient
from tests.e2e.conftest import Installation

ORG = "shuangtaizi"
OFFICE, UNIT = f"{ORG}/supervisor1", f"{ORG}/bureau_head"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send(installation: Installation, path: str, body: object) -> httpx.Response:
    return httpx.post(f"{installation.url}{path}", json=body, timeout=30)


def new_item(installation: Installation, **fields: object) -> dict[str, Any]:
    form = {"by": OFFICE, "content": "报送供热方案", "lead_unit": "发改局", **fields}
    answer = send(installation, "/api/supervision", form)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()["item"]
    return found


def test_a_form_registers_an_item_with_its_links(
    api: ApiClient, installation: Installation
) -> None:
    item = new_item(
        installation,
        assist_units=["财政局"],
        source="常务会议",
        deadline="2026-12-10",
        links=[{"title": "常务会议纪要", "number": "凤政纪〔2026〕12号"}],
        key="form-1",
    )
    again = new_item(installation, deadline="2026-12-10", key="form-1")

    assert (item["state"], item["deadline"], item["source"]) == ("待签收", "2026-12-10", "常务会议")
    assert item["links"][0]["number"] == "凤政纪〔2026〕12号"
    assert [part["done"] for part in item["parts"]] == [False]
    assert again["number"] == item["number"]


def test_a_form_that_cannot_be_used_is_refused(api: ApiClient, installation: Installation) -> None:
    good = {"by": OFFICE, "content": "报送", "lead_unit": "发改局", "deadline": "2026-12-10"}
    cases: list[tuple[dict[str, object], int, str]] = [
        ({"by": UNIT}, 403, "supervision_register_not_allowed"),
        ({"deadline": "2026-11-01"}, 422, "deadline_past"),
        ({"lead_unit": "气象局"}, 409, "unit_unlisted"),
        ({"person": "无名氏"}, 422, "item_person_unknown"),
        ({"content": "机密★1年 报送"}, 409, "text_secret"),
        ({"by": f"{ORG}/nobody"}, 404, "person_unknown"),
    ]
    for change, status, code in cases:
        answer = send(installation, "/api/supervision", good | change)

        assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_workbook_is_imported_once_with_a_report(
    api: ApiClient, installation: Installation
) -> None:
    book, stream = Workbook(), BytesIO()
    book.active.append(["督办事项", "牵头单位", "完成时限"])
    book.active.append(["完成路面修复", "交通局", "12月10日前"])
    book.active.append(["报送名单", "没有的局", "12月10日前"])
    book.save(stream)
    path = f"{installation.url}/api/supervision/import"
    headers = {"Content-Type": WORKBOOK}

    tried, first, again = (
        httpx.post(
            path,
            params={"by": OFFICE, "dry_run": dry},
            content=stream.getvalue(),
            headers=headers,
            timeout=30,
        ).json()
        for dry in (True, False, False)
    )

    assert (len(tried["created"]), tried["created"][0]["number"]) == (1, "")
    assert [(r["row"], r["column"], r["code"]) for r in first["refused"]] == [
        (3, "lead_unit", "unit_unlisted")
    ]
    assert again["created"] == []
    assert again["known"] == first["created"]


def test_what_is_no_workbook_is_refused(api: ApiClient, installation: Installation) -> None:
    answer = httpx.post(
        f"{installation.url}/api/supervision/import",
        params={"by": OFFICE},
        content=b"no workbook",
        headers={"Content-Type": WORKBOOK},
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "sheet_broken")


def test_a_minute_is_proposed_and_then_registered(
    api: ApiClient, installation: Installation
) -> None:
    minute = {
        "by": OFFICE,
        "text": "会议议定:一、教育局12月5日前报校舍排查。二、卫健局12月8日前报接种情况。",
    }

    proposed = send(installation, "/api/supervision/minutes", minute).json()
    made = send(installation, "/api/supervision/minutes", minute | {"places": [2]}).json()

    assert [p["deadline"] for p in proposed["proposals"]] == ["2026-12-05", "2026-12-08"]
    assert proposed["items"] == []
    assert [item["content"] for item in made["items"]] == ["报接种情况"]


def test_steps_by_request_lead_to_closing(api: ApiClient, installation: Installation) -> None:
    number = new_item(installation, deadline="2026-12-10")["number"]

    def take(by: str, act: str, **more: object) -> dict[str, Any]:
        body = {"by": by, "number": number, "act": act, **more}
        answer = send(installation, "/api/supervision/steps", body)
        found: dict[str, Any] = answer.json()
        return found

    take(UNIT, "sign")
    reported = take(UNIT, "report", percent=80, text="见《进度表》(凤发改〔2026〕3号)")
    refused = take(UNIT, "close")
    take(UNIT, "report", text="已办结")
    closed = take(OFFICE, "close")

    [report] = reported["items"][0]["progress"]
    assert (report["percent"], report["references"][0]["title"]) == (80, "进度表")
    assert refused["code"] == "supervision_close_not_allowed"
    assert closed["items"][0]["state"] == "已销号"


def test_the_pages_show_the_form_and_the_item(api: ApiClient, installation: Installation) -> None:
    item = new_item(installation, content="整治<b>占道</b>经营", deadline="2026-12-10")

    form = httpx.get(f"{installation.url}/supervision/{ORG}/new")
    page = httpx.get(f"{installation.url}/supervision/{ORG}/items/{item['number']}")
    missing = httpx.get(f"{installation.url}/supervision/{ORG}/items/9999")

    assert 'id="minute-form"' in form.text
    assert item["number"] in page.text
    assert "&lt;b&gt;占道" in page.text
    assert missing.status_code == 404


def test_an_answer_to_a_reminder_needs_no_number_and_a_second_one_does(
    api: ApiClient, installation: Installation
) -> None:
    head = f"{ORG}/tuiyi_head"
    other = new_item(installation, lead_unit="退役军人局", deadline="2026-12-20")
    due = new_item(
        installation, lead_unit="退役军人局", deadline="2026-11-27", content="报送走访情况"
    )
    api.tick()
    for item in (other, due):
        api.hear(head, f"签收{item['number']}")
    api.set_clock("2026-11-25T09:00:00+08:00")
    api.tick()
    api.set_clock("2026-11-25T09:10:00+08:00")

    first = api.hear(head, "已完成80%,下周报送")
    second = api.hear(head, "已完成85%")

    assert f"已记下{due['number']}的进展" in first
    assert "不止一件" in second
    assert "已记下" not in second


def test_a_report_without_a_number_asks_for_the_item_and_then_for_its_news(
    api: ApiClient, installation: Installation
) -> None:
    head = f"{ORG}/dashuju_head"
    items = [new_item(installation, lead_unit="营商局", deadline=f"2026-12-2{n}") for n in (1, 2)]

    which = api.say(head, "报进展")
    what = api.hear(head, which[0]["buttons"][1]["say"])
    noted = api.hear(head, "已完成30%")

    assert len(which[0]["buttons"]) >= 2
    assert items[1]["number"] in what
    assert f"已记下{items[1]['number']}的进展" in noted
