"""How well a question is supported by what was found: the figures a decision is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from knowledge.answer.asked import CLAUSES_KEPT, Asked, Span, roles_in
from knowledge.answer.kinds import Kind
from knowledge.answer.rarity import Rarity
from knowledge.answer.spans import cut_span
from knowledge.answer.subjects import Likeness, is_of_other_matter, likeness, settings
from knowledge.search.searching import ClauseHit, Hit
from knowledge.search.words import normalise

MEASURED = frozenset({Kind.WHEN_AHEAD, Kind.TIME_LIMIT, Kind.FREQUENCY, Kind.QUANTITY})
CLAUSE_SHARE = 0.7  # how much a clause's own score counts beside its article's
FIT_SHARE = 0.3  # how much it counts that a clause holds what is asked for
MEASURE_SHARE = 1.1  # ... and when that is a number, which most clauses lack
MEETING_SHARE = 0.5  # how much it counts to be laid down for the meeting asked about
PLACE_SHARE = 0.6  # ... to say, or to be led to by, the words of the question
MATTER_SHARE = 0.15  # how much it counts against a clause to be about the minutes of a meeting
OTHER_SHARE = 0.3  # how much it counts against a clause that it is about 县长 and not 副县长


@dataclass(frozen=True)
class Choice:
    """The article and the clause to quote, and what would be cut from it."""

    hit: Hit
    clause: ClauseHit
    span: Span
    merit: float
    likeness: Likeness


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against an answer; no figure depends on the embedding model's scale."""

    clause_meaning: float  # of the chosen clause, in standard deviations above the mean
    article_coverage: float  # of the question's content words, by rarity, said in the article
    clause_coverage: float  # ... said in the chosen clause or in what leads to it
    known_words: float  # ... said anywhere in the edition
    telling_coverage: float  # of its telling words, likewise, said in the clause or its lead
    unheard: float  # a telling word is said nowhere in the edition
    total: float  # the fused score of the best article
    fit: float  # the chosen clause holds a span of the kind asked for
    measured_missing: float  # a number was asked for, and the clause has none
    chatter: float  # of what asks nothing: the share of its words that the article does not say
    other_post: float  # a number was asked for, and the clause is laid down for another post
    same: float  # the clause is laid down for the meeting or post that was asked about

    def as_row(self) -> list[float]:
        """The figures in order."""
        return [float(getattr(self, field.name)) for field in fields(self)]


def choose(asked: Asked, hits: Sequence[Hit], rarity: Rarity) -> list[Choice]:
    """The best clause of each found article, best first: near, and holding what is asked for."""
    choices = [
        max((_choice(asked, hit, c, rarity) for c in hit.clauses), key=_merit) for hit in hits
    ]
    return sorted(choices, key=_merit, reverse=True)


def weigh(
    asked: Asked, content: Sequence[str], choices: Sequence[Choice], rarity: Rarity
) -> Evidence:
    """Put figures on what was found for a question."""
    best, hit = choices[0], choices[0].hit
    article = normalise(hit.article.chapter + hit.article.text)
    place = settings(hit.article)[best.clause.clause].whole
    telling, covered = rarity.telling(content), rarity.coverage(content, article)
    return Evidence(
        clause_meaning=best.clause.meaning,
        article_coverage=covered,
        clause_coverage=rarity.coverage(content, place),
        known_words=rarity.known(content),
        telling_coverage=rarity.coverage(telling, place) if telling else 0.0,
        unheard=float(rarity.known(telling) < 1.0 if telling else 0.0),
        total=hit.score,
        fit=best.span.fit,
        measured_missing=float(asked.kind in MEASURED and best.span.fit < 0.5),
        chatter=0.0 if asked.kind else 1.0 - covered,
        other_post=float(best.likeness.post < 0 and asked.kind in MEASURED),
        same=float(1 in (best.likeness.meeting, best.likeness.post)),
    )


def _choice(asked: Asked, hit: Hit, clause: ClauseHit, rarity: Rarity) -> Choice:
    text, setting = clause.clause.text, settings(hit.article)[clause.clause]
    span = cut_span(asked, text)
    like = likeness(asked.plain, text, _place(text, span), setting.lead)
    share = MEASURE_SHARE if asked.kind in MEASURED else FIT_SHARE
    merit = hit.score + CLAUSE_SHARE * clause.score + share * span.fit
    merit += PLACE_SHARE * rarity.coverage(asked.content, setting.whole)
    merit += MEETING_SHARE * like.meeting
    merit -= MATTER_SHARE * is_of_other_matter(asked, text, _place(text, span))
    merit -= OTHER_SHARE * _is_of_another(asked.roles, _roles(text))
    return Choice(hit, clause, span, merit, like)


def _place(clause: str, span: Span) -> int:
    """Where in a clause a span stands: before it when it is what was asked for, else after."""
    start = clause.index(span.text)
    return start if span.fit else start + len(span.text)


def _is_of_another(asked: frozenset[str], said: frozenset[str]) -> bool:
    """Whether a clause names the post above or below the one that the question names."""
    others = (role[1:] if role.startswith("副") else f"副{role}" for role in asked - said)
    return any(role in said for role in others)


@lru_cache(CLAUSES_KEPT)
def _roles(clause: str) -> frozenset[str]:
    return roles_in(normalise(clause))


def _merit(choice: Choice) -> float:
    return choice.merit
