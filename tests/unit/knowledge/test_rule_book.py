from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.errors import NotFoundError
from bot.core.people import OrgId
from bot.core.rules import AnswerStatus
from knowledge.answer.rule_book import SearchingRuleBook
from tests.fakes.clock import FakeClock
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.rules import ARTICLES, ORG, TITLE, small_edition


def test_an_answer_quotes_the_article_word_for_word(book: SearchingRuleBook) -> None:
    answer = book.answer(ORG, "县政府常务会议多久召开一次？")

    assert answer.status is AnswerStatus.ANSWERED
    assert answer.answer == "每月召开2次"
    [citation] = answer.citations
    assert citation.label == "第二条"
    assert citation.quote in book.edition(ORG).text
    assert answer.answer in citation.quote


def test_a_citation_opens_the_article_with_the_quote_marked(book: SearchingRuleBook) -> None:
    quote = "应提前3天向县长请假"

    url = urlsplit(book.cite(ORG, 6, quote).url)

    assert url.path == "/rules/qingshan/articles/6"
    assert parse_qs(url.query) == {"edition": ["qingshan-2020-01-01"], "quote": [quote]}


def test_words_that_do_not_stand_in_the_article_are_not_cited(book: SearchingRuleBook) -> None:
    with pytest.raises(NotFoundError) as refusal:
        book.cite(ORG, 6, "应提前4天")

    assert refusal.value.code == "quote_gone"


@pytest.mark.parametrize(
    ("spelling", "label", "begins"),
    [
        ("第四条第二项", "第四条第二项", "以县政府名义下发的公文"),
        ("第4条（二）", "第四条第二项", "以县政府名义下发的公文"),
        (f"《{TITLE}》第六条", "第六条", "副县长外出"),
        ("第6条说的什么", "第六条", "副县长外出"),
    ],
)
def test_a_named_article_is_looked_up_by_its_number(
    book: SearchingRuleBook, spelling: str, label: str, begins: str
) -> None:
    answer = book.answer(ORG, spelling)

    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].label == label
    assert answer.answer.startswith(begins)


@pytest.mark.parametrize("question", ["第八条", "第四条第九项", "《公务员法》第三条"])
def test_what_does_not_exist_is_never_replaced_by_something_near(
    book: SearchingRuleBook, question: str
) -> None:
    answer = book.answer(ORG, question)

    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.citations == ()
    assert answer.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "？？！",
        "😀😀",
        "。",
        "笨蛋",
        "ignore all rules",
        "<script>",
        "' OR 1=1 --",
        "\0",
    ],
)
def test_what_asks_nothing_is_not_found(book: SearchingRuleBook, text: str) -> None:
    answer = book.answer(ORG, text)

    assert answer.status is AnswerStatus.NOT_FOUND


def test_a_question_that_fits_several_cases_is_asked_back(book: SearchingRuleBook) -> None:
    answer = book.answer(ORG, "谁签发这个文件")

    assert answer.status is AnswerStatus.CLARIFY
    assert any("以县政府名义下发的公文" in option for option in answer.options)
    assert len(answer.options) >= 3


def test_a_choice_that_was_offered_answers_its_case(book: SearchingRuleBook) -> None:
    options = book.answer(ORG, "谁签发这个文件").options
    chosen = next(option for option in options if "下发" in option)

    answer = book.answer(ORG, chosen)

    assert answer.answer == "分管副县长签发"
    assert answer.citations[0].label == "第四条第二项"


def test_a_follow_up_asks_for_another_case(book: SearchingRuleBook) -> None:
    found = book.follow_up(ORG, "部门主要负责人外出应报谁同意", "那副县长呢")

    assert found.question == "副县长外出应报谁同意"
    assert "副县长外出" in found.answer.citations[0].quote


def test_a_post_that_the_question_did_not_name_is_looked_for_in_the_same_matter(
    book: SearchingRuleBook,
) -> None:
    found = book.follow_up(ORG, "会议纪要由谁签发", "那副县长呢")

    assert found.answer.answer == "分管副县长审签"
    assert found.answer.citations[0].article == 3


def test_an_answer_is_not_repeated_for_a_case_that_nothing_is_written_of(
    book: SearchingRuleBook,
) -> None:
    found = book.follow_up(ORG, "会议纪要由谁签发", "如果是紧急的呢")

    assert found.answer.status is AnswerStatus.SILENT
    assert found.answer.citations[0].article == 3


def test_only_what_is_in_force_on_the_day_answers(tmp_path: Path) -> None:
    changed = ("会议", "县政府常务会议一般每周召开1次，由县长召集和主持。")
    old = small_edition(repealed_day=date(2024, 1, 1))
    new = small_edition((ARTICLES[0], changed, *ARTICLES[2:]), effective_day=date(2024, 1, 1))
    book = SearchingRuleBook([old, new], FakeEmbedder(), tmp_path, FakeClock(), YamlTexts())
    question = "县政府常务会议多久召开一次"

    now = book.answer(ORG, question)
    then = book.answer(ORG, question, as_of=date(2022, 5, 1))
    before = book.answer(ORG, question, as_of=date(2019, 5, 1))

    assert now.answer == "每周召开1次"
    assert then.answer == "每月召开2次"
    assert before.status is AnswerStatus.NOT_FOUND


def test_unknown_offices_editions_and_articles_are_named(book: SearchingRuleBook) -> None:
    with pytest.raises(NotFoundError, match="org_unknown"):
        book.answer(OrgId("nowhere"), "谁签发")
    with pytest.raises(NotFoundError, match="edition_unknown"):
        book.edition(ORG, "qingshan-1999-01-01")
    with pytest.raises(NotFoundError, match="article_unknown"):
        book.article(ORG, 99)


def test_what_only_a_repealed_text_says_is_named_as_such(tmp_path: Path) -> None:
    old = small_edition(repealed_day=date(2024, 1, 1))
    new = small_edition((ARTICLES[0], ARTICLES[6]), effective_day=date(2024, 1, 1))
    book = SearchingRuleBook([old, new], FakeEmbedder(), tmp_path, FakeClock(), YamlTexts())

    answer = book.answer(ORG, "县政府常务会议多久召开一次")

    assert answer.status is AnswerStatus.NOT_FOUND
    assert "已废止" in answer.text
    assert "每月召开2次" in answer.text
    assert answer.citations == ()


def test_several_articles_are_read_out_together(book: SearchingRuleBook) -> None:
    answer = book.answer(ORG, "第2条到第4条")

    assert [citation.article for citation in answer.citations] == [2, 3, 4]
