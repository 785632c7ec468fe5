from __future__ import annotations

import pytest

from knowledge.answer.asked import ask
from knowledge.answer.kinds import kind_of
from knowledge.answer.spans import cut_span
from knowledge.search.words import shared_words

MINUTES = "会议纪要，由县政府办公室主任审核，分管副县长审签，县长签发。"


@pytest.mark.parametrize(
    ("question", "clause", "span"),
    [
        ("会议纪要谁签发", MINUTES, "县长签发"),
        ("会议纪要谁审核", MINUTES, "县政府办公室主任审核"),
        ("常务会多久开一次", "县政府常务会议一般每月召开2次，由县长主持。", "每月召开2次"),
        ("要提前几天请假", "离开本县外出，应提前3天向县长请假。", "提前3天"),
        ("会签几天回复", "各部门会签文件，应在5个工作日内回复。", "5个工作日内"),
        ("多少人到会", "出席人数须超过应到会人数的二分之一。", "二分之一"),
        ("多少钱以上要填表", "一次性支出在1000元以上需填审批表。", "1000元以上"),
        ("能不能报送领导个人", "公文送办公室办理，不得报送领导个人。", "不得报送领导个人"),
        ("外出跟谁请假", "副县长外出，应事先向县长请假。", "县长"),
        ("会签完了最后谁签", "经副县长会签后，由县长审签。", "县长审签"),
        ("议题听谁的", "议题由办公室主任请示县长确定。", "县长"),
        ("培训一年几次", "原则上每年组织值班人员业务培训不少于1次。", "不少于1次"),
        ("能不能先上会", "草案应当进行审查，未经审查的，不得提交讨论。", "不得提交讨论"),
        (
            "由哪些人组成",
            "县政府由下列人员组成：县长、副县长，各部门的主任、局长。",
            "县长、副县长，各部门的主任、局长",
        ),
    ],
)
def test_the_short_answer_is_cut_by_the_kind_of_question(
    question: str, clause: str, span: str
) -> None:
    found = cut_span(ask(kind_of(question), question, shared_words()), clause)

    assert found.text == span
    assert found.fit > 0


@pytest.mark.parametrize("question", ["会议纪要谁签", "几天内印发", "为什么", "能改吗", "怎么办"])
def test_the_short_answer_is_a_literal_part_of_the_clause(question: str) -> None:
    found = cut_span(ask(kind_of(question), question, shared_words()), MINUTES)

    assert found.text
    assert found.text in MINUTES


def test_a_vague_time_does_not_answer_how_many_days() -> None:
    asked = ask(kind_of("几天内反馈"), "几天内反馈", shared_words())

    assert cut_span(asked, "应及时反馈办理情况。").fit < 0.5


def test_a_number_of_another_unit_does_not_fit() -> None:
    asked = ask(kind_of("多少钱"), "要花多少钱", shared_words())

    assert cut_span(asked, "应在5个工作日内回复。").fit == 0
