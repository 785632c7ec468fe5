"""Which step of a chain a table's question asks for, and whose act is another's."""

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

# office, question -> the short answer
STEPS = [
    (CHANGLE, "局长外出先找谁同意", "经分管副县长同意"),
    (CHANGLE, "局长外出最后谁批", "报县长审批"),
    (CHANGLE, "上常务会的议题先给谁审", "报分管副县长"),
    (FENGHUANG, "议题最后报谁审定", "县长审定"),
    (FENGHUANG, "专题会纪要谁最后审核", "分管文秘工作副主任审核"),
    (FENGHUANG, "督查通报先给谁审", "经分管政务督查工作的副主任"),
    (FENGHUANG, "突发事件先报谁", "逐级报告总值班室主任"),
    (FENGHUANG, "专题会由谁统筹", "由联系该项工作副主任统筹"),
    (YUNYANG, "局长常务会请假最后谁批准", "报县长或主持会议的常务副县长批准"),
    (SHUANGTAIZI, "我们局想开个全区的会,先得谁同意", "报经区政府分管领导同志同意"),
]


@pytest.mark.parametrize(("org", "question", "step"), STEPS)
def test_whoever_asks_for_one_step_of_a_chain_hears_that_step(
    org: str, question: str, step: str
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.answer == step
    assert step in answer.citations[0].quote


# office, question -> the short answer of a rule that names one person, whatever step is said
SINGLE = [
    (YUNYANG, "常务会纪要先给谁审", "常务副县长审核"),
    (YUNYANG, "县长办公会议题最后谁定", "县长审核确定"),
    (CHANGLE, "专题会议纪要先给谁审核", "县政府办公室主任审核"),
    (SHUANGTAIZI, "副区长请假要事先报告谁", "报告区长"),
]


@pytest.mark.parametrize(("org", "question", "answer"), SINGLE)
def test_a_rule_without_a_chain_answers_a_question_for_a_step_whole(
    org: str, question: str, answer: str
) -> None:
    found = ask(org, question)

    assert found is not None
    assert found.answer == answer


def test_the_whole_chain_is_told_where_the_short_answer_is_its_end() -> None:
    answer = ask(CHANGLE, "局长出差谁批")

    assert answer is not None
    assert answer.answer == "报县长审批"
    assert answer.text.startswith("经分管副县长同意后报县长审批")


# Whom else, another's act, another condition: beside what the tables say.
BESIDE = [
    (CHANGLE, "副县长出差谁来安排补位的人"),
    (CHANGLE, "局长请假的手续谁去跑"),
    (CHANGLE, "局长请假的审批表在哪领,谁发"),
    (CHANGLE, "常务会请假不批怎么办,谁说了算"),
    (CHANGLE, "规范性文件县司法局审核前要谁批准"),
    (CHANGLE, "规范性文件到期了还想接着用,谁审查同意"),
    (CHANGLE, "呈阅件能不能直接报领导"),
    (FENGHUANG, "请假两天副主任批了还要谁批"),
    (FENGHUANG, "主任不在家,请三天假谁批"),
    (FENGHUANG, "县长出县由谁提交请假报告"),
    (FENGHUANG, "专题会纪要必要时谁签发"),
    (FENGHUANG, "值班室归谁管"),
    (SHUANGTAIZI, "副区长不在,他的活由谁来定让哪个代"),
    (SHUANGTAIZI, "领导小组能不能直接给街道下带命令性质的文"),
    (SHUANGTAIZI, "市里批示的速办件几天反馈"),
    (SHUANGTAIZI, "会签有分歧谁主动去协商"),
    (XIANYANG, "常务会请假还要向哪里报告"),
    (XIANYANG, "市府办的文必要时谁签"),
    (YUNYANG, "副县长请假由谁报告其他领导"),
    (YUNYANG, "常务会局长请假谁替他参加"),
    (YUNYANG, "规范性文件的完备性谁审"),
    (YUNYANG, "合法性审查之前要几天送材料"),
    (YUNYANG, "副县长AB角两个都出差了,他们的事哪个来顶"),
    (YUNYANG, "规范性文件文号谁编"),
    (CHANGLE, "局里的规范性文件谁签发"),
    (CHANGLE, "镇长请假书面交到哪"),
    (FENGHUANG, "常务会纪要办公室主任审完谁审"),
    (SHUANGTAIZI, "速办件和一般件分别几天反馈"),
    (SHUANGTAIZI, "部门征求意见几天没回怎么算"),
    (FENGHUANG, "县政府印章可以带出去吗,谁批"),
    (SHUANGTAIZI, "区委区政府的文谁签"),
    (SHUANGTAIZI, "局长每年要调研几天"),
]


@pytest.mark.parametrize(("org", "question"), BESIDE)
def test_what_a_row_does_not_speak_of_is_left_to_the_search(org: str, question: str) -> None:
    assert ask(org, question) is None


# office, question -> article, the short answer: the same words, and the row speaks of it
READ = [
    (CHANGLE, "副县长要去北京,他跟谁打招呼", 83, "报县长同意"),
    (CHANGLE, "我们是局下面的一个中心,有个题目想上常务会,由谁替我们提", 48, "通过其主管部门提出"),
    (FENGHUANG, "常务会的记要谁签发", 7, "县长签发"),  # with typing errors
    (SHUANGTAIZI, "区里常物会隔多久开", 38, "每两周召开1次"),
    (SHUANGTAIZI, "常务会区长不来谁主持", 38, "负责日常工作的副区长"),
    (FENGHUANG, "半夜出了大事故,得报告到哪几位领导", 46, "要报告常务副县长、县长"),
    (SHUANGTAIZI, "区长出国了区里工作归谁抓", 7, "由负责日常工作的副区长主持"),
    (SHUANGTAIZI, "区长批的速办件几天反馈", 64, "2个工作日内"),
    (YUNYANG, "给市府办的文谁签", 53, "由县长审签"),
    (YUNYANG, "文件能不能跳过分管领导直接送县长签", 53, "不得越级送签"),
    (CHANGLE, "县里给潍坊市政府打的请示,签发人写谁", 60, "由县长签发"),
    (CHANGLE, "我们单位往县里打请示,落款前该哪个签", 53, "由主要负责人签发"),
    (CHANGLE, "副县长出去招商一星期,他那摊活谁接着", 7, "由补位的副县长代为处理"),
    (CHANGLE, "上常务会的议题还是有异议,最终由谁来定", 48, "报县长确定"),
    (CHANGLE, "县长本人的那枚章,能不能用听谁的", 63, "县长或县长授权县政府办公室主任同意"),
    (FENGHUANG, "议题里头要县财政拿钱,上常务会之前先给哪位领导审", 6, "常务副县长审核"),
    (XIANYANG, "报市政府的请示谁签发", 54, "主要负责同志签发"),
    (XIANYANG, "以市政府名义发文,签发前哪个领导先审核", 52, "经分管副市长审核"),
    (XIANYANG, "办公会谁主持", 41, "市长"),
    (YUNYANG, "给市里一个局去函请求批准事项,不算重要,哪个领导签", 53, "由分管副县长审签"),
    (YUNYANG, "给市里一个局去函请求批准重要事项,哪个领导签", 53, "报县长审签"),
    (YUNYANG, "文件能不能直接送给县长", 54, "不得直接向县政府领导同志个人报送公文"),
]


@pytest.mark.parametrize(("org", "question", "article", "words"), READ)
def test_what_a_row_speaks_of_is_read_in_other_words_too(
    org: str, question: str, article: int, words: str
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].article == article
    assert answer.answer == words


@pytest.mark.parametrize(
    ("org", "question", "article"),
    [(SHUANGTAIZI, "业务会一个月要开几次", 41), (XIANYANG, "市长办公会一年几次", 41)],
)
def test_no_number_is_made_up_for_meetings_that_are_held_as_needed(
    org: str, question: str, article: int
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert answer.citations[0].article == article
    assert "不定期召开" in answer.text


def test_a_trip_within_the_county_is_none_out_of_it() -> None:
    answer = ask(FENGHUANG, "副县长下乡要请假吗,找谁")

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert "副县长出县" in answer.text
