from __future__ import annotations

from bot.core.rules import Article
from knowledge.answer.quoting import LONGEST, sentence_of
from knowledge.ingest.clauses import cut_clauses

FIRST = "部门之间征求意见或会签文件时，除主办部门另有时限要求外，一般应在5个工作日内回复；"
SECOND = "特殊情况不能按期回复的，应主动与主办部门沟通，逾期不回复视为无不同意见。"


def article(text: str) -> Article:
    """An article of some text."""
    return Article(1, "", text, cut_clauses(text), 0)


def test_half_a_sentence_is_quoted_with_its_other_half() -> None:
    found = article(FIRST + SECOND)

    for clause in found.clauses:
        assert sentence_of(found, clause) == FIRST + SECOND


def test_the_next_sentence_is_not_quoted() -> None:
    found = article("会签文件，应在5个工作日内回复，逾期视为同意。不得直接向领导个人报送公文。")

    assert sentence_of(found, found.clauses[0]).endswith("逾期视为同意。")


def test_items_of_a_list_are_quoted_each_for_itself() -> None:
    found = article("签发权限：\n（一）上报的请示，由县长签发；\n（二）下发的公文，由副县长签发；")
    [_, first, _] = found.clauses

    assert sentence_of(found, first) == "上报的请示，由县长签发；"


def test_a_sentence_without_end_is_quoted_in_part() -> None:
    found = article((FIRST * 6) + SECOND)

    quotes = {sentence_of(found, clause) for clause in found.clauses}

    assert all(len(quote) <= LONGEST for quote in quotes)
    assert all(quote in found.text for quote in quotes)
