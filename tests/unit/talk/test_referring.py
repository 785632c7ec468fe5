from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.people import OrgId
from bot.core.talk import Place, Topic, Wish
from knowledge.answer.offices import OfficeNames
from knowledge.answer.openings import is_courtesy, opening_of
from knowledge.answer.talk import TalkReader
from knowledge.search.words import shared_words
from tests.fakes.rules import small_edition

OWN, OTHER = OrgId("changle"), OrgId("yunyang")
FIRST = Topic(OWN, "公章谁保管", places=(Place(OWN, 63, None, "印章"),))
SECOND = Topic(OTHER, "副县长休假跟谁请假", places=(Place(OTHER, 59, None, "请假"),))
SEVERAL = replace(SECOND, org=OWN, parts=(FIRST, SECOND))
LATER = Topic(OWN, "规范性文件谁审查", earlier=(SECOND, FIRST))
OPEN = Topic(OWN, "谁签发这个文件", ("会议纪要由谁签发？", "规范性文件由谁签发？"))


@pytest.fixture
def reader() -> TalkReader:
    """Knows two offices."""
    titles = {OWN: "昌乐县人民政府工作规则", OTHER: "云阳县人民政府工作规则"}
    editions = [replace(small_edition(), org=org, title=title) for org, title in titles.items()]
    return TalkReader(OfficeNames(editions), shared_words())


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("第一个是哪条", FIRST),
        ("后一个出自哪里", SECOND),
        ("最后一个的依据", SECOND),
        ("云阳那条是第几条", SECOND),
    ],
)
def test_one_of_several_answers_is_counted_off_or_named_by_its_office(
    reader: TalkReader, said: str, about: Topic
) -> None:
    heard = reader.read(said, OWN, SEVERAL)

    assert (heard.wish, heard.about) == (Wish.SOURCE, about)


@pytest.mark.parametrize("said", ["刚才请假那个事,要提前几天", "回到请假的问题,那局长呢"])
def test_an_earlier_subject_is_come_back_to_by_its_name(reader: TalkReader, said: str) -> None:
    heard = reader.read(said, OWN, LATER)

    assert heard.about == SECOND
    assert heard.wish is Wish.FOLLOW


@pytest.mark.parametrize("said", ["第二个", "第二种情况", "规范性文件那种"])
def test_a_case_that_was_offered_is_picked_by_its_number_or_its_words(
    reader: TalkReader, said: str
) -> None:
    assert reader.read(said, OWN, OPEN).question == OPEN.options[1]


@pytest.mark.parametrize("said", ["都问", "都说说", "每种都讲下", "我也不清楚"])
def test_every_case_is_answered_to_who_wants_all_or_does_not_know(
    reader: TalkReader, said: str
) -> None:
    assert reader.questions(said, OPEN.options) == list(OPEN.options)


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("不是这个,我问的是镇街的", "镇街的"),
        ("不是局长,是副局长", "副局长"),
        ("我的意思是局长出差谁批", "局长出差谁批"),
    ],
)
def test_a_correction_is_what_comes_after_it(said: str, rest: str) -> None:
    opening = opening_of(said)

    assert (opening.rest, opening.corrects) == (rest, True)


@pytest.mark.parametrize("said", ["换个问题,公章谁保管", "算了,问别的,公章谁保管"])
def test_after_a_change_of_subject_nothing_leans_on_the_last(reader: TalkReader, said: str) -> None:
    assert reader.read(said, OWN, LATER).wish is Wish.ASK


@pytest.mark.parametrize(("said", "is_one"), [("好嘞", True), ("好的收到", True), ("好久", False)])
def test_a_courtesy_asks_nothing(said: str, is_one: bool) -> None:
    assert is_courtesy(said) is is_one


@pytest.mark.parametrize("said", ["没看懂", "说人话", "换个说法", "太长了,简单点说"])
def test_who_did_not_understand_hears_the_answer_in_brief(reader: TalkReader, said: str) -> None:
    assert reader.read(said, OWN, SECOND).wish is Wish.PLAIN
    assert reader.goes_on(said, SECOND)


def test_a_change_of_subject_goes_to_the_rules_with_or_without_a_last_question(
    reader: TalkReader,
) -> None:
    assert reader.goes_on("那换个问题,专题会谁主持", Topic(OWN))
    assert reader.goes_on("换个问题,专题会谁主持", SECOND)
    assert not reader.goes_on("没看懂", Topic(OWN))
