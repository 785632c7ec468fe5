from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.core.people import OrgId
from bot.core.talk import Topic, Wish
from knowledge.answer.offices import OfficeNames
from knowledge.answer.talk import TalkReader
from knowledge.search.words import shared_words
from tests.fakes.rules import small_edition

OWN, DISTRICT, CITY = OrgId("changle"), OrgId("shuangtaizi"), OrgId("xianyang")
TITLES = {
    OWN: "昌乐县人民政府工作规则",
    DISTRICT: "盘锦市双台子区人民政府工作规则",
    CITY: "咸阳市人民政府工作规则(试行)",
}
NOTHING = Topic(OWN)
LEAVE = Topic(OWN, "副县长外出谁批")
OTHER = Topic(DISTRICT, "副区长外出谁批")


@pytest.fixture
def reader() -> TalkReader:
    """Knows three offices."""
    editions = [replace(small_edition(), org=org, title=title) for org, title in TITLES.items()]
    return TalkReader(OfficeNames(editions), shared_words())


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("再说一遍", Wish.REPEAT),
        ("第几条说的", Wish.SOURCE),
        ("有依据吗", Wish.SOURCE),
        ("原文发我看看", Wish.ORIGINAL),
        ("出自哪个文件", Wish.SOURCE),
        ("条款号多少", Wish.SOURCE),
        ("你根据啥说的", Wish.SOURCE),
        ("真的吗", Wish.SOURCE),
        ("能把原文发来吗", Wish.ORIGINAL),
        ("原话是啥", Wish.ORIGINAL),
        ("把那条发我看看", Wish.ORIGINAL),
        ("下一条呢", Wish.TURN),
        ("接着说下一条", Wish.TURN),
        ("下面那条说的哪样", Wish.TURN),
        ("前一条写了啥", Wish.TURN),
        ("接着往下念", Wish.TURN),
        ("发文件要什么依据", Wish.ASK),
        ("规则是根据什么定的", Wish.FOLLOW),
        ("第五项呢", Wish.ITEM),
        ("五个地方对比一下", Wish.COMPARE),
        ("其他几个地方怎么规定", Wish.COMPARE),
        ("别的县呢", Wish.COMPARE),
        ("其他几家都是谁批", Wish.COMPARE),
        ("这个在第几条写着", Wish.SOURCE),
        ("他们那条原话咋说的", Wish.ORIGINAL),
        ("张县长是谁", Wish.PERSON),
        ("县长电话多少", Wish.PERSON),
        ("你帮我批一下", Wish.DECIDE),
        ("第83条到第85条", Wish.LOOK_UP),
        ("那局长呢", Wish.FOLLOW),
        ("跟谁请", Wish.FOLLOW),
        ("规范性文件谁审查", Wish.ASK),
        ("文件是谁签的", Wish.ASK),
        ("召集人是谁", Wish.FOLLOW),
        ("值班电话是多少", Wish.FOLLOW),
        ("邀请外县来的客人谁批", Wish.FOLLOW),
        ("请问食堂早上几点开门中午晚上又是几点关门的", Wish.ASK),
        ("各县区主要负责人外出向谁请假", Wish.ASK),
    ],
)
def test_what_a_sentence_wants(reader: TalkReader, said: str, wish: Wish) -> None:
    assert reader.read(said, OWN, LEAVE).wish is wish


def test_another_office_is_asked_in_its_own_words(reader: TalkReader) -> None:
    heard = reader.read("双台子区怎么规定的", OWN, LEAVE)

    assert (heard.wish, heard.org, heard.question) == (Wish.ASK, DISTRICT, "副区长外出谁批")


@pytest.mark.parametrize(
    ("said", "asked"),
    [("双台子那边要提前几天报", "要提前几天报"), ("那我们的几天报", "那几天报")],
)
def test_the_words_that_name_an_office_are_no_part_of_the_question(
    reader: TalkReader, said: str, asked: str
) -> None:
    heard = reader.read(said, OWN, OTHER)

    assert (heard.wish, heard.question) == (Wish.FOLLOW, asked)


def test_the_government_above_changes_with_the_office(reader: TalkReader) -> None:
    put = reader.in_words_of("以县政府名义报市里的请示谁签发", OWN, CITY)

    assert put == "以市政府名义报省里的请示谁签发"


@pytest.mark.parametrize(
    ("said", "org"),
    [
        ("那他们局长呢", DISTRICT),
        ("那局长呢", DISTRICT),
        ("那副县长呢", OWN),
        ("我们县呢", OWN),
        ("规范性文件谁审查", OWN),
    ],
)
def test_what_follows_another_offices_answer_stays_there_only_if_it_means_to(
    reader: TalkReader, said: str, org: OrgId
) -> None:
    assert reader.read(said, OWN, OTHER).org == org


def test_without_a_question_to_compare_one_is_asked_for(reader: TalkReader) -> None:
    assert reader.read("别的县呢", OWN, NOTHING).wish is Wish.NAME_OFFICE
    assert reader.read("咸阳市怎么规定的", OWN, NOTHING).wish is Wish.NAME_QUESTION


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("其他几家副县长外出都咋定的", "副县长外出谁批"),
        ("别的几家都是谁批", "副县长外出谁批"),
        ("别的几家要提前几天", "副县长外出要提前几天"),
        ("各家在题词上都咋规定的", "在题词上咋规定的"),
    ],
)
def test_what_names_nothing_new_compares_the_last_question(
    reader: TalkReader, said: str, asked: str
) -> None:
    heard = reader.read(said, OWN, LEAVE)

    assert (heard.wish, heard.question) == (Wish.COMPARE, asked)


def test_a_case_alone_completes_a_question_that_was_not_answered(reader: TalkReader) -> None:
    assert reader.read("县长的印章", OWN, LEAVE).wish is Wish.FOLLOW


def test_a_case_in_ones_own_words_completes_the_question_left_open(reader: TalkReader) -> None:
    open_topic = Topic(OWN, "谁签发这个文件", ("规范性文件由谁签发？",))

    assert reader.read("常务会议纪要", OWN, open_topic).wish is Wish.FOLLOW
    assert reader.read("常务会议纪要", OWN, NOTHING).wish is Wish.ASK


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("镇里办活动,请柬直接寄给副县长本人可以吧", Wish.ASK),
        ("这样可以吧", Wish.FOLLOW),
        ("谁主持", Wish.FOLLOW),
    ],
)
def test_what_names_its_own_matter_leans_on_nothing(
    reader: TalkReader, said: str, wish: Wish
) -> None:
    assert reader.read(said, OWN, LEAVE, may_lean=True).wish is wish


@pytest.mark.parametrize(
    "text", ["看" * 2000, "的" * 2000, "县" * 2000, "第一" * 1000, "是谁" * 1000]
)
def test_no_sentence_takes_the_reader_long(reader: TalkReader, text: str) -> None:
    begun = time.process_time()

    for part in reader.questions(text):
        reader.read(part, OWN, LEAVE, may_lean=True)

    assert time.process_time() - begun < 1
