"""How well a question is supported by what was found: the figures a decision is made from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from bot.core.rules import Edition
from knowledge.answer.asked import CLAUSES_KEPT, Asked, Span, roles_in
from knowledge.answer.kinds import Kind
from knowledge.answer.spans import cut_span
from knowledge.answer.subjects import Likeness, leads, likeness
from knowledge.search.searching import ClauseHit, Hit
from knowledge.search.words import Words, normalise

MEASURED = frozenset({Kind.WHEN_AHEAD, Kind.TIME_LIMIT, Kind.FREQUENCY, Kind.QUANTITY})
CLAUSE_SHARE = 1.0  # how much a clause's own score counts beside its article's
FIT_SHARE = 0.3  # how much it counts that a clause holds what is asked for
MEASURE_SHARE = 0.8  # ... and when that is a number, which most clauses lack
MEETING_SHARE = 0.15  # how much it counts to be laid down for the meeting asked about
POST_SHARE = 0.15  # ... for the post
OTHER_SHARE = 0.3  # how much it counts against a clause that it is about 县长 and not 副县长
WORDS_KEPT = 4096


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
    article_meaning: float  # of the article, likewise
    article_coverage: float  # of the question's content words, by rarity, said in the article
    clause_coverage: float  # ... said in the chosen clause or in what leads to it
    known_words: float  # ... said anywhere in the edition
    telling_coverage: float  # of its telling words, likewise, said in the clause or its lead
    telling_missing: float  # the rarity of the rarest telling word that the article does not say
    unheard: float  # a telling word is said nowhere in the edition
    total: float  # the fused score of the best article
    margin: float  # how far the chosen clause leads the best one of another article
    fit: float  # the chosen clause holds a span of the kind asked for
    measured_missing: float  # a number was asked for, and the clause has none
    another: float  # the clause is laid down for another meeting or post than was asked about
    same: float  # ... for the same

    def as_row(self) -> list[float]:
        """The figures in order."""
        return [float(getattr(self, field.name)) for field in fields(self)]


class Rarity:
    """How much a content word tells about an edition: rare words tell more."""

    def __init__(self, edition: Edition, words: Words) -> None:
        self._texts = [normalise(a.chapter + a.text) for a in edition.articles]
        self._words = words
        self._most = math.log(2 * (len(self._texts) + 1))
        self._said = lru_cache(WORDS_KEPT)(self._count)

    def weight(self, word: str) -> float:
        """In 0..1, by how few articles say the word; a word that none says has 1."""
        return math.log((len(self._texts) + 1) / (self._said(word) + 0.5)) / self._most

    def telling(self, content: Sequence[str]) -> list[str]:
        """Those of the words that name a matter."""
        return [word for word in content if self._words.is_telling(word)]

    def coverage(self, content: Sequence[str], text: str) -> float:
        """The share of the content, by rarity, that a text says; 0 for no content."""
        plain = normalise(text)
        return self._share(content, [w for w in content if self._words.supports(w, plain)])

    def known(self, content: Sequence[str]) -> float:
        """The share of the content, by rarity, that the edition says anywhere."""
        return self._share(content, [word for word in content if self._said(word)])

    def rarest_missing(self, content: Sequence[str], text: str) -> float:
        """The weight of the rarest content word that a text does not say; 0 if it says all."""
        plain = normalise(text)
        missing = (self.weight(w) for w in content if not self._words.supports(w, plain))
        return max(missing, default=0.0)

    def _share(self, content: Sequence[str], said: Sequence[str]) -> float:
        whole = sum(map(self.weight, content))
        return sum(map(self.weight, said)) / whole if whole else 0.0

    def _count(self, word: str) -> int:
        return sum(self._words.supports(word, text) for text in self._texts)


def choose(asked: Asked, hits: Sequence[Hit]) -> list[Choice]:
    """The best clause of each found article, best first: near, and holding what is asked for."""
    choices = [max((_choice(asked, hit, c) for c in hit.clauses), key=_merit) for hit in hits]
    return sorted(choices, key=_merit, reverse=True)


def weigh(
    asked: Asked, content: Sequence[str], choices: Sequence[Choice], rarity: Rarity
) -> Evidence:
    """Put figures on what was found for a question."""
    best, hit = choices[0], choices[0].hit
    article = hit.article.chapter + hit.article.text
    place = leads(hit.article)[best.clause.clause] + best.clause.clause.text
    telling = rarity.telling(content)
    return Evidence(
        clause_meaning=best.clause.meaning,
        article_meaning=hit.meaning,
        article_coverage=rarity.coverage(content, article),
        clause_coverage=rarity.coverage(content, place),
        known_words=rarity.known(content),
        telling_coverage=rarity.coverage(telling, place) if telling else 0.0,
        telling_missing=rarity.rarest_missing(telling, article),
        unheard=float(rarity.known(telling) < 1.0 if telling else 0.0),
        total=hit.score,
        margin=best.merit - choices[1].merit if len(choices) > 1 else best.merit,
        fit=best.span.fit,
        measured_missing=float(asked.kind in MEASURED and best.span.fit < 0.5),
        another=float(-1 in (best.likeness.meeting, best.likeness.post)),
        same=float(1 in (best.likeness.meeting, best.likeness.post)),
    )


def _choice(asked: Asked, hit: Hit, clause: ClauseHit) -> Choice:
    span = cut_span(asked, clause.clause.text)
    share = MEASURE_SHARE if asked.kind in MEASURED else FIT_SHARE
    merit = hit.score + CLAUSE_SHARE * clause.score + share * span.fit
    if _is_of_another(asked.roles, _roles(clause.clause.text)):
        merit -= OTHER_SHARE
    like = likeness(
        asked.plain,
        clause.clause.text,
        _place(clause.clause.text, span),
        leads(hit.article)[clause.clause],
    )
    merit += MEETING_SHARE * like.meeting + POST_SHARE * like.post
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
