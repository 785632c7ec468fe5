"""A question that the rules leave open, from the refusal to the office's answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.api_client import ApiClient

DOCUMENT = Path(__file__).parents[2] / "knowledge" / "documents" / "changle" / "rules.txt"
ORG, CLERK = "changle", "changle/clerk1"


def group_of(api: ApiClient, question: str) -> dict[str, Any]:
    """The group that a question is in."""
    groups = api.get("/api/unanswered", org=ORG)["groups"]
    [found] = [
        group
        for group in groups
        if question in [wording["question"] for wording in group["examples"]]
    ]
    return dict(found)


def ask(api: ApiClient, question: str) -> dict[str, Any]:
    return api.post("/api/ask", {"org": ORG, "question": question})


def test_a_refused_question_is_answered_by_the_office_from_then_on(api: ApiClient) -> None:
    refused = ask(api, "请问出差住宾馆一晚上能报多少钱？")
    ask(api, "出差住酒店每晚能报多少钱")

    group = group_of(api, "出差住酒店每晚能报多少钱")
    assert refused["status"] in ("silent", "not_found")
    assert (group["count"], group["state"], group["owner"]) == (2, "open", CLERK)
    assert group["due_day"] == "2026-11-26"
    assert CLERK not in group["question"]

    text = "按财政局公布的住宿费限额执行"
    done = api.post(f"/api/unanswered/{group['id']}/answer", {"by": CLERK, "text": text})
    answer = ask(api, "出差住宾馆一晚上能报多少钱")

    assert done["state"] == "answered"
    assert (answer["status"], answer["answer"], answer["citations"]) == ("answered", text, [])
    assert answer["text"].startswith("单位答复（昌乐县人民政府，2026年11月23日，不是规则条文）")
    assert "单位答复" in api.hear("changle/staff1", "出差住宾馆一晚上能报多少钱")
    assert ask(api, "两个人出差住宾馆一晚上能报多少钱")["status"] != "answered"


def test_an_answer_that_names_an_article_quotes_the_published_document(api: ApiClient) -> None:
    ask(api, "保密柜的钥匙交给谁收着")
    group = group_of(api, "保密柜的钥匙交给谁收着")
    article = api.get("/api/rules/changle/articles/96")
    quote = article["text"].split("。")[0]
    path = f"/api/unanswered/{group['id']}/answer"

    bent = {"by": CLERK, "text": "照办", "article": 96, "quote": f"{quote}不"}
    status, error = api.status("POST", path, json=bent)
    api.post(path, {"by": CLERK, "article": 96, "quote": quote})
    answer = ask(api, "请问保密柜的钥匙交给谁收着")

    assert (status, error["code"]) == (404, "quote_gone")
    [citation] = answer["citations"]
    assert answer["status"] == "answered"
    assert citation["article"] == 96
    assert citation["quote"] in DOCUMENT.read_text(encoding="utf-8")
    assert answer["answer"] in citation["quote"]


def test_a_group_is_dismissed_and_reopened(api: ApiClient) -> None:
    ask(api, "院子里的流浪猫归谁喂")
    group = group_of(api, "院子里的流浪猫归谁喂")
    path = f"/api/unanswered/{group['id']}"

    dismissed = api.post(f"{path}/dismiss", {"by": CLERK})
    status, error = api.status("POST", f"{path}/answer", json={"by": CLERK, "text": "门卫"})
    reopened = api.post(f"{path}/reopen", {"by": CLERK})

    assert (dismissed["state"], reopened["state"]) == ("dismissed", "open")
    assert (status, error["code"]) == (409, "unanswered_state")


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("dismiss", {"by": "changle/staff1"}, 403, "unanswered_not_allowed"),
        ("dismiss", {"by": "yunyang/clerk1"}, 404, "unanswered_unknown"),
        ("dismiss", {"by": "changle/nobody"}, 404, "person_unknown"),
        ("assign", {"by": CLERK, "owner": "changle/staff1"}, 422, "unanswered_owner"),
        ("answer", {"by": CLERK}, 422, "unanswered_text_missing"),
        ("answer", {"by": CLERK, "article": 96}, 422, "unanswered_quote_missing"),
        ("answer", {"by": CLERK, "text": "机密★1年"}, 409, "text_secret"),
    ],
)
def test_what_cannot_be_done_gets_a_stable_code(
    api: ApiClient, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    ask(api, "打印室的彩色打印机坏了找谁")
    group = group_of(api, "打印室的彩色打印机坏了找谁")

    answered, error = api.status("POST", f"/api/unanswered/{group['id']}/{path}", json=body)

    assert (answered, error["code"]) == (status, code)


def test_an_unknown_state_is_refused(api: ApiClient) -> None:
    status, error = api.status("GET", "/api/unanswered?org=changle&state=nothing")

    assert (status, error["code"]) == (422, "state_unknown")


def test_the_owner_is_told_of_what_landed_and_when_it_is_due(api: ApiClient) -> None:
    question = "值班室的棉被多久洗一次"
    ask(api, question)
    api.tick()
    api.set_clock("2026-11-26T09:00:00+08:00")
    api.tick()

    told = [text for text in api.pushed(CLERK) if question in text]
    assert len(told) == 2
    assert "新问题" in told[0]
    assert "到期" in told[1]


def test_a_clerk_sees_the_list_in_a_direct_chat_only(api: ApiClient) -> None:
    question = "传达室几点锁大门"
    ask(api, question)

    assert question in api.hear(CLERK, "没答上来的问题有哪些")
    assert question not in api.hear(CLERK, "待答复问题", conversation="group-1")
    assert question not in api.hear("changle/staff1", "待答复问题")
