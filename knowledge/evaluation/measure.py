"""One run over a question set: what was found, what was answered, what was refused."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.core.people import OrgId
from bot.core.rules import Answer, AnswerStatus, Edition
from knowledge.answer.rule_book import SearchingRuleBook
from knowledge.evaluation.questions import Question

REFUSED = frozenset({AnswerStatus.SILENT, AnswerStatus.NOT_FOUND})
LONGEST = 3  # times as long as the true words: a longer answer is no short answer


@dataclass(frozen=True)
class Searched:
    """What a simpler search found: ordinals, best first, and the score of the first."""

    ranked: tuple[int, ...]
    score: float


@dataclass(frozen=True)
class Compared:
    """The simpler searches for one question; `plain_s` is what the plain hybrid took."""

    searches: Mapping[str, Searched]
    plain_s: float


Compare = Callable[[OrgId, str], Compared]


@dataclass(frozen=True)
class Outcome:
    """What became of one question."""

    question: Question
    answer: Answer
    ranked: tuple[int, ...]
    taken_s: float
    compared: Compared

    @property
    def is_article_first(self) -> bool:
        """The true article stands first among those found, answered or not."""
        return self.holds(self.ranked[:1])

    @property
    def is_cited_right(self) -> bool:
        """The first quote is one of the true article."""
        return self.holds([citation.article for citation in self.answer.citations[:1]])

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

    @property
    def is_right(self) -> bool:
        """Refused as it should be, or answered shortly and from the right article."""
        if not self.question.is_answerable:
            return self.is_refused
        return self.is_short_right and self.is_article_first

    def answered(self, answer: Answer) -> Outcome:
        """The same question with another answer; what was found besides stays."""
        return replace(self, answer=answer, ranked=_ranked(answer, self.ranked))

    def holds(self, ordinals: Iterable[int]) -> bool:
        """Whether the true article is among some."""
        return any(self.question.is_in(ordinal) for ordinal in ordinals)


def ask_all(
    questions: Sequence[Question], book: SearchingRuleBook, compare: Compare
) -> list[Outcome]:
    """Put every question to the book, then to the simpler searches."""
    answered = [_ask(book, question) for question in questions]
    # In a second pass, or the searches would find each question embedded already.
    compared = [compare(question.org, question.text) for question in questions]
    return [
        Outcome(question, *found, beside)
        for question, found, beside in zip(questions, answered, compared, strict=True)
    ]


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


def _ask(book: SearchingRuleBook, question: Question) -> tuple[Answer, tuple[int, ...], float]:
    begun = time.perf_counter()
    answer = book.answer(question.org, question.text)
    taken_s = time.perf_counter() - begun
    finding = book.examine(book.edition(question.org), question.text)
    found = [choice.hit.article.ordinal for choice in finding.choices] if finding else []
    return answer, _ranked(answer, found), taken_s


def _ranked(answer: Answer, found: Iterable[int]) -> tuple[int, ...]:
    """What the answer cites comes first: a table may know better than the search."""
    cited = [citation.article for citation in answer.citations[:1]]
    return tuple(dict.fromkeys([*cited, *found]))
