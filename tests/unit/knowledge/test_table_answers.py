"""Answers from the tables of the five offices, on the published documents."""

from __future__ import annotations

import pytest

from bot.core.people import OrgId
from bot.core.rules import AnswerStatus, Edition
from knowledge.answer.following import merge
from knowledge.search.words import shared_words
from tests.unit.knowledge.office_tables import (
    CHANGLE,
    FENGHUANG,
    ORGS,
    SHUANGTAIZI,
    XIANYANG,
    YUNYANG,
    ask,
    edition,
    tables,
)

# office, question -> article, words of the answer
ANSWERED = [
    (CHANGLE, "副县长休年假要报谁同意", 83, "县长"),
    (CHANGLE, "府办主任外出谁批", 83, "县长"),
    (CHANGLE, "街道办主任出去开会三天，谁批准", 83, "报县长审批"),
    (CHANGLE, "教育局局长想休两天假，找谁审批", 83, "报县长审批"),
    (CHANGLE, "部门一把手出差找谁批", 83, "报县长审批"),
    (CHANGLE, "常务会议参加不了，向谁请假", 49, "向县长请假"),
    (CHANGLE, "专题会议的纪要谁来签发", 50, "县长签发"),
    (CHANGLE, "副县长休假期间谁替他管工作", 7, "补位的副县长"),
    (CHANGLE, "规范性文件谁签发", 60, "由县长签发"),
    (CHANGLE, "局里报县政府的请示谁签", 53, "主要负责人签发"),
    (CHANGLE, "会议纪要谁审核", 50, "县政府办公室主任审核"),
    (CHANGLE, "县政府印章谁批准使用", 63, "县政府办公室主任同意"),
    (CHANGLE, "报市政府的请示由哪位领导签发", 60, "由县长签发"),
    (CHANGLE, "以县政府名义发的文谁签", 60, "县长签发"),
    (CHANGLE, "县政府办公室名义的业务文件谁签发", 60, "县长或分管副县长"),
    (CHANGLE, "出国审批的文由谁签发", 60, "由县长签发"),
    (CHANGLE, "例行批准手续的公文谁签发", 60, "县长授权副县长"),
    (SHUANGTAIZI, "副区长请假向谁报告、谁同意", 65, "区长"),
    (SHUANGTAIZI, "民政局局长去大连学习，向哪些领导请假", 65, "主要领导及分管领导"),
    (SHUANGTAIZI, "街道主任外出谁批准", 49, "区长签发"),
    (SHUANGTAIZI, "区直部门主要负责人离开本市要提前多少天请假", 65, "提前3天"),
    (SHUANGTAIZI, "全体会议区政府领导去不了，跟谁请假", 39, "向区长请假"),
    (SHUANGTAIZI, "区长办公会议纪要由谁签发", 40, "主持召开会议"),
    (SHUANGTAIZI, "业务会纪要谁签", 41, "主持召开会议"),
    (SHUANGTAIZI, "常务会议纪要谁签字", 39, "区长签发"),
    (SHUANGTAIZI, "副区长出差了工作谁代管", 7, "其他副区长代行"),
    (SHUANGTAIZI, "报市政府的报告谁签发", 49, "区长或负责日常工作的副区长"),
    (SHUANGTAIZI, "以区政府名义下发的公文谁签发", 49, "分管领导同志签发"),
    (SHUANGTAIZI, "涉及面广的区政府公文谁签发", 49, "审定签发"),
    (SHUANGTAIZI, "人事任免公文谁来签", 49, "由区长签发"),
    (FENGHUANG, "请假一天找谁批", 78, "分管副主任"),
    (FENGHUANG, "请两天假谁批准", 78, "办公室主任批准"),
    (FENGHUANG, "想请一个星期的事假，哪位领导批", 78, "办公室主任批准"),
    (FENGHUANG, "办公室科员请半天假谁批", 78, "各办室负责人"),
    (FENGHUANG, "我们办公室干部请两天半假谁批", 78, "办公室主任批准"),
    (FENGHUANG, "办公室副主任请假向谁请", 78, "向办公室主任请假"),
    (FENGHUANG, "县长出县谁批准", 26, "州长"),
    (FENGHUANG, "副县长出差向谁请示", 26, "县长请示"),
    (FENGHUANG, "乡长外出要哪些领导同意", 26, "分管副县长、县长"),
    (FENGHUANG, "财政局局长外出谁同意", 26, "分管副县长"),
    (FENGHUANG, "部门主要负责人外出提前多久报", 26, "提前2个工作日"),
    (FENGHUANG, "请病假需要什么证明", 78, "医院证明"),
    (YUNYANG, "县政府专题会议参加不了，向谁请假", 49, "会议主持人"),
    (CHANGLE, "县政府常务会议邀请列席人员请假，向谁报告", 49, "由县政府办公室汇总后向县长报告"),
    (FENGHUANG, "一笔2000元的开支谁审批", 65, "分管财务副主任审批"),
    (FENGHUANG, "报8000块谁批", 65, "办公室主任审核"),
    (FENGHUANG, "报8000块找谁签字", 65, "办公室主任审核"),
    (FENGHUANG, "花一万二买打印机要谁同意", 65, "办公室主任审核"),
    (FENGHUANG, "单笔开支3万5，哪个批", 65, "班子成员集体研究"),
    (FENGHUANG, "一次性报账1.5万元谁签批", 65, "两人以上签经手"),
    (FENGHUANG, "报账六万谁批", 65, "班子成员集体研究"),
    (FENGHUANG, "报销一千五谁签批", 65, "分管财务副主任签批"),
    (FENGHUANG, "常务会的纪要谁签发", 7, "县长签发"),
    (FENGHUANG, "专题会议纪要谁签字", 7, "办公室主任、分管副县长签发"),
    (FENGHUANG, "以县政府名义发的重要文件谁签发", 17, "常务副县长或县长"),
    (FENGHUANG, "督查通报由谁签发", 30, "县长或常务副县长"),
    (FENGHUANG, "县政府公报由谁签发", 18, "办公室主任签发"),
    (XIANYANG, "市长出访向谁请假", 65, "市委书记和省政府办公厅"),
    (XIANYANG, "副市长出差跟谁请假", 65, "向市长请假"),
    (XIANYANG, "担任市委常委的副市长外出向谁请假", 65, "还应向市委书记请假"),
    (XIANYANG, "区长外出向哪些领导请假", 65, "市长、分管市长"),
    (XIANYANG, "局长外出十天跟谁请假", 65, "市委书记"),
    (XIANYANG, "市长办公会议参加不了，向谁请假", 44, "向市长请假"),
    (XIANYANG, "专项会议的纪要由谁签发", 45, "主持会议"),
    (XIANYANG, "市政府名义的发文谁签发", 52, "由市长签发"),
    (XIANYANG, "报省政府的公文谁签", 51, "由市长签署"),
    (XIANYANG, "报省政府部门的重要公文谁签", 51, "常务副市长"),
    (YUNYANG, "副县长出差谁批准", 59, "县长"),
    (YUNYANG, "乡镇主要负责人离开云阳外出谁批", 59, "县政府领导同志批准"),
    (YUNYANG, "镇长外出要提前几天请假", 59, "提前3天"),
    (YUNYANG, "县长办公会副县长去不了，跟谁请假", 49, "常务副县长请假"),
    (YUNYANG, "常务会议我们局长来不了，向谁请假", 49, "县政府办公室请假"),
    (YUNYANG, "全体会议纪要谁签发", 50, "县长签发"),
    (YUNYANG, "县政府命令谁签", 53, "县长审签"),
    (YUNYANG, "几位副县长都分管的县政府文件谁签", 53, "县长或常务副县长"),
    (YUNYANG, "县长外出谁主持工作", 5, "负责常务工作的副县长"),
]


@pytest.mark.parametrize(("org", "question", "article", "words"), ANSWERED)
def test_what_a_table_decides_is_answered_from_its_row(
    org: str, question: str, article: int, words: str
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].article == article
    assert words in answer.answer
    assert answer.answer in answer.citations[0].quote
    assert all(citation.quote in edition(org).text for citation in answer.citations)


OPEN = [
    (CHANGLE, "请假谁批"),
    (CHANGLE, "谁签发这个文件"),
    (CHANGLE, "以县政府办公室名义发文谁签"),
    (SHUANGTAIZI, "谁签发这个文件"),
    (SHUANGTAIZI, "会议纪要谁签发"),
    (SHUANGTAIZI, "常务会去不了，跟谁请假"),
    (FENGHUANG, "请假谁批"),
    (FENGHUANG, "我们办公室干部请假谁批"),
    (FENGHUANG, "以县政府名义发文谁签发"),
    (FENGHUANG, "谁签发这个文件"),
    (FENGHUANG, "外出要提前几天报告"),
    (FENGHUANG, "一笔开支由谁审批"),
    (XIANYANG, "请假找谁批"),
    (XIANYANG, "会议纪要谁签发"),
    (XIANYANG, "这个公文谁签"),
    (YUNYANG, "外出谁批准"),
    (YUNYANG, "出差要提前几天请假"),
    (YUNYANG, "会议纪要谁签"),
    (YUNYANG, "谁签发这个文件"),
]


@pytest.mark.parametrize(("org", "question"), OPEN)
def test_a_case_that_is_not_said_is_asked_for_and_each_choice_is_answered(
    org: str, question: str
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.CLARIFY
    assert len(answer.options) > 1
    assert len(answer.options) <= 6
    for option in answer.options:
        _assert_is_answered(org, option, choices_left=2)


def _assert_is_answered(org: str, option: str, choices_left: int) -> None:
    """A choice is answered, or it is 其他情形, whose own choices are."""
    chosen = ask(org, option)
    assert chosen is not None, option
    if chosen.status is AnswerStatus.CLARIFY:
        assert choices_left, option
        for further in chosen.options:
            _assert_is_answered(org, further, choices_left - 1)
    else:
        assert chosen.status in (AnswerStatus.ANSWERED, AnswerStatus.SILENT), option
        assert chosen.citations, option


@pytest.mark.parametrize("question", ["请一天半假谁批", "我想请1.5天假，找谁批准"])
def test_a_length_between_two_written_ones_is_said_not_to_be_written(question: str) -> None:
    answer = ask(FENGHUANG, question)

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert [citation.article for citation in answer.citations] == [78, 78]
    assert all(case in answer.text for case in ("半天", "一天", "两天及两天以上"))


@pytest.mark.parametrize("amount", ["3000元", "三千块", "3万"])
def test_an_amount_that_two_cases_share_is_not_given_to_either(amount: str) -> None:
    answer = ask(FENGHUANG, f"一笔开支{amount}谁审批")

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert "3000元至30000元" in answer.text


def test_a_posts_leave_that_no_rule_regulates_is_not_given_to_anothers_approver() -> None:
    answer = ask(CHANGLE, "一般干部请三天假谁批")

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert "部门主要负责人外出" in answer.text


@pytest.mark.parametrize(
    ("org", "question"),
    [
        (XIANYANG, "局长外出要提前几天请假"),
        (XIANYANG, "请假要提前几天"),
        (SHUANGTAIZI, "副区长休假提前几天报告"),
        (CHANGLE, "请假要提前几天"),
        (CHANGLE, "请假要提前几个工作日"),
        (CHANGLE, "请假要提前多久"),
    ],
)
def test_days_ahead_are_not_made_up_where_only_beforehand_is_written(
    org: str, question: str
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert answer.citations[0].article == (83 if org == CHANGLE else 65)
    assert "事先" in answer.text or "提前" in answer.text


# office, question, follow-up -> article, words of the answer or of what is said
FOLLOWED = [
    (SHUANGTAIZI, "部门一把手出差要提前几天请假", "那副区长呢", 65, "事先报告区长"),
    (CHANGLE, "部门一把手出差要提前几天请假", "那副县长呢", 83, "提前书面报"),
    (CHANGLE, "县长外出谁主持工作", "那副县长呢", 7, "补位的副县长"),
    (SHUANGTAIZI, "区长外出谁主持工作", "那副区长呢", 7, "其他副区长代行"),
    (CHANGLE, "部门一把手外出谁批", "那镇长呢", 83, "报县长审批"),
    (FENGHUANG, "请半天假谁批", "那两天呢", 78, "办公室主任批准"),
    (FENGHUANG, "请两天假谁批", "那一天半呢", 78, "没有写明"),
    (FENGHUANG, "报8000块谁批", "那四万块呢", 65, "班子成员集体研究"),
    (FENGHUANG, "花三万五谁批", "一千五呢", 65, "分管财务副主任"),
    (YUNYANG, "专题会议纪要谁签发", "常务会议呢", 50, "县长签发"),
]


@pytest.mark.parametrize(("org", "question", "later", "article", "words"), FOLLOWED)
def test_a_follow_up_asks_the_same_table_of_another_case(
    org: str, question: str, later: str, article: int, words: str
) -> None:
    answer = ask(org, merge(question, later, shared_words()).question)

    assert answer is not None
    assert answer.citations[0].article == article
    assert words in answer.text


OTHERS = [
    (CHANGLE, "副局长外出谁批"),
    (CHANGLE, "花五万谁批"),
    (CHANGLE, "哪些人外出要县长同意"),
    (CHANGLE, "党组会请假找谁"),
    (SHUANGTAIZI, "业务会议去不了，跟谁请假"),
    (FENGHUANG, "县领导外出调研的方案谁定"),
    (FENGHUANG, "请假回来向谁销假"),
    (FENGHUANG, "主任会议纪要谁签"),
    (FENGHUANG, "驻村队员请假谁批"),
    (FENGHUANG, "专项资金花2000元要谁批"),
    (FENGHUANG, "接待花了两千块谁批"),
    (XIANYANG, "部门名义的督查谁批准"),
    (XIANYANG, "领导的贺信谁签发"),
    (CHANGLE, "请示件由谁签发"),
    (CHANGLE, "座谈会纪要谁签发"),
    (SHUANGTAIZI, "街镇报的公文谁签发"),
    (FENGHUANG, "8000块的发票谁签字"),
    (FENGHUANG, "下属单位负责人请假谁批"),
    (YUNYANG, "函谁签发"),
    (YUNYANG, "文件密级谁定"),
    (YUNYANG, "年休假有几天"),
    (YUNYANG, ""),
]


@pytest.mark.parametrize(("org", "question"), OTHERS)
def test_what_is_not_clearly_a_tables_question_is_left_to_the_search(
    org: str, question: str
) -> None:
    assert ask(org, question) is None


@pytest.mark.parametrize("org", ORGS)
def test_tables_whose_words_are_gone_from_the_edition_answer_nothing(org: str) -> None:
    other = edition(YUNYANG if org != YUNYANG else CHANGLE)
    office = Edition(**{**vars(other), "org": OrgId(org), "title": edition(org).title})

    assert tables().answer(office, "副县长副区长副市长外出谁批准") is None
    assert tables().answer(office, "常务会议纪要谁签发") is None


def test_minutes_of_which_only_the_signing_is_written_have_no_reviewer() -> None:
    answer = ask(SHUANGTAIZI, "常务会纪要谁审核")

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert answer.citations[0].article == 39


def test_leave_from_a_meeting_that_is_not_named_asks_for_the_meeting() -> None:
    answer = ask(YUNYANG, "开会请假找谁")

    assert answer is not None
    assert answer.status is AnswerStatus.CLARIFY
    assert all("会议不能参加" in option for option in answer.options)


def test_leave_from_meetings_that_have_one_rule_needs_no_choice() -> None:
    answer = ask(XIANYANG, "开会请假找谁")

    assert answer is not None
    assert answer.citations[0].article == 44


def test_the_way_to_take_leave_is_told_of_whoever_is_named() -> None:
    answer = ask(CHANGLE, "局长请假要走什么程序")

    assert answer is not None
    assert [citation.article for citation in answer.citations] == [83, 83]
    assert ask(CHANGLE, "请假要走什么程序") is None


def test_how_often_they_meet_is_told_of_the_one_meeting_that_has_a_rule() -> None:
    answer = ask(CHANGLE, "会议多久开一次")

    assert answer is not None
    assert answer.answer == "每月召开1-2次"


def test_a_sum_without_its_unit_is_read_where_it_is_paid() -> None:
    answer = ask(FENGHUANG, "报8000谁批")

    assert answer is not None
    assert "办公室主任审核" in answer.answer
