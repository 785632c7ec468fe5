"""The questions of our own: well formed, and quoted word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.evaluation.questions import Question, read_questions
from knowledge.ingest.documents import read_folder

HERE = Path(__file__).parent / "questions"
DOCUMENTS = Path(__file__).parents[2] / "knowledge" / "documents"
HALVES = ("fit", "judged")  # `judged` is empty while a new one is being written


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    """Those fitted on and those that judge."""
    return [question for half in HALVES for question in read_questions(HERE / half)]


def test_every_quote_stands_in_its_article_and_holds_the_answer(questions: list[Question]) -> None:
    editions = {edition.org: edition for edition in read_folder(DOCUMENTS).editions}
    for question in questions:
        if question.article is None:
            assert question.quote is None
            assert question.answer is None
            continue
        article = editions[question.org].article(question.article)

        assert article is not None, question.id
        assert question.quote, question.id
        assert question.quote in article.text, question.id
        assert question.answer, question.id
        assert question.answer in question.quote, question.id


def test_an_eighth_to_a_quarter_of_each_office_is_not_answered_by_its_rules() -> None:
    for half in HALVES:
        asked = read_questions(HERE / half)
        for org in {question.org for question in asked}:
            own = [q for q in asked if q.org == org]

            assert len(own) >= 20
            assert 0.125 <= sum(not q.is_answerable for q in own) / len(own) <= 0.25


def test_no_id_is_given_twice(questions: list[Question]) -> None:
    ids = [question.id for question in questions]

    assert len(set(ids)) == len(ids)


def test_no_question_is_asked_twice(questions: list[Question]) -> None:
    asked = [(question.org, question.text) for question in questions]

    assert len(set(asked)) == len(asked)
