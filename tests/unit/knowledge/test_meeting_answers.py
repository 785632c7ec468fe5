"""Answers about meetings, their topics and field research, on the published documents."""

from __future__ import annotations

from functools import cache

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Edition
from bot.settings import ROOT
from knowledge.answer.table_answers import TableAnswers
from knowledge.ingest.documents import read_document
from knowledge.procedures.loader import load_procedures

CHANGLE, SHUANGTAIZI, FENGHUANG = "changle", "shuangtaizi", "fenghuang"
XIANYANG, YUNYANG = "xianyang", "yunyang"
MOST_BUTTONS = 6


@cache
def tables() -> TableAnswers:
    return TableAnswers(load_procedures(ROOT / "knowledge" / "procedures"), YamlTexts())


@cache
def edition(org: str) -> Edition:
    return read_document(ROOT / "knowledge" / "documents" / org / "rules.txt", OrgId(org))


def ask(org: str, question: str) -> Answer | None:
    return tables().answer(edition(org), question)


# office, question -> article, words of the answer
ANSWERED = [
    (CHANGLE, "全体会议归谁主持", 45, "县长"),
    (CHANGLE, "县长出差那周的常务会由谁主持", 46, "负责县政府常务工作的副县长"),
    (CHANGLE, "县长不在，常务会让谁主持", 46, "负责县政府常务工作的副县长"),
    (CHANGLE, "专题会议由谁召集", 47, "县政府办公室有关负责同志"),
    (CHANGLE, "常务会议的组成人员是哪些人", 46, "县长、副县长、县政府党组成员"),
    (CHANGLE, "哪些人固定列席常务会", 46, "发改局、司法局、财政局"),
    (CHANGLE, "常务会议每个月开几次", 46, "每月召开1-2次"),
    (CHANGLE, "常务会必须有多少人到会才有效", 46, "二分之一"),
    (CHANGLE, "常务会可不可以远程参加", 49, "网络视频方式"),
    (CHANGLE, "县政府实行哪几种会议", 44, "全体会议、常务会议和专题会议"),
    (CHANGLE, "谁可以提出常务会的议题", 48, "由县长、副县长提出"),
    (CHANGLE, "下属事业单位想报个议题上会怎么报", 48, "通过其主管部门提出"),
    (CHANGLE, "上会的议题最后由谁确定", 48, "县长确定"),
    (CHANGLE, "临时提的议题常务会受理吗", 48, "一般不予受理"),
    (CHANGLE, "议题材料谁来审签", 48, "分管副县长及协助其工作的"),
    (CHANGLE, "召开全县性工作会议找谁批", 51, "分管副县长、县长批准"),
    (CHANGLE, "市里想在咱们县开现场会，能答应吗", 51, "报告县委、县政府同意"),
    (CHANGLE, "工作会议最长开多长时间", 51, "不超过半天"),
    (CHANGLE, "县领导每年下基层多少天", 92, "不少于2个月"),
    (CHANGLE, "四不两直占多大比例", 92, "不低于50%"),
    (CHANGLE, "县长来调研镇里谁陪同", 92, "党政主要负责同志陪同时最多一人"),
    (CHANGLE, "请副县长给新店剪彩可以吗", 94, "不参加剪彩"),
    (SHUANGTAIZI, "区长不在，常务会由谁主持", 38, "负责日常工作的副区长"),
    (SHUANGTAIZI, "区长办公会议谁主持", 40, "受区长委托的副区长"),
    (SHUANGTAIZI, "业务会议多久召开一次", 41, "不定期"),
    (SHUANGTAIZI, "全体会议隔多久开一次", 37, "每半年"),
    (SHUANGTAIZI, "常务会由谁列席", 38, "组成部门主要负责人"),
    (SHUANGTAIZI, "常务会议的组织工作由谁承办", 42, "区政府办公室"),
    (SHUANGTAIZI, "区长办公会的议题谁提出", 40, "区长提出"),
    (SHUANGTAIZI, "上会的议题归谁拍板", 39, "区长确定"),
    (SHUANGTAIZI, "会议文件谁起草", 39, "议题汇报部门"),
    (SHUANGTAIZI, "开全区性会议怎么报批", 43, "分管领导同志同意"),
    (SHUANGTAIZI, "每人每年下基层调研多长时间", 74, "60天"),
    (SHUANGTAIZI, "区长能不能给我们写个序", 75, "不题词、题字、作序"),
    (FENGHUANG, "主任会议谁主持", 9, "办公室主任委托办公室副主任"),
    (FENGHUANG, "专题会由谁主持", 5, "副县长"),
    (FENGHUANG, "主任出差了主任会谁主持", 9, "办公室副主任"),
    (FENGHUANG, "办公室党组会多长时间开一次", 9, "每月召开1次"),
    (FENGHUANG, "办公室党组会来多少人才能开", 9, "半数以上"),
    (FENGHUANG, "党组会研究处分党员要多少人到会", 9, "2/3以上"),
    (FENGHUANG, "常务会由哪个室承办", 5, "文秘办"),
    (FENGHUANG, "专题会议定的事项谁来督办", 8, "相关工作联络员"),
    (FENGHUANG, "常务会每月最多上几个议题", 6, "不超过15个"),
    (FENGHUANG, "常务会的材料要提前几天报", 6, "提前1天"),
    (FENGHUANG, "办公室有哪几种会", 9, "主任会议、全体干部会议"),
    (XIANYANG, "市长不能出席时常务会议由谁主持", 40, "常务副市长"),
    (XIANYANG, "市长办公会由谁召集", 41, "市长"),
    (XIANYANG, "常务会每月开几次", 40, "每月召开两次"),
    (XIANYANG, "市长办公会议哪些人参加", 41, "有关副市长"),
    (XIANYANG, "常务会上汇报能讲多久", 43, "10分钟"),
    (XIANYANG, "讨论发言最多几分钟", 43, "5分钟"),
    (XIANYANG, "电视电话会议最多开多久", 47, "60分钟"),
    (XIANYANG, "全市性会议安排几位领导出席", 47, "一名领导"),
    (XIANYANG, "召开全市性会议怎么报批", 46, "常务会议或市政府主要领导"),
    (XIANYANG, "财政预算要拿到哪个会上定", 18, "全体会议或市政府常务会议"),
    (YUNYANG, "县长不在常务会谁来主持", 46, "常务副县长"),
    (YUNYANG, "党组会由谁召集", 6, "县长"),
    (YUNYANG, "县长办公会议多久开一次", 47, "每季度初"),
    (YUNYANG, "专题会议的议题由谁定", 48, "会议主持人确定"),
    (YUNYANG, "专题会议由谁承办", 50, "负责该项工作的单位"),
    (YUNYANG, "要乡镇长参加的工作会谁批准", 51, "县长批准"),
    (YUNYANG, "请街道分管领导参加的会谁批", 51, "报分管副县长批准"),
    (YUNYANG, "全县性会议用什么形式召开", 51, "视频会议"),
    (YUNYANG, "常务会我想叫副局长替我去行吗", 49, "安排本单位分管副职参加"),
]


@pytest.mark.parametrize(("org", "question", "article", "words"), ANSWERED)
def test_what_a_table_of_meetings_decides_is_answered_from_its_row(
    org: str, question: str, article: int, words: str
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].article == article
    assert words in answer.answer
    assert answer.answer in answer.citations[0].quote
    assert all(citation.quote in edition(org).text for citation in answer.citations)


# office, question -> how many choices
OPEN = [
    (CHANGLE, "会议由谁主持", 3),
    (CHANGLE, "哪些人参加会议", 3),
    (CHANGLE, "领导来调研谁陪同", 2),
    (SHUANGTAIZI, "会议多久开一次", 4),
    (SHUANGTAIZI, "议题由谁提出", 4),
    (FENGHUANG, "谁来主持会议", 6),
    (FENGHUANG, "会议由谁承办", 6),
    (XIANYANG, "会议多久召开一次", 3),
    (YUNYANG, "会议谁主持", 5),
    (YUNYANG, "议题由谁确定", 3),
]


@pytest.mark.parametrize(("org", "question", "choices"), OPEN)
def test_a_meeting_that_is_not_named_is_asked_for_and_each_choice_is_answered(
    org: str, question: str, choices: int
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.CLARIFY
    assert len(answer.options) == choices <= MOST_BUTTONS
    for option in answer.options:
        chosen = ask(org, option)
        assert chosen is not None, option
        assert chosen.status is not AnswerStatus.SILENT, option
        assert chosen.options or chosen.citations, option


# office, question -> article that is shown as the nearest
UNWRITTEN = [
    (CHANGLE, "全体会议一年开几次", 45),
    (CHANGLE, "县长不在全体会谁主持", 45),
    (CHANGLE, "常务会的材料提前几天报送", 48),
    (SHUANGTAIZI, "常务会来多少人才能开", 38),
    (SHUANGTAIZI, "常务会材料提前多久送", 39),
    (FENGHUANG, "常务会多久开一次", 5),
    (FENGHUANG, "常务会由谁主持", 5),
    (FENGHUANG, "召开全县性会议怎么报批", 10),
    (XIANYANG, "专题会议多久开一次", 42),
    (XIANYANG, "常务会能让副局长替我参加吗", 44),
    (YUNYANG, "常务会要多少人到会才算数", 46),
    (YUNYANG, "常务会的议题由谁确定", 46),
]


@pytest.mark.parametrize(("org", "question", "article"), UNWRITTEN)
def test_what_no_rule_says_of_a_meeting_is_said_to_be_unwritten(
    org: str, question: str, article: int
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert answer.status is AnswerStatus.SILENT
    assert answer.answer == ""
    assert answer.citations[0].article == article


# office, question -> articles of the steps, in order
PROCEDURES = [
    (CHANGLE, "召开全县性会议怎么报批", [51, 51, 51]),
    (CHANGLE, "常务会的议题怎么上会", [48, 48, 48, 48]),
    (CHANGLE, "谁列席常务会", [46, 46, 46]),
    (SHUANGTAIZI, "召开全区性会议怎么报批", [43, 43]),
    (SHUANGTAIZI, "议题怎么上会", [24, 39, 39, 39, 39]),
    (FENGHUANG, "议题怎么报", [6] * 7),
    (FENGHUANG, "哪些情况不予上会", [6] * 10),
    (XIANYANG, "召开全市性会议怎么报批", [46, 46]),
    (YUNYANG, "召开全县性会议怎么报批", [51, 51, 51, 51]),
    (YUNYANG, "哪些议题不能上常务会", [46, 51]),
]


@pytest.mark.parametrize(("org", "question", "articles"), PROCEDURES)
def test_a_procedure_is_told_step_by_step_each_with_its_article(
    org: str, question: str, articles: list[int]
) -> None:
    answer = ask(org, question)

    assert answer is not None
    assert [step.article for step in answer.steps] == articles
    assert answer.answer in answer.citations[0].quote
    assert set(answer.steps) <= set(answer.citations)
    for number, step in enumerate(answer.steps, start=1):
        assert f"{number}. “{step.quote}”（{step.label}）" in answer.text


def test_a_number_that_the_copy_may_have_lost_is_told_with_a_warning() -> None:
    answer = ask(YUNYANG, "全体会议一年开几次")

    assert answer is not None
    assert answer.answer == "每年召开12次（原文此处疑缺字）"
    assert answer.citations[0].quote.startswith("县政府全体会议一般每年召开12次")
    assert "可能缺字" in answer.text


# Other sides of a meeting, other subjects in the same words, and people of whom nothing is written.
OTHERS = [
    (CHANGLE, "副县长不在专题会谁主持"),
    (CHANGLE, "书记不在常务会谁主持"),
    (CHANGLE, "市长不在常务会谁主持"),
    (CHANGLE, "县长办公会谁参加"),
    (CHANGLE, "下次常务会什么时候开"),
    (CHANGLE, "常务会今年开了几次"),
    (CHANGLE, "党委会由谁主持"),
    (CHANGLE, "常务会学习由谁主持"),
    (CHANGLE, "部门的会议谁主持"),
    (CHANGLE, "召开全县性会议要提前几天报"),
    (CHANGLE, "下去调研住几天"),
    (SHUANGTAIZI, "专题会议多久开一次"),
    (SHUANGTAIZI, "常务会议通知谁发"),
    (SHUANGTAIZI, "县领导一年写几篇调研报告"),
    (FENGHUANG, "主任会议的记录谁负责"),
    (FENGHUANG, "企业能不能报议题"),
    (XIANYANG, "领导下基层每年多少天"),
    (XIANYANG, "常务会开多久"),
    (YUNYANG, "县长能来剪彩吗"),
    (YUNYANG, "常务会议定的事谁督办"),
]


@pytest.mark.parametrize(("org", "question"), OTHERS)
def test_what_is_not_clearly_about_a_tables_side_of_a_meeting_is_left_to_the_search(
    org: str, question: str
) -> None:
    assert ask(org, question) is None


@pytest.mark.parametrize(
    ("question", "article"),
    [("常务会谁主持", 40), ("常务会纪要谁签发", 45), ("常务会谁参加不了要请假，找谁", 44)],
)
def test_chair_minutes_and_absence_of_one_meeting_are_told_apart(
    question: str, article: int
) -> None:
    answer = ask(XIANYANG, question)

    assert answer is not None
    assert answer.citations[0].article == article
