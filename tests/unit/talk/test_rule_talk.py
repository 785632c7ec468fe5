from __future__ import annotations

import pytest

from bot.core.rules import AnswerStatus
from bot.core.talk import Topic
from bot.services.rule_talk import RuleTalk
from tests.fakes.desks import CHANGLE, YUNYANG, Desks

NOTHING = Topic(CHANGLE)


@pytest.fixture
def desks() -> Desks:
    return Desks()


@pytest.fixture
def talk(desks: Desks) -> RuleTalk:
    """Over a rule book that answers everything."""
    return desks.wiring().rule_talk


def test_every_office_stands_in_one_table_with_its_own_citation(talk: RuleTalk) -> None:
    [message], _ = talk.say(CHANGLE, "两个地方常务会谁主持，对比一下", NOTHING)

    assert [line.split("｜")[0] for line in message.text.splitlines()[1:]] == ["昌乐县", "云阳县"]
    assert [citation.org for citation in message.citations] == [CHANGLE, YUNYANG]


def test_an_office_that_says_nothing_stands_in_the_table_as_such(
    talk: RuleTalk, desks: Desks
) -> None:
    desks.rules.status = AnswerStatus.SILENT

    [message], _ = talk.say(CHANGLE, "两个地方常务会谁主持，对比一下", NOTHING)

    assert message.text.count("未写明") == 2
    assert message.citations == ()


def test_a_doubtful_answer_of_an_office_that_was_not_asked_is_no_row_of_the_table(
    talk: RuleTalk, desks: Desks
) -> None:
    desks.rules.confidence = 0.84

    [message], _ = talk.say(CHANGLE, "两个地方常务会谁主持，对比一下", NOTHING)

    own, other = message.text.splitlines()[1:]
    assert "第60条" in own
    assert other == "云阳县｜没有找到说得准的条文｜请点按钮细看"
    assert [citation.org for citation in message.citations] == [CHANGLE]
    assert len(message.buttons) == 1


def test_each_of_several_questions_has_a_heading_and_its_own_citations(talk: RuleTalk) -> None:
    messages, topic = talk.say(CHANGLE, "常务会谁主持？纪要谁签发？", NOTHING)

    assert [message.text.splitlines()[0] for message in messages] == [
        "【1】常务会谁主持？",
        "【2】纪要谁签发？",
    ]
    assert all(len(message.citations) == 1 for message in messages)
    assert topic.question == "纪要谁签发？"


def test_more_than_five_questions_are_not_answered_at_once(talk: RuleTalk) -> None:
    messages, _ = talk.say(CHANGLE, "常务会谁主持？" * 7, NOTHING)

    assert len(messages) == 6
    assert "最多答5个" in messages[-1].text


def test_alone_several_questions_are_answered_in_one_text(talk: RuleTalk) -> None:
    answer = talk.answer(CHANGLE, "常务会谁主持？纪要谁签发？")

    assert answer.answer in answer.citations[0].quote
    assert "【1】" in answer.text
    assert "【2】" in answer.text
    assert len(answer.citations) == 2


def test_the_last_answer_is_said_again_and_its_place_named(talk: RuleTalk) -> None:
    [said], topic = talk.say(CHANGLE, "常务会谁主持", NOTHING)

    [again], topic = talk.say(CHANGLE, "再说一遍", topic)
    [source], _ = talk.say(CHANGLE, "第几条说的", topic)

    assert again.text == said.text
    assert source.text.startswith("见第60条")


def test_after_a_refusal_it_is_said_that_nothing_was_cited(talk: RuleTalk, desks: Desks) -> None:
    desks.rules.status, desks.rules.text = AnswerStatus.SILENT, "规则没有写明。"
    _, topic = talk.say(CHANGLE, "食堂几点开饭", NOTHING)

    [source], topic = talk.say(CHANGLE, "第几条说的", topic)
    [original], _ = talk.say(CHANGLE, "原文发我看看", topic)

    assert "没有引用" in source.text
    assert "第60条只是最接近的规定" in source.text
    assert source.citations == ()
    assert original.text.startswith("规则没有写明")


def test_a_refusal_that_tells_what_is_written_has_a_source(talk: RuleTalk, desks: Desks) -> None:
    desks.rules.status, desks.rules.text = AnswerStatus.SILENT, "规则没有写明提前几天，只写明事先。"
    _, topic = talk.say(CHANGLE, "外出提前几天", NOTHING)

    [source], _ = talk.say(CHANGLE, "第几条说的", topic)

    assert source.text.startswith("见第60条")


def test_before_the_case_is_named_nothing_is_cited_and_the_cases_are_offered_again(
    talk: RuleTalk, desks: Desks
) -> None:
    desks.rules.status, desks.rules.options = AnswerStatus.CLARIFY, ("常务会议纪要", "专题会议纪要")
    _, topic = talk.say(CHANGLE, "谁签发这个文件", NOTHING)

    [source], _ = talk.say(CHANGLE, "第几条", topic)

    assert source.citations == ()
    assert [button.say for button in source.buttons] == ["常务会议纪要", "专题会议纪要"]


def test_the_article_after_the_cited_one_is_looked_up(talk: RuleTalk, desks: Desks) -> None:
    _, topic = talk.say(CHANGLE, "常务会谁主持", NOTHING)

    talk.say(CHANGLE, "下一条", topic)

    assert desks.rules.asked[-1] == (CHANGLE, "第六十一条")


@pytest.mark.parametrize("said", ["张县长是谁", "县长电话多少", "你帮我批一下", "第几条说的"])
def test_what_is_no_question_to_the_rules_is_not_put_to_them(
    talk: RuleTalk, desks: Desks, said: str
) -> None:
    [message], topic = talk.say(CHANGLE, said, NOTHING)

    assert desks.rules.asked == []
    assert message.text
    assert topic == NOTHING or topic.question == ""


def test_an_article_that_does_not_exist_is_nothing_for_the_office_to_answer(
    talk: RuleTalk, desks: Desks
) -> None:
    desks.rules.status = AnswerStatus.NOT_FOUND

    [message], _ = talk.say(CHANGLE, "第九百条", NOTHING)

    assert "转给办公室" not in message.text
    with desks.database.unit_of_work() as uow:
        assert uow.unanswered.listing(CHANGLE) == []
