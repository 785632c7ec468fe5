"""One run over a question set: what was found, what was answered, what was refused."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Edition
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.evaluation.questions import Question, read_questions

REFUSED = frozenset({AnswerStatus.SILENT, AnswerStatus.NOT_FOUND})
LONGEST = 3  # times as long as the true words: a longer answer is no short answer
Ranking = Callable[[OrgId, str], list[int]]  # ordinals of articles, best first


@dataclass(frozen=True)
class Outcome:
    """What became of one question."""

    question: Question
    answer: Answer
    ranked: tuple[int, ...]
    taken_s: float

    @property
    def is_short_right(self) -> bool:
        """The true words stand in the answer or its quote, and the answer is short enough."""
        true = self.question.answer or ""
        quote = self.answer.citations[0].quote if self.answer.citations else ""
        is_short = len(self.answer.answer) <= LONGEST * len(true)
        return self.is_answered and is_short and (true in self.answer.answer or true in quote)

    @property
    def is_span_right(self) -> bool:
        """Stricter: the answer itself holds the true words, or lies within them."""
        true, said = self.question.answer or "", self.answer.answer
        return self.is_short_right and (true in said or said in true)

    @property
    def is_answered(self) -> bool:
        """Whether an article was quoted as the answer."""
        return self.answer.status is AnswerStatus.ANSWERED

    @property
    def is_refused(self) -> bool:
        """Whether it was said that the rules do not answer; asking back is neither."""
        return self.answer.status in REFUSED


@dataclass(frozen=True)
class Figures:
    """Shares of the questions of one office, or of all. None where there are no such questions."""

    questions: int
    article_first: float | None
    article_in_three: float | None
    short_right: float | None
    span_right: float | None
    unanswerable_refused: float | None
    answerable_refused: float | None


@dataclass(frozen=True)
class Report:
    """All that one run says."""

    model: str
    total: Figures
    offices: Mapping[str, Figures]
    baselines: Mapping[str, tuple[float, float]]  # article first, in the first three
    ordinals: Mapping[str, tuple[int, int]]  # articles that are exact, articles there are
    answer_p50_ms: float
    answer_p95_ms: float
    misses: Sequence[Outcome]


def run(
    folder: Path, book: SearchingRuleBook, baselines: Mapping[str, Ranking], model: str
) -> Report | None:
    """Put every question of a folder to the book; None if there are no questions.

    Raises:
        ConfigurationError: a line is not a question ("question_broken").
    """
    questions = read_questions(folder)
    if not questions:
        return None
    outcomes = [_ask(book, question) for question in questions]
    orgs = sorted({question.org for question in questions})
    times = sorted(outcome.taken_s for outcome in outcomes)
    return Report(
        model=model,
        total=_figures(outcomes),
        offices={org: _figures([o for o in outcomes if o.question.org == org]) for org in orgs},
        baselines={name: _ranks(questions, rank) for name, rank in baselines.items()},
        ordinals=check_ordinals(folder.parent / "articles.json", map(book.edition, orgs)),
        answer_p50_ms=1000 * times[len(times) // 2],
        answer_p95_ms=1000 * times[int(len(times) * 0.95)],
        misses=[outcome for outcome in outcomes if not _is_right(outcome)],
    )


def check_ordinals(path: Path, editions: Iterable[Edition]) -> dict[str, tuple[int, int]]:
    """How many articles have the ordinal and the opening words that a file lists for them."""
    if not path.exists():
        return {}
    listed = json.loads(path.read_text(encoding="utf-8"))
    return {
        edition.org: (
            sum(_is_exact(edition, row) for row in listed[edition.org]),
            max(len(listed[edition.org]), len(edition.articles)),
        )
        for edition in editions
        if edition.org in listed
    }


def _is_exact(edition: Edition, row: Mapping[str, object]) -> bool:
    article = edition.article(int(str(row["article"])))
    return article is not None and article.text.startswith(str(row["starts"]))


def _ask(book: SearchingRuleBook, question: Question) -> Outcome:
    begun = time.perf_counter()
    answer = book.answer(question.org, question.text)
    taken_s = time.perf_counter() - begun
    finding = book.examine(book.edition(question.org), question.text)
    found = [choice.hit.article.ordinal for choice in finding.choices] if finding else []
    cited = [answer.citations[0].article] if answer.citations else []  # a table may know better
    return Outcome(question, answer, tuple(dict.fromkeys([*cited, *found])), taken_s)


def _figures(outcomes: Sequence[Outcome]) -> Figures:
    true = [outcome for outcome in outcomes if outcome.question.is_answerable]
    false = [outcome for outcome in outcomes if not outcome.question.is_answerable]
    return Figures(
        questions=len(outcomes),
        article_first=_share(_is_among(o.question, o.ranked[:1]) for o in true),
        article_in_three=_share(_is_among(o.question, o.ranked[:3]) for o in true),
        short_right=_share(outcome.is_short_right for outcome in true),
        span_right=_share(outcome.is_span_right for outcome in true),
        unanswerable_refused=_share(outcome.is_refused for outcome in false),
        answerable_refused=_share(outcome.is_refused for outcome in true),
    )


def _ranks(questions: Sequence[Question], rank: Ranking) -> tuple[float, float]:
    answerable = [question for question in questions if question.is_answerable]
    ranked = [(question, rank(question.org, question.text)) for question in answerable]
    first = _share(_is_among(question, found[:1]) for question, found in ranked)
    return first or 0.0, _share(_is_among(question, found[:3]) for question, found in ranked) or 0.0


def _is_among(question: Question, ordinals: Sequence[int]) -> bool:
    return any(question.is_in(ordinal) for ordinal in ordinals)


def _is_right(outcome: Outcome) -> bool:
    if not outcome.question.is_answerable:
        return outcome.is_refused
    return outcome.is_short_right and _is_among(outcome.question, outcome.ranked[:1])


def _share(flags: Iterable[bool]) -> float | None:
    counted = list(flags)
    return sum(counted) / len(counted) if counted else None
