from __future__ import annotations

import pytest

from bot.adapters.chinese.approval_answers import ChineseApprovalReader
from bot.core.approvals import ApprovalAnswer


def read(text: str) -> ApprovalAnswer:
    return ChineseApprovalReader().read(text)


@pytest.mark.parametrize(
    ("text", "agree", "reason"),
    [
        ("同意", True, ""),
        ("可以,准了", True, ""),
        ("没有不同意见", True, ""),
        ("情况属实,同意", True, "情况属实"),
        ("同意,路上注意安全", True, "路上注意安全"),
        ("不同意", False, ""),
        ("不批", False, ""),
        ("不同意,人手不够", False, "人手不够"),
        ("人手不够，不同意", False, "人手不够"),
        ("人手不够不同意", False, "人手不够"),
        ("驳回 理由是年底任务重", False, "年底任务重"),
        ("理由是人手不够,不同意", False, "人手不够"),
        ("把柳含章的请假驳回,因为要开会", False, "要开会"),
        ("不予批准，请另选时间", False, "请另选时间"),
        ("不同意请假3号，不写理由", False, ""),
    ],
)
def test_an_answer_is_read_with_its_reason(text: str, reason: str, *, agree: bool) -> None:
    answer = read(text)

    assert (answer.agree, answer.reason) == (agree, reason)


@pytest.mark.parametrize(
    "text",
    [
        "能不能同意？",
        "为什么不同意",
        "要不要批准",
        "如果材料齐了就同意",
        "材料齐了再批",
        "先不批,等他补证明",
        "暂不同意，等验收以后再说",
        "好的",
        "待批的",
    ],
)
def test_a_question_or_a_condition_is_no_answer(text: str) -> None:
    assert read(text).agree is None


@pytest.mark.parametrize(
    ("text", "number", "loose"),
    [
        ("同意请假3号", 3, 3),
        ("同意12号请假", 12, 12),
        ("编号5不同意", 5, None),
        ("批准3号的假", None, 3),
        ("同意12月3号那个", None, None),
        ("同意请假3天的那个", None, None),
    ],
)
def test_a_number_that_may_be_a_day_is_told_apart(
    text: str, number: int | None, loose: int | None
) -> None:
    answer = read(text)

    assert (answer.number, answer.loose_number) == (number, loose)


@pytest.mark.parametrize(
    ("text", "named"),
    [("同意张三的假", "张三"), ("我原则同意这个请假", ""), ("同意财政局的申请", "财政局")],
)
def test_whoever_is_named_is_what_other_words_leave(text: str, named: str) -> None:
    assert read(text).named == named
