"""Whether the running service says what was measured in this process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.people import OrgId
from bot.core.rules import Answer
from knowledge.evaluation.evaluation import QuestionSet, Source
from knowledge.evaluation.measure import Outcome


@dataclass(frozen=True)
class Served:
    """The parts of an answer that figures are made of."""

    status: str
    answer: str
    articles: tuple[int, ...]

    @classmethod
    def of(cls, answer: Answer) -> Served:
        """What the service should say to give this answer."""
        articles = tuple(citation.article for citation in answer.citations)
        return cls(answer.status.value, answer.answer, articles)


class Service(Protocol):
    """The service as its callers know it."""

    def ask(self, org: OrgId, question: str) -> Served | None:
        """Put one question to /api/ask; None if that fails."""
        ...


@dataclass(frozen=True)
class Comparison:
    """One question, and whether both answers are the same."""

    source: Source
    outcome: Outcome
    served: Served | None

    @property
    def is_same(self) -> bool:
        """Whether status, short answer and articles are."""
        return self.served == Served.of(self.outcome.answer)


def compare_all(sets: Iterable[QuestionSet], service: Service) -> Sequence[Comparison]:
    """Ask the service everything that was measured."""
    return [
        Comparison(one.source, outcome, service.ask(outcome.question.org, outcome.question.text))
        for one in sets
        for outcome in one.outcomes
    ]
