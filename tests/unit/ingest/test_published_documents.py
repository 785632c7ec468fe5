from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bot.core.rules import Edition

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("GUIJU_SHARED", ROOT.parent / "shared"))
COUNTS = {"changle": 96, "shuangtaizi": 77, "fenghuang": 81, "xianyang": 76, "yunyang": 71}
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
