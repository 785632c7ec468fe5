"""Documents asked for by their number, on what the published rules say of them."""

from __future__ import annotations

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.rules import AnswerStatus
from knowledge.answer.lookup import Lookup
from tests.unit.knowledge.office_tables import CHANGLE, FENGHUANG, edition


@pytest.mark.parametrize(
    ("org", "question", "number"),
    [
        (CHANGLE, "乐政发〔2012〕3号还有效吗", "乐政发〔2012〕3号"),
        (CHANGLE, "查一下乐政发[2012]3号", "乐政发〔2012〕3号"),
        (FENGHUANG, "凤政办发（2022）6号还能用吗", "凤政办发〔2022〕6号"),
    ],
)
def test_a_repealed_number_is_named_as_repealed(org: str, question: str, number: str) -> None:
    answer = Lookup(YamlTexts()).look_up([edition(org)], question)

    assert answer is not None
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.text == f"{number}已经废止，不再适用。"
    assert number in answer.citations[0].quote
    assert answer.answer in answer.citations[0].quote


@pytest.mark.parametrize(
    "question", ["乐政发〔2013〕3号还有效吗", "乐政发〔2022〕7号", "3号文件谁签"]
)
def test_no_other_number_is(question: str) -> None:
    assert Lookup(YamlTexts()).look_up([edition(CHANGLE)], question) is None
