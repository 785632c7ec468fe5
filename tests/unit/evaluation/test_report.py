from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.errors import ConfigurationError
from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus
from bot.services.feedback import Told
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.evaluation.baselines import baselines
from knowledge.evaluation.evaluation import FIT, JUDGED, Evaluation, QuestionSet, Source
from knowledge.evaluation.figures import search_figures, shares
from knowledge.evaluation.measure import Outcome, ask_all
from knowledge.evaluation.questions import read_questions
from knowledge.evaluation.report import BEGIN, END, JUDGED_FILE, publish, write_report
from knowledge.evaluation.serving import ask_service
from knowledge.evaluation.shares import Share
from knowledge.search.words import shared_words
from tests.fakes.clock import FakeClock
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.rules import ORG, small_edition

MISSED = "县长办公会议每周开几次"  # said to be answered by an article that is about something else
QUESTIONS = (
    ("县政府常务会议多久召开一次", "frequency", 2, "每月召开2次"),
    ("本规则由谁负责解释", "who", 7, "县政府办公室"),
    ("食堂几点开饭", "unanswerable", None, None),
    (MISSED, "frequency", 7, "每周两次"),
)


def test_what_people_said_is_in_the_report_and_is_not_published(tmp_path: Path) -> None:
    told = Told(OrgId("changle"), useful=3, useless=1, useless_questions=("差旅费多少",))
    page = tmp_path / "quality.md"
    page.write_text(f"{BEGIN}\n{END}", encoding="utf-8")

    words = write_report(Evaluation(told=[told]), tmp_path / "out")
    publish(Evaluation(told=[told]), page, tmp_path / "plots")

    assert "| changle | 4 | 0.750 (" in words
    assert "- 差旅费多少" in words
    assert "差旅费多少" not in page.read_text(encoding="utf-8")
    written = (tmp_path / "out" / "eval.json").read_text(encoding="utf-8")
    assert json.loads(written)["told"] == {"changle": [3, 1]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small question set."""
    rows: list[dict[str, object]] = [
        {
            "id": f"q{n}",
            "doc": ORG,
            "question": text,
            "type": kind,
            "article": article,
            "also_ok": [],
            "quote": None,
            "answer": answer,
        }
        for n, (text, kind, article, answer) in enumerate(QUESTIONS)
    ]
    place = tmp_path / "questions"
    place.mkdir()
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (place / "qingshan.jsonl").write_text(lines, encoding="utf-8")
    return place


@pytest.fixture
def outcomes(folder: Path, tmp_path: Path) -> list[Outcome]:
    """What became of them."""
    editions, embedder = [small_edition()], FakeEmbedder()
    book = SearchingRuleBook(editions, embedder, tmp_path, FakeClock(), YamlTexts())
    compare = baselines(editions, embedder, shared_words(), tmp_path)
    return ask_all(read_questions(folder), book, compare)


def test_a_run_counts_what_was_found_answered_and_refused(outcomes: list[Outcome]) -> None:
    found = shares(outcomes)

    assert (found["article_first"].right, found["article_first"].of) == (2, 3)
    assert (found["short_right"].right, found["short_right"].of) == (2, 3)
    assert (found["unanswerable_refused"].right, found["unanswerable_refused"].of) == (1, 1)
    assert [o.question.text for o in outcomes if not o.is_right] == [MISSED]


def test_every_search_of_the_run_is_counted_on_the_same_questions(outcomes: list[Outcome]) -> None:
    found = search_figures(outcomes)

    assert list(found)[-2:] == ["plain sum of the three", "Guiju"]
    assert {figures.article_first.of for figures in found.values()} == {3}


def test_a_report_is_written_for_machines_and_for_people(
    outcomes: list[Outcome], tmp_path: Path
) -> None:
    words = write_report(_evaluation(outcomes, FIT), tmp_path)

    written = json.loads((tmp_path / "eval.json").read_text(encoding="utf-8"))
    figures = written["questions"]["fit half"]["kinds"]["frequency"]["figures"]
    assert figures["article_first"]["right"] == 1
    assert figures["article_first"]["of"] == 2
    assert (tmp_path / "eval.md").read_text(encoding="utf-8") == words
    assert MISSED in words


def test_a_miss_of_the_judged_half_is_named_in_a_file_of_its_own_alone(
    outcomes: list[Outcome], tmp_path: Path
) -> None:
    words = write_report(_evaluation(outcomes, JUDGED), tmp_path)

    assert MISSED not in words
    assert MISSED not in (tmp_path / "eval.json").read_text(encoding="utf-8")
    assert MISSED in (tmp_path / JUDGED_FILE).read_text(encoding="utf-8")
    assert "| frequency | 1 | 1 |" in words


def test_the_same_run_gives_the_same_files(outcomes: list[Outcome], tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"

    write_report(_evaluation(outcomes, FIT), first)
    write_report(_evaluation(outcomes, FIT), again)

    names = sorted(path.name for path in first.iterdir())
    assert {"kinds.svg", "offices.svg", "reliability.svg", "searches.svg"} <= set(names)
    assert [(first / n).read_bytes() for n in names] == [(again / n).read_bytes() for n in names]


def test_publishing_changes_a_page_between_its_markers_only(
    outcomes: list[Outcome], tmp_path: Path
) -> None:
    page = tmp_path / "quality.md"
    page.write_text(f"before\n{BEGIN}\nlast time\n{END}\nafter\n", encoding="utf-8")

    publish(_evaluation(outcomes, JUDGED), page, tmp_path / "quality")

    words = page.read_text(encoding="utf-8")
    assert words.startswith(f"before\n{BEGIN}\n")
    assert words.endswith(f"{END}\nafter\n")
    assert "last time" not in words
    assert "(quality/reliability.svg)" in words
    assert (tmp_path / "quality" / "reliability.svg").exists()


def test_a_page_without_markers_is_not_written_over(
    outcomes: list[Outcome], tmp_path: Path
) -> None:
    page = tmp_path / "quality.md"
    page.write_text("words of people\n", encoding="utf-8")

    with pytest.raises(ConfigurationError, match="page_without_markers"):
        publish(_evaluation(outcomes, JUDGED), page, tmp_path / "quality")

    assert page.read_text(encoding="utf-8") == "words of people\n"


class FakeService:
    """Says what it is told to, and nothing of what it has not heard of."""

    def __init__(self, says: dict[str, Answer]) -> None:
        self.says = says

    def ask(self, org: OrgId, question: str) -> Answer | None:
        return self.says.get(question)


def test_what_counts_is_what_the_service_answers(outcomes: list[Outcome]) -> None:
    says = {outcome.question.text: outcome.answer for outcome in outcomes}
    says[MISSED] = replace(says[MISSED], status=AnswerStatus.CLARIFY, citations=())

    served = ask_service([QuestionSet(FIT, outcomes)], FakeService(says))

    assert served.same == Share(3, 4)
    assert served.otherwise == ["q3"]
    assert shares(served.sets[0].outcomes)["asked_back"] == Share(1, 3)


def test_a_judged_question_that_the_service_answers_otherwise_is_not_named(
    outcomes: list[Outcome],
) -> None:
    served = ask_service([QuestionSet(JUDGED, outcomes)], FakeService({}))

    assert served.same == Share(0, 4)
    assert served.otherwise == []


def test_an_absent_question_set_is_empty(tmp_path: Path) -> None:
    assert read_questions(tmp_path / "none") == []


def test_a_broken_question_is_named_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "broken.jsonl").write_text('\n{"id": 1}\n', encoding="utf-8")

    with pytest.raises(ConfigurationError) as refusal:
        read_questions(tmp_path)

    assert refusal.value.details["line"] == 2


def _evaluation(outcomes: list[Outcome], source: Source) -> Evaluation:
    return Evaluation("fake", [QuestionSet(source, outcomes)])
