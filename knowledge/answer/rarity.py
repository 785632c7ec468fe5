"""How much the words of a question tell, and how many of them a text says."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.rules import Article, Edition
from knowledge.answer.characters import Characters
from knowledge.search.spoken import spoken_of
from knowledge.search.words import Words, normalise

WORDS_KEPT = 4096
PAIRS_KEPT = 8192
QUESTIONS_KEPT = 8  # each is looked for in a dozen articles


@dataclass(frozen=True)
class Sayable:
    """Content words: how each may be said, what it weighs, whether it names a matter."""

    words: tuple[tuple[tuple[str, ...], float, bool], ...]

    def coverage(self, text: str) -> tuple[float, float]:
        """The share of all of them and of those that tell, by rarity, that a text says."""
        said = [any(way in text for way in ways) for ways, *_ in self.words]
        found = list(zip(said, self.words, strict=True))
        whole = sum(weight for _, weight, _ in self.words)
        telling = sum(weight for _, weight, tells in self.words if tells)
        covered = sum(weight for is_said, (_, weight, _) in found if is_said)
        told = sum(weight for is_said, (_, weight, tells) in found if is_said and tells)
        return covered / whole if whole else 0.0, told / telling if telling else 0.0


class Rarity:
    """How much a content word tells about an edition: rare words tell more.

    Texts are those of `normalise`.
    """

    def __init__(self, edition: Edition, words: Words) -> None:
        self._texts = [_all_said(article) for article in edition.articles]
        self._words, self.characters = words, Characters(edition)
        self._most = math.log(2 * (len(self._texts) + 1))
        self._said = lru_cache(WORDS_KEPT)(self._count)
        self._clauses = [normalise(clause.text) for a in edition.articles for clause in a.clauses]
        self._pair_weight = lru_cache(PAIRS_KEPT)(self._weigh_pair)
        self.sayable = lru_cache(QUESTIONS_KEPT)(self._sayable)
        self.shared_pairs = lru_cache(QUESTIONS_KEPT)(self._shared_pairs)

    def weight(self, word: str) -> float:
        """In 0..1, by how few articles say the word; a word that none says has 1."""
        return math.log((len(self._texts) + 1) / (self._said(word) + 0.5)) / self._most

    def telling(self, content: Sequence[str]) -> list[str]:
        """Those of the words that name a matter."""
        return [word for word in content if self._words.is_telling(word)]

    def _sayable(self, content: tuple[str, ...]) -> Sayable:
        """The content made ready to be looked for in many texts."""
        return Sayable(
            tuple(
                (self._words.said_as(word), self.weight(word), self._words.is_telling(word))
                for word in content
            )
        )

    def known(self, content: Sequence[str]) -> float:
        """The share of the content, by rarity, that the edition says anywhere."""
        return self._share(content, [word for word in content if self._said(word)])

    def _shared_pairs(self, tokens: frozenset[str]) -> Callable[[frozenset[str]], float]:
        """How much of the pairs of characters of a question, by rarity, those of a text are."""
        weighed = ((token, self._pair_weight(token)) for token in tokens)
        weights = {token: weight for token, weight in weighed if weight is not None}
        whole = sum(weights.values()) or 1.0
        return lambda said: sum(weights[pair] for pair in weights.keys() & said) / whole

    def _share(self, content: Sequence[str], said: Sequence[str]) -> float:
        whole = sum(map(self.weight, content))
        return sum(map(self.weight, said)) / whole if whole else 0.0

    def _weigh_pair(self, pair: str) -> float | None:
        """How much two neighbouring characters tell; None if no clause has them."""
        count = sum(pair in text for text in self._clauses)
        return math.log((len(self._clauses) + 1) / count) if count else None

    def _count(self, word: str) -> int:
        return sum(self._words.supports(word, text) for text in self._texts)


def _all_said(article: Article) -> str:
    """The words of an article, and those that people use for it."""
    spoken = "".join(line for clause in article.clauses for line in spoken_of(clause.text))
    return normalise(article.chapter + article.text + spoken)
