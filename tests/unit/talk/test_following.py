from __future__ import annotations

import pytest

from knowledge.answer.following import is_partial, merge
from knowledge.search.words import shared_words

FOLLOWED = [
    ("县长外出谁批", "那副县长呢", "副县长外出谁批"),
    ("副县长外出谁批", "那付县长呢", "副县长外出谁批"),
    ("副县长外出谁批", "要提前几天呢", "副县长外出要提前几天"),
    ("副县长外出谁批", "那要向县长报告吗", "副县长外出要向县长报告吗"),
    ("乡镇长外出谁批", "那街道呢", "街道主要负责人外出谁批"),
    ("请两天假谁批", "要是超过一周呢", "请一周以上假谁批"),
    ("请一天假谁批", "一天半呢", "请一天半假谁批"),
    ("报8000块谁批", "要是三万呢", "报三万谁批"),
    ("常务会多久开一次", "那全体会呢", "全体会多久开一次"),
    ("局长外出谁批", "那常务会呢", "局长不能参加常务会向谁请假"),
    ("县政府会议纪要谁签发", "那市里的文呢", "报市里的文谁签发"),
    ("县政府的文件谁签发", "那政府办的呢", "政府办的文件谁签发"),
    ("专题会纪要谁签发", "副县长主持的呢", "副县长主持的专题会纪要谁签发"),
    ("谁签发这个文件", "常务会议纪要", "常务会议纪要由谁签发"),
    ("一般公文几天办结", "特别急的呢", "紧急公文几天办结"),
    ("局长外出谁批", "县长不在呢", "县长外出期间由谁主持工作"),
    ("区长出差了谁顶着", "副区长出差呢", "副区长出差了谁顶着"),
    ("局长一年最多能休几天假", "那请假要走什么程序", "局长请假要走什么程序"),
    ("合法性审查留几天", "谁审", "合法性审查谁审"),
    ("常务会议题一个月最多能上几个", "要提前几天", "常务会议题要提前几天"),
    ("常务会多久开一次", "全体干部会呢", "全体干部会多久开一次"),
    ("副市长外出跟谁请假", "市长自己呢", "市长外出跟谁请假"),
    ("督查通报最后呈给谁签发", "起草呢", "督查通报由谁起草"),
    ("督查通报谁起草", "签发呢", "督查通报由谁签发"),
    ("秘书长主要管啥", "市长助理呢", "市长助理主要管啥"),
    ("县长办公会谁主持", "全体会嘞", "全体会谁主持"),
    ("局长外出向谁请假", "那副局长外出要提前几天请假", "副局长外出要提前几天请假"),
]


@pytest.mark.parametrize(("previous", "said", "meant"), FOLLOWED)
def test_a_follow_up_replaces_the_fact_of_its_kind(previous: str, said: str, meant: str) -> None:
    assert merge(previous, said, shared_words()).question == meant


@pytest.mark.parametrize("said", ["跟谁请", "一个月最多能上几个", "谁负责", "能叫分管副局长去吗"])
def test_a_question_without_a_subject_is_partial(said: str) -> None:
    assert is_partial(said, shared_words())


@pytest.mark.parametrize(
    "said",
    ["报8000块谁批", "车怎么派", "食堂几点开饭", "谁会签", "规范性文件谁审查", "值一晚上补贴多少"],
)
def test_a_question_that_names_its_subject_is_not(said: str) -> None:
    assert not is_partial(said, shared_words())


ALIKE = [
    ("常务会上汇报发言最多几分钟", "讨论发言呢", "常务会上讨论发言最多几分钟"),
    ("县政府的公章用一下谁点头", "县长的私章呢", "县长的私章用一下谁点头"),
    ("区长批的速办件几天反馈", "一般件呢", "区长批的一般件几天反馈"),
]


@pytest.mark.parametrize(("previous", "said", "meant"), ALIKE)
def test_what_is_of_the_same_kind_takes_its_place(previous: str, said: str, meant: str) -> None:
    assert meant in merge(previous, said, shared_words()).others


def test_what_was_asked_before_is_no_part_of_the_subject() -> None:
    meant = merge("县长办公会好久开一回", "哪个主持", shared_words())

    assert meant.question == "县长办公会谁主持"


def test_going_out_again_is_no_absence() -> None:
    meant = merge("副县长出县提前几天打报告", "乡镇一把手出去呢", shared_words())

    assert meant.question == "乡镇一把手出县提前几天打报告"


def test_a_deputys_absence_is_not_looked_for_where_the_heads_stands() -> None:
    nearby = merge("常务会谁主持", "副县长出差呢", shared_words()).nearby

    assert nearby is not None
    assert not nearby.search("由县长委托常务副县长召集和主持")
