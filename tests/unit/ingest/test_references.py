from __future__ import annotations

import pytest

from knowledge.ingest.references import ArticleReference, find_item, find_references, label


@pytest.mark.parametrize(
    "spoken",
    [
        "第六十条",
        "第60条",
        "60条",
        "六十条",
        "第６０条",
        "第六0条",
        "第六〇条",
        "第 六 十 条",
        "看60条",
    ],
)
def test_an_article_is_understood_in_any_spelling(spoken: str) -> None:
    assert find_references(spoken) == [ArticleReference(60)]


@pytest.mark.parametrize(
    "spoken",
    [
        "六十条第五项",
        "第60条第(五)项",
        "60条（5）",
        "第六十条的第５项",
        "第六十条5项",
        "六十条(五)项",
    ],
)
def test_an_item_is_understood_in_any_spelling(spoken: str) -> None:
    assert find_references(spoken) == [ArticleReference(60, item="五")]


def test_a_paragraph_and_a_document_are_read_with_the_article() -> None:
    spoken = "《咸阳市人民政府工作规则》(试行)第六十五条第二款第一项"

    assert find_references(spoken) == [
        ArticleReference(65, item="一", paragraph=2, document="咸阳市人民政府工作规则")
    ]


def test_several_articles_are_found_in_order() -> None:
    assert [r.ordinal for r in find_references("第一百零五条、七条和第12条")] == [105, 7, 12]


@pytest.mark.parametrize(
    "spoken",
    [
        "这三条意见",
        "两条例",
        "具备三条件",
        "一共96条",
        "第五条款",
        "提几条建议",
        "采用一条奖多少稿费",
        "想加一条罚款",
        "报了3条信息",
        "发两条消息给谁",
        "第二款",
        "12345",
        "",
    ],
)
def test_a_count_or_a_kind_is_no_article(spoken: str) -> None:
    assert find_references(spoken) == []


@pytest.mark.parametrize("spoken", ["第五项呢", "那第(五)项", "第5项"])
def test_an_item_named_alone_is_found_apart(spoken: str) -> None:
    assert find_references(spoken) == []
    assert find_item(spoken) == "五"


def test_a_label_reads_as_people_cite() -> None:
    assert label(60, "五") == "第六十条第五项"
    assert label(10) == "第十条"
    assert label(112) == "第一百一十二条"
