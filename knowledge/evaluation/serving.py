"""Puts the questions to the running service too: its answers are the ones that count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.core.people import OrgId
from bot.core.rules import Answer
from knowledge.evaluation.evaluation import QuestionSet
from knowledge.evaluation.measure import Outcome
from knowledge.evaluation.shares import Share


class Service(Protocol):
    """The service as its callers know it."""

    def ask(self, org: OrgId, question: str) -> Answer | None:
        """Put one question to /api/ask; None if that fails."""
        ...


@dataclass(frozen=True)
class Served:
    """The sets with the service's answers, and how many of these were the same before.

    `otherwise` are the ids of the others, but for judged sets.
    """

    sets: Sequence[QuestionSet]
    same: Share
    otherwise: Sequence[str]


def ask_service(sets: Sequence[QuestionSet], service: Service) -> Served:
    """Ask the service everything that was measured; where it fails, the answer before stands."""
    answers = {one.source.name: [_ask(service, o) for o in one.outcomes] for one in sets}
    pairs = [
        (one.source, outcome, answer)
        for one in sets
        for outcome, answer in zip(one.outcomes, answers[one.source.name], strict=True)
    ]
    other = [(source, o) for source, o, answer in pairs if not _is_same(o.answer, answer)]
    return Served(
        [replace(one, outcomes=_answered(one, answers[one.source.name])) for one in sets],
        Share(len(pairs) - len(other), len(pairs)),
        [outcome.question.id for source, outcome in other if not source.is_judged],
    )


def _ask(service: Service, outcome: Outcome) -> Answer | None:
    return service.ask(outcome.question.org, outcome.question.text)


def _answered(one: QuestionSet, answers: Sequence[Answer | None]) -> list[Outcome]:
    pairs = zip(one.outcomes, answers, strict=True)
    return [outcome.answered(answer) if answer else outcome for outcome, answer in pairs]


def _is_same(answer: Answer, served: Answer | None) -> bool:
    return served is not None and _gist(answer) == _gist(served)


def _gist(answer: Answer) -> tuple[object, ...]:
    articles = tuple(citation.article for citation in answer.citations)
    return answer.status, answer.answer, articles
