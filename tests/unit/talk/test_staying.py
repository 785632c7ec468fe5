"""Follow-ups that stay with what was talked about, on a published document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Article, Citation
from knowledge.answer.follow_ups import FollowUps
from knowledge.answer.shelf import cite, find_article
from knowledge.search.words import shared_words
from tests.unit.knowledge.office_tables import SHUANGTAIZI, edition

ORG = OrgId(SHUANGTAIZI)
QUICK = "区长批示的速办件须在2个工作日内反馈"
MESSAGES = "区政府领导同志不为部门和各地的会议活动等发贺信、贺电"
NOT_FOUND = Answer(AnswerStatus.NOT_FOUND, "", "没有找到", 1.0)


@dataclass
class Scripted:
    """Answers the questions that it knows, each with words of an article; no others."""

    known: Mapping[str, tuple[int, str]]
    asked: list[str] = field(default_factory=list)
    within: dict[str, tuple[int, str]] = field(default_factory=dict)

    def ask(self, org: OrgId, question: str) -> Answer:
        self.asked.append(question)
        if question not in self.known:
            return NOT_FOUND
        article, quote = self.known[question]
        return Answer(AnswerStatus.ANSWERED, quote, quote, 0.9, (_cite(org, article, quote),))

    def ask_within(self, org: OrgId, question: str, articles: frozenset[int]) -> Answer | None:
        article, quote = self.within.get(question, (0, ""))
        if article not in articles:
            return None
        return Answer(AnswerStatus.ANSWERED, quote, quote, 0.5, (_cite(org, article, quote),))

    def follow(self, previous: str, question: str) -> tuple[str, Answer]:
        follow_ups = FollowUps(
            self.ask, self.ask_within, _article, _cite, YamlTexts(), shared_words()
        )
        found = follow_ups.answer(ORG, previous, question)
        return found.question, found.answer


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("一般件呢", "一般件须在5个工作日内反馈"),
        ("那长期推进的呢", "每两周反馈工作进展"),
    ],
)
def test_another_case_is_answered_from_beside_the_last_answer(case: str, said: str) -> None:
    book = Scripted({"速办件几天反馈": (64, QUICK)})

    _, answer = book.follow("速办件几天反馈", case)

    assert answer.answer == said
    assert answer.citations[0].article == 64


def test_a_case_of_which_nothing_is_written_is_not_answered() -> None:
    book = Scripted({"速办件几天反馈": (64, QUICK)})

    _, answer = book.follow("速办件几天反馈", "那绝密的呢")

    assert answer.status is not AnswerStatus.ANSWERED


def test_a_question_without_a_subject_that_alone_is_not_answered_stays_with_the_last() -> None:
    joined = "能请区领导给我们的会发个贺信特殊情况写了,能登报不"
    printed = "因特殊需要发贺信、贺电和题词等,一般不公开发表"
    book = Scripted({"能请区领导给我们的会发个贺信吗": (75, MESSAGES), joined: (75, printed)})

    question, answer = book.follow("能请区领导给我们的会发个贺信吗", "特殊情况写了,能登报不")

    assert question == joined
    assert answer.answer == printed


def test_what_fits_best_of_the_last_article_answers_a_question_without_a_subject() -> None:
    slow = "需要长期推进的工作,每两周反馈工作进展"
    elsewhere = "由区政府办公室主任签发"
    book = Scripted({"速办件几天反馈": (64, QUICK), "长期推进的多久反馈一回": (49, elsewhere)})
    book.within["长期推进的多久反馈一回"] = (64, slow)

    _, answer = book.follow("速办件几天反馈", "长期推进的多久反馈一回")

    assert answer.citations[0].article == 64


def test_of_another_paper_what_is_written_is_told_where_the_question_is_left_open() -> None:
    signed = "由区政府办公室主任签发"
    draft = "区政府业务会议纪要由主持召开会议的区政府领导同志签发"
    book = Scripted({"区长办公会纪要谁起草": (41, draft)})

    _, answer = book.follow("区长办公会纪要谁起草", "业务会议的呢")

    assert answer.status is AnswerStatus.ANSWERED
    assert "只写明" in answer.text
    assert signed not in answer.text


def test_a_question_that_is_answered_elsewhere_alone_is_a_question_of_its_own() -> None:
    duty = "由区政府办公室主任签发"
    book = Scripted({"速办件几天反馈": (64, QUICK), "电话谁来接": (49, duty)})

    question, answer = book.follow("速办件几天反馈", "电话谁来接")

    assert question == "电话谁来接"
    assert answer.citations[0].article == 49


def test_what_the_last_article_does_not_name_is_not_answered_from_it() -> None:
    joined = "速办件罚多少钱"
    book = Scripted({"速办件几天反馈": (64, QUICK), joined: (64, QUICK)})

    question, answer = book.follow("速办件几天反馈", "罚多少钱")

    assert answer.status is not AnswerStatus.ANSWERED
    assert question == "罚多少钱"


def test_a_post_for_which_no_number_is_written_is_told_who_lets_it_go() -> None:
    asked, approval = "副区长离开盘锦提前几天请假", "副区长请假,应事先报告区长"
    silent = Answer(AnswerStatus.SILENT, "", "没有写明提前几天", 0.9, (_cite(ORG, 65, approval),))
    book = Scripted({"副区长外出向谁请假": (65, approval)})
    ask = {asked: silent}
    follow_ups = FollowUps(
        lambda org, question: ask.get(question) or book.ask(org, question),
        _nothing,
        _article,
        _cite,
        YamlTexts(),
        shared_words(),
    )

    found = follow_ups.answer(ORG, "局长离开盘锦提前几天请假", "那副区长呢")

    assert found.answer.status is AnswerStatus.ANSWERED
    assert "没有写明提前几天，只写明" in found.answer.text


def _article(org: OrgId, ordinal: int, name: str | None = None) -> Article:
    return find_article(edition(org), ordinal)


def _cite(org: OrgId, ordinal: int, quote: str, item: str | None = None) -> Citation:
    return cite(edition(org), _article(org, ordinal), quote, item)


def _nothing(org: OrgId, question: str, articles: frozenset[int]) -> Answer | None:
    return None
