from __future__ import annotations

import pytest

from knowledge.answer.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("会议纪要谁签发", Kind.WHO),
        ("这笔开支哪个领导批", Kind.WHO),
        ("要提前几天请假", Kind.WHEN_AHEAD),
        ("会签文件几天内回复", Kind.TIME_LIMIT),
        ("常务会多久开一次", Kind.FREQUENCY),
        ("一年开几次全体会", Kind.FREQUENCY),
        ("出席要多少人", Kind.QUANTITY),
        ("能不能直接报送领导", Kind.WHETHER),
        ("好几个部门都要签吗", Kind.WHETHER),
        ("分哪几种情形", Kind.LIST),
        ("到哪里备案", Kind.WHERE),
        ("这种情况怎么报", Kind.HOW),
        ("这叫什么制度", Kind.WHAT),
        ("常务会一个月开几趟", Kind.FREQUENCY),
        ("想多招几个合同工，松不松", Kind.WHETHER),
        ("过了期限没回，算什么意见", Kind.WHAT),
        ("要建成哪“五型”政府", Kind.LIST),
        ("报哪个确定", Kind.WHO),
        ("任务清单是哪两个室在理", Kind.WHO),
        ("完备性审核是哪个在审", Kind.WHO),
        ("成员是从哪几个单位出", Kind.LIST),
        ("越权办事的如何处理", Kind.HOW),
        ("要发挥哪条热线的作用", Kind.WHAT),
        ("没有哪条说不许，该不该给", Kind.WHETHER),
        ("会议纪要", None),
    ],
)
def test_a_question_is_told_by_what_it_asks_for(question: str, kind: Kind | None) -> None:
    assert kind_of(question) is kind
