"""The HTTP contract as tools outside this repository call it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.api_client import ApiClient

ARTICLES = {"changle": 96, "shuangtaizi": 77, "fenghuang": 81, "xianyang": 76, "yunyang": 71}
POSTS = [
    "head",
    "deputy1",
    "deputy2",
    "office_director",
    "office_deputy",
    "section_chief",
    "staff1",
    "staff2",
    "clerk1",
    "supervisor1",
    "bureau_head",
    "bureau_staff",
    "town_head",
]
DOCUMENTS = Path(__file__).parents[2] / "knowledge" / "documents"


def test_every_office_is_there_with_its_articles(api: ApiClient) -> None:
    orgs = {org["org"] for org in api.get("/api/orgs")["orgs"]}

    assert orgs == set(ARTICLES)
    for org, count in ARTICLES.items():
        [document] = api.get(f"/api/rules/{org}")["documents"]
        assert document["articles"] == count
        assert api.get(f"/api/rules/{org}/articles/{count}")["article"] == count


@pytest.mark.parametrize("org", ARTICLES)
def test_every_office_has_the_demo_posts(api: ApiClient, org: str) -> None:
    people = {person["user"]: person for person in api.get("/api/people", org=org)["people"]}

    assert {f"{org}/{post}" for post in POSTS} <= set(people)
    assert set(people[f"{org}/staff1"]) == {
        "user", "name", "unit", "post", "rank", "roles", "leader"
    }  # fmt: skip


def test_a_question_is_answered_with_the_words_of_its_article(api: ApiClient) -> None:
    answer = api.post("/api/ask", {"org": "changle", "question": "县政府常务会议纪要谁签发"})

    published = (DOCUMENTS / "changle" / "rules.txt").read_text(encoding="utf-8")
    citation = answer["citations"][0]
    assert answer["status"] == "answered"
    assert (citation["article"], citation["label"]) == (50, "第五十条")
    assert citation["number"] == "乐政发〔2022〕7号"
    assert citation["quote"] in published
    assert answer["answer"] in citation["quote"]
    assert "县长签发" in citation["quote"]
    assert 0 <= answer["confidence"] <= 1


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/api/rules/atlantis", None, 404, "org_unknown"),
        ("GET", "/api/people?org=atlantis", None, 404, "org_unknown"),
        ("GET", "/api/rules/changle/articles/97", None, 404, "article_unknown"),
        ("POST", "/api/chat", {"user": "changle/nobody", "text": "你好"}, 404, "person_unknown"),
        ("POST", "/api/ask", {"org": "atlantis", "question": "谁签发"}, 404, "org_unknown"),
        ("POST", "/api/chat", {"user": "changle/clerk1", "text": " "}, 422, "request_invalid"),
        ("POST", "/api/ask", {"org": "changle", "question": ""}, 422, "request_invalid"),
        ("GET", "/api/supervision?org=changle&state=没有", None, 422, "state_unknown"),
        ("GET", "/api/supervision/report?org=atlantis", None, 404, "org_unknown"),
        (
            "GET",
            "/api/supervision/report?org=changle&month=十月",
            None,
            422,
            "report_month_unreadable",
        ),
    ],
)
def test_what_does_not_exist_gets_a_stable_code_and_a_chinese_sentence(
    api: ApiClient, method: str, path: str, body: object, status: int, code: str
) -> None:
    answered, error = api.status(method, path, json=body)

    assert (answered, error["code"]) == (status, code)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in error["message"])


def test_text_that_is_too_long_is_refused_politely(api: ApiClient) -> None:
    [message] = api.say("changle/clerk1", "问" * 2_001)

    assert "2000" in message["text"]


def test_secret_text_is_refused_and_leaves_no_trace_but_the_rule(api: ApiClient) -> None:
    [message] = api.say("changle/clerk1", "机密★1年 海棠花行动方案")

    rows = api.get("/api/audit", org="changle")["rows"]
    assert "密" in message["text"]
    assert rows[0]["action"] == "text.refused_secret"
    assert "海棠花" not in str(rows)


def test_the_pages_open_and_mark_the_quoted_words(api: ApiClient) -> None:
    answer = api.post("/api/ask", {"org": "changle", "question": "县政府常务会议纪要谁签发"})
    citation = answer["citations"][0]

    page = api.page(citation["url"])

    assert f'<mark id="quote">{citation["quote"]}</mark>' in page
    assert "http://" not in api.page("/")
    assert "https://" not in api.page("/")


def test_the_clock_can_be_set_and_goes_on(api: ApiClient) -> None:
    api.set_clock("2026-12-31T23:59:59+08:00")

    assert api.get("/api/local/clock")["now"].startswith(("2026-12-31T23:59:59", "2027-01-01"))
    assert api.get("/api/local/clock")["now"].endswith("+08:00")


def test_the_openapi_description_names_every_route_of_the_contract(api: ApiClient) -> None:
    paths = api.get("/openapi.json")["paths"]

    assert {
        "/healthz",
        "/readyz",
        "/api/ask",
        "/api/chat",
        "/api/orgs",
        "/api/rules/{org}",
        "/api/rules/{org}/articles/{n}",
        "/api/audit",
        "/api/people",
        "/api/leaves",
        "/api/supervision",
        "/api/local/messages",
        "/api/local/approvals",
        "/api/local/approvals/{approval_id}",
        "/api/local/clock",
        "/api/local/tick",
    } <= set(paths)
    for methods in paths.values():
        for operation in methods.values():
            assert operation["responses"]["422"]["content"]["application/json"]["schema"] == {
                "$ref": "#/components/schemas/ErrorOut"
            }
