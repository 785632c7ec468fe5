"""What somebody signs: every row of the signing tables, each in the words of the rules."""

from __future__ import annotations

import pytest

from bot.core.rules import AnswerStatus
from tests.unit.knowledge.office_tables import (
    CHANGLE,
    FENGHUANG,
    SHUANGTAIZI,
    XIANYANG,
    YUNYANG,
    ask,
)

# office, question -> the short answer, the articles that are told in their order
LISTS = [
    (CHANGLE, "县长签发的文件有哪些", "县长签发", [50, *[60] * 7]),
    (CHANGLE, "哪些文件要县长签", "县长签发", [50, *[60] * 7]),
    (CHANGLE, "办公室主任能签发哪些文件", "由县政府办公室主任签发", [60, 60]),
    (CHANGLE, "什么文件归副县长签", "由县长或分管副县长签发", [60]),
    (SHUANGTAIZI, "区长签发哪些公文", "由区长签发", [39, *[49] * 6]),
    (FENGHUANG, "常务副县长签发哪些文件", "由常务副县长或县长签发", [17, 30]),
    (XIANYANG, "请问市长要签哪些文件?", "由市长签发", [45, 51, 51, 52]),
    (YUNYANG, "哪些公文由分管副县长审签", "由分管副县长审签", [50, 53, 53, 53, 53]),
]


@pytest.mark.parametrize(("org", "question", "span", "articles"), LISTS)
def test_what_somebody_signs_is_told_row_by_row(
    org: str, question: str, span: str, articles: list[int]
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.answer == span
    assert span in answer.citations[0].quote
    assert [cited.article for cited in answer.steps] == articles
    assert all(cited.quote in answer.text for cited in answer.steps)


@pytest.mark.parametrize(
    "question",
    ["哪些文件不用县长签", "县长签发的文件几天印出来", "副镇长签哪些文件", "哪些人签发文件"],
)
def test_another_question_is_no_question_for_such_a_list(question: str) -> None:
    answer = ask(CHANGLE, question)

    assert answer is None or answer.steps == ()
