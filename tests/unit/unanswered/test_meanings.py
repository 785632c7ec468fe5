from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.core.unanswered import Meaning
from knowledge.meaning.normal_form import normal_form
from knowledge.meaning.questions import QuestionMeanings
from tests.fakes.embedder import FakeEmbedder

PAIRS = Path(__file__).parents[2] / "eval" / "unanswered"


@pytest.fixture
def meanings() -> QuestionMeanings:
    return QuestionMeanings(FakeEmbedder())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("出差补助一天多少", "请问出差补贴每天多少钱？"),
        ("能不能借阅档案原件", "可以借阅档案原件吗"),
        ("报销1万元谁签字", "报销一万块由谁签字"),
        ("三天以内的事假谁批", "3天之内的事假由谁批准"),
        ("停车证去哪办", "停车证在哪里办理"),
    ],
)
def test_the_same_in_other_words_has_one_normal_form(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三楼大会议室怎么预定", "二楼大会议室怎么预定"),
        ("三楼大会议室怎么预定", "三楼大会议室谁管"),
        ("怀孕可以值夜班吗", "怀孕可以不值夜班吗"),
        ("副局长能不能在外兼职", "局长能不能在外兼职"),
        ("三天以内的事假找谁批", "三天以上的事假找谁批"),
        ("食堂几点开饭", "食堂周末几点开饭"),
        ("局长出差副局长批吗", "副局长出差局长批吗"),
    ],
)
def test_what_contradicts_is_not_the_same(meanings: QuestionMeanings, one: str, other: str) -> None:
    assert meanings.same(meanings.read(one), [meanings.read(other)]) is None


@pytest.mark.parametrize("part", ["fit", "judged"])
def test_no_pair_that_asks_something_else_is_the_same(part: str) -> None:
    topics = yaml.safe_load((PAIRS / f"{part}.yml").read_text(encoding="utf-8"))
    wrong = [
        (one, other)
        for topic in topics
        for one in topic["same"]
        for other in topic["other"]
        if sorted(normal_form(one)) == sorted(normal_form(other))
    ]

    assert wrong == []


def test_the_nearest_of_several_is_taken(meanings: QuestionMeanings) -> None:
    others = [meanings.read(text) for text in ("停车证怎么办", "食堂几点开饭", "食堂何时开饭")]

    assert meanings.alike(meanings.read("请问食堂什么时候开饭"), others) == 1


def test_numbers_must_agree_for_one_matter(meanings: QuestionMeanings) -> None:
    one, other = "工龄8年的同志年休假能休几天", "工龄9年的同志年休假能休几天"

    assert meanings.alike(meanings.read(one), [meanings.read(other)]) is None


def test_vectors_of_another_model_are_not_compared(meanings: QuestionMeanings) -> None:
    asked = meanings.read("县政府办公室机关食堂北门停车场出入证谁办理")
    reordered = meanings.read("谁办理县政府办公室机关食堂北门停车场出入证")
    stranger = Meaning(reordered.normal, "another", reordered.vector)

    assert meanings.same(asked, [reordered]) == 0
    assert meanings.same(asked, [stranger]) is None


def test_what_says_nothing_means_nothing(meanings: QuestionMeanings) -> None:
    nothing = meanings.read("？？？")

    assert nothing.normal == ""
    assert meanings.alike(nothing, [nothing]) is None
