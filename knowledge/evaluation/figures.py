"""What is counted on a question set: each figure with its meaning and the goal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.evaluation.measure import Outcome, Searched
from knowledge.evaluation.shares import Separation, Share, separation

Shares = Mapping[str, Share]  # by the figure's key


@dataclass(frozen=True)
class Figure:
    """A share of those questions that it is asked of."""

    key: str
    title: str
    meaning: str  # one line, for the head of an office
    is_counted: Callable[[Outcome], bool]  # whether a question belongs to the whole
    is_reached: Callable[[Outcome], bool]
    goal: str = ""


def _is_answerable(outcome: Outcome) -> bool:
    return outcome.question.is_answerable


def _is_open(outcome: Outcome) -> bool:
    return not outcome.question.is_answerable


FIGURES = (
    Figure(
        "article_first",
        "article first",
        "The article that answers stands first among those found.",
        _is_answerable,
        lambda o: o.is_article_first,
        "0.97",
    ),
    Figure(
        "article_in_three",
        "in first three",
        "The article that answers is among the first three found.",
        _is_answerable,
        lambda o: o.holds(o.ranked[:3]),
        "1.00",
    ),
    Figure(
        "short_right",
        "short answer right",
        "The true words stand in the answer or its quote, and the answer is short.",
        _is_answerable,
        lambda o: o.is_short_right,
        "0.93",
    ),
    Figure(
        "span_right",
        "span itself right",
        "Stricter: the short answer holds the true words or is a part of them.",
        _is_answerable,
        lambda o: o.is_span_right,
    ),
    Figure(
        "unanswerable_refused",
        "unanswerable refused",
        "Of the questions that the rules leave open, those it said so of.",
        _is_open,
        lambda o: o.is_refused,
        "0.90",
    ),
    Figure(
        "answerable_refused",
        "answerable refused",
        "Of the questions that the rules answer, those it wrongly called open (fewer is better).",
        _is_answerable,
        lambda o: o.is_refused,
        "at most 0.03",
    ),
    Figure(
        "cited_right",
        "answers rightly cited",
        "Of all answers given, those that quote the right article; the rest mislead somebody.",
        lambda o: o.is_answered,
        lambda o: o.is_cited_right,
    ),
    Figure(
        "asked_back",
        "asked back",
        "Of the questions that the rules answer, those it answered by asking which case is meant.",
        _is_answerable,
        lambda o: not o.is_answered and not o.is_refused,
    ),
)


def shares(outcomes: Sequence[Outcome]) -> Shares:
    """Every figure of some questions."""
    return {
        figure.key: Share.count(figure.is_reached(o) for o in outcomes if figure.is_counted(o))
        for figure in FIGURES
    }


def by_office(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The questions of each office."""
    return _grouped(outcomes, lambda outcome: str(outcome.question.org))


def by_kind(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The questions of each kind."""
    return _grouped(outcomes, lambda outcome: outcome.question.kind)


@dataclass(frozen=True)
class SearchFigures:
    """What a way of searching is worth."""

    article_first: Share
    article_in_three: Share


def search_figures(outcomes: Sequence[Outcome]) -> dict[str, SearchFigures]:
    """Every simpler search, and Guiju last."""
    return {name: _found(outcomes, found) for name, found in _searches(outcomes).items()}


def answerable_told(outcomes: Sequence[Outcome]) -> dict[str, Separation | None]:
    """How well the best score of each search tells answerable questions from the others."""
    return {name: _told(outcomes, found) for name, found in _searches(outcomes).items()}


def chance_of_answer(outcome: Outcome) -> float:
    """How sure it was that the rules answer: a sure refusal is an unlikely answer."""
    confidence = outcome.answer.confidence
    return 1 - confidence if outcome.is_refused else confidence


def _searches(outcomes: Sequence[Outcome]) -> dict[str, list[Searched]]:
    """What each search found for each question."""
    names = outcomes[0].compared.searches if outcomes else ()
    found = {name: [o.compared.searches[name] for o in outcomes] for name in names}
    return found | {"Guiju": [Searched(o.ranked, chance_of_answer(o)) for o in outcomes]}


def _found(outcomes: Sequence[Outcome], found: Sequence[Searched]) -> SearchFigures:
    true = [(o, one) for o, one in zip(outcomes, found, strict=True) if _is_answerable(o)]
    return SearchFigures(
        article_first=Share.count(o.holds(one.ranked[:1]) for o, one in true),
        article_in_three=Share.count(o.holds(one.ranked[:3]) for o, one in true),
    )


def _told(outcomes: Sequence[Outcome], found: Sequence[Searched]) -> Separation | None:
    pairs = list(zip(outcomes, found, strict=True))
    return separation(
        [one.score for o, one in pairs if _is_answerable(o)],
        [one.score for o, one in pairs if _is_open(o)],
    )


def _grouped(
    outcomes: Iterable[Outcome], key: Callable[[Outcome], str]
) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    return dict(sorted(groups.items()))
