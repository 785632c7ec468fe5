from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bot.core.rules import Edition

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("GUIJU_SHARED", ROOT.parent / "shared"))
COUNTS = {"changle": 96, "shuangtaizi": 77, "fenghuang": 81, "xianyang": 76, "yunyang": 71}
ENDINGS = {
    "changle": "同时废止。",
    "shuangtaizi": "自下发之日起执行",
    "fenghuang": "停止执行。",
    "xianyang": "一般不公开发表。",
    "yunyang": "停止执行。",
}
Published = dict[str, Edition]


@pytest.mark.parametrize(("org", "count"), COUNTS.items())
def test_every_article_of_the_five_documents_is_found(
    published: Published, org: str, count: int
) -> None:
    ordinals = [article.ordinal for article in published[org].articles]

    assert ordinals == list(range(1, count + 1))


def test_ordinals_and_openings_are_those_that_people_wrote_down(published: Published) -> None:
    path = SHARED / "eval" / "articles.json"
    if not path.exists():
        pytest.skip(f"{path} is not there")

    wanted = json.loads(path.read_text(encoding="utf-8"))

    for org, articles in wanted.items():
        for article in articles:
            found = published[org].article(article["article"])
            assert found is not None
            assert found.text.startswith(article["starts"])


@pytest.mark.parametrize("org", COUNTS)
def test_articles_and_clauses_are_literal_slices_of_what_was_published(
    published: Published, org: str
) -> None:
    edition = published[org]
    source = (ROOT / "knowledge" / "documents" / org / "rules.txt").read_text(encoding="utf-8")

    assert edition.text == source
    for article in edition.articles:
        assert source[article.start :].startswith(article.text)
        assert all(clause.text in article.text for clause in article.clauses)


@pytest.mark.parametrize("org", COUNTS)
def test_no_word_of_an_article_is_missing_from_its_clauses(published: Published, org: str) -> None:
    for article in published[org].articles:
        position = 0
        left_out = ""
        for clause in article.clauses:
            start = article.text.index(clause.text, position)
            left_out += article.text[position:start]
            position = start + len(clause.text)
        left_out += article.text[position:]
        assert set("".join(left_out.split())) <= set("()（）.0123456789一二三四五六七八九十")


@pytest.mark.parametrize(
    ("org", "identity", "number", "issuer"),
    [
        ("changle", "changle-2022-10-12", "乐政发〔2022〕7号", "昌乐县人民政府"),
        ("shuangtaizi", "shuangtaizi-2022-11-02", "双区政发〔2022〕4号", "盘锦市双台子区人民政府"),
        ("fenghuang", "fenghuang-2023-08-30", "凤政办发〔2023〕6号", "凤凰县人民政府办公室"),
        ("xianyang", "xianyang-2013-06-17", "咸政发〔2013〕16号", "咸阳市人民政府"),
    ],
)
def test_the_particulars_are_those_of_the_page(
    published: Published, org: str, identity: str, number: str, issuer: str
) -> None:
    edition = published[org]

    assert (edition.id, edition.number, edition.issuer) == (identity, number, issuer)


def test_a_damaged_number_and_day_are_shown_as_they_stand(published: Published) -> None:
    edition = published["yunyang"]

    assert edition.number == "云阳府发〔202511"
    assert edition.effective_day is None
    assert {(d.line, d.reason) for d in edition.defects} == {
        (9, "document_number_damaged"),
        (17, "day_damaged"),
        (23, "heading_name_lost"),
        (79, "document_number_damaged"),
        (143, "number_digits_lost"),
        (291, "heading_name_lost"),
        (295, "day_damaged"),
    }


def test_each_repaired_ordinal_is_reported(published: Published) -> None:
    reasons = [defect.reason for defect in published["shuangtaizi"].defects]

    assert reasons.count("ordinal_digits_lost") == 46
    assert "ordinal_missing" not in reasons


def test_undamaged_documents_report_nothing(published: Published) -> None:
    assert published["changle"].defects == ()
    assert published["fenghuang"].defects == ()
    assert [d.reason for d in published["xianyang"].defects] == ["number_field_empty"]


def test_the_last_article_ends_before_attachments_and_page_footer(published: Published) -> None:
    for org, ending in ENDINGS.items():
        assert published[org].articles[-1].text.endswith(ending)


def test_what_an_edition_repeals_is_kept_as_written(published: Published) -> None:
    assert published["changle"].repeals == (
        "2012年2月25日印发的《昌乐县人民政府工作规则》(乐政发〔2012〕3号)"
    )
    assert published["yunyang"].repeals == "2024313日县政府印发的《云阳县人民政府工作规则》"
    assert published["xianyang"].repeals is None
