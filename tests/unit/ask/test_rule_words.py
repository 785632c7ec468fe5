from __future__ import annotations

from dataclasses import replace

from bot.adapters.texts import YamlTexts
from bot.core.rules import Answer, AnswerStatus, Citation
from bot.services.rule_words import TITLE_LENGTH, answer_message
from tests.fakes.rules import ORG, TITLE

TEXTS = YamlTexts()
CITATION = Citation(
    org=ORG,
    document=TITLE,
    number="青政发〔2020〕1号",
    edition="qingshan-2020-01-01",
    article=3,
    item=None,
    label="第三条",
    quote="会议纪要由县长签发。",
    url="/rules/qingshan/articles/3",
)


def test_an_answer_says_its_words_their_source_and_the_edition() -> None:
    answer = Answer(AnswerStatus.ANSWERED, "县长签发", "县长签发。", 0.9, (CITATION,))

    message = answer_message(answer, TEXTS)

    assert message.text == (
        "县长签发。\n“会议纪要由县长签发。”\n"
        "——《青山县人民政府工作规则》（青政发〔2020〕1号）第三条（2020-01-01版）"
    )
    assert message.citations == (CITATION,)


def test_the_steps_of_a_procedure_are_not_quoted_a_second_time() -> None:
    review = replace(CITATION, quote="纪要由办公室主任审核", label="第四条")
    text = "县长签发。规则逐项写明：\n1. “纪要由办公室主任审核”（第四条）"
    cited = (replace(CITATION, quote="纪要由办公室主任审核，县长签发"), review, CITATION)
    answer = Answer(AnswerStatus.ANSWERED, "县长签发", text, 0.9, cited, steps=(review,))

    message = answer_message(answer, TEXTS)

    assert message.text.splitlines() == [
        *text.splitlines(),
        "“会议纪要由县长签发。”",
        "——《青山县人民政府工作规则》（青政发〔2020〕1号）第三条（2020-01-01版）",
        "——《青山县人民政府工作规则》（青政发〔2020〕1号）（2020-01-01版）",
    ]
    assert message.citations == cited


def test_silence_names_the_nearest_article_and_where_the_question_went() -> None:
    answer = Answer(AnswerStatus.SILENT, "", "规则没有写明。", 0.9, (CITATION,))

    lines = answer_message(answer, TEXTS).text.splitlines()

    assert lines[0] == "规则没有写明。"
    assert lines[1] == "最接近的规定：“会议纪要由县长签发。”"
    assert lines[-1] == "这个问题已转给办公室。"


def test_the_cases_of_a_question_are_buttons_that_say_them_in_full() -> None:
    long = "经县政府会议决定的事项和属于例行批准手续的事项，由谁签发？"
    answer = Answer(AnswerStatus.CLARIFY, "", "请问是哪一种？", 1.0, options=(long, "议案"))

    message = answer_message(answer, TEXTS)

    assert [button.say for button in message.buttons] == [long, "议案"]
    assert all(len(button.title) <= TITLE_LENGTH for button in message.buttons)


def test_a_document_that_lost_its_number_is_cited_without_one() -> None:
    nameless = Citation(**{**vars(CITATION), "number": "", "edition": "qingshan-1a2b3c4d"})
    answer = Answer(AnswerStatus.ANSWERED, "县长签发", "县长签发。", 0.9, (nameless,))

    assert answer_message(answer, TEXTS).text.endswith("——《青山县人民政府工作规则》第三条")
