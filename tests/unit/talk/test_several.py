from __future__ import annotations

import pytest

from knowledge.answer.several import questions_in
from knowledge.search.words import shared_words

SEVERAL = [
    ("常务会谁主持？纪要谁签发？", ["常务会谁主持？", "纪要谁签发？"]),
    ("1.常务会多久开一次 2.纪要谁签发", ["常务会多久开一次", "纪要谁签发"]),
    ("规范性文件谁审查，另外常务会多久开一次", ["规范性文件谁审查", "常务会多久开一次"]),
    ("常务会纪要谁签发，专题会纪要谁签发", ["常务会纪要谁签发", "专题会纪要谁签发"]),
    ("副县长外出谁批？局长呢？", ["副县长外出谁批？", "局长呢？"]),
    ("请半天假谁批,两天呢", ["请半天假谁批", "两天呢"]),
    ("一是常务会多久开一次，二是议题谁来定", ["常务会多久开一次，", "议题谁来定"]),
    ("副县长和局长外出分别谁批", ["副县长外出谁批", "局长外出谁批"]),
    ("业务会的议题谁提,开完纪要又是谁签", ["业务会的议题谁提", "开完纪要又是谁签"]),
    ("俩问题:谁签发纪要?常务会谁主持?", ["谁签发纪要?", "常务会谁主持?"]),
    ("常务会、全体会多久开一次", ["常务会多久开一次", "全体会多久开一次"]),
]
ONE = [
    "局里来了个外地客商。我们想请副县长出席，向谁报？",
    "我们局长要出去，谁批，要提前几天",
    "县长不在家的时候，文件找哪个签字，能不能代签",
    "能不能帮我看看？常务会多久开一次",
    "常务会多久开一次？谢谢",
    "县长和常务副县长都不在谁主持常务会",
    "几家单位意见还没扯拢的题目，能上常务会不",
]


@pytest.mark.parametrize(("text", "questions"), SEVERAL)
def test_several_questions_are_told_apart(text: str, questions: list[str]) -> None:
    assert questions_in(text, shared_words()) == questions


@pytest.mark.parametrize("text", ONE)
def test_a_question_with_its_story_stays_whole(text: str) -> None:
    assert questions_in(text, shared_words()) == [text]


def test_of_a_pasted_page_the_question_at_its_end_is_asked() -> None:
    page = "为加强会议管理，现将有关事项通知如下。各单位要高度重视。" * 30

    assert questions_in(f"{page}常务会议纪要谁签发？", shared_words()) == ["常务会议纪要谁签发？"]
