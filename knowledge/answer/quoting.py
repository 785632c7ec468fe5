"""What is quoted for an answer: the whole sentence, with its conditions and exceptions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.core.rules import Article, Clause

LONGEST = 160  # characters: of a longer sentence the parts nearest to the clause
ENDED = re.compile(r"[。！？!?][”’」』)）]*\s*$")
KEPT = 4096


@lru_cache(KEPT)
def sentence_of(article: Article, clause: Clause) -> str:
    """The sentence that a clause is part of, a literal part of the article.

    A clause may be half a sentence, cut at its semicolon; the other half often holds the exception.
    """
    places = _places(article)
    first = last = next(n for n, other in enumerate(article.clauses) if other is clause)
    while wider := _wider(article, places, first, last):
        first, last = wider
    return article.text[places[first][0] : places[last][1]]


def _wider(
    article: Article, places: Sequence[tuple[int, int]], first: int, last: int
) -> tuple[int, int] | None:
    """The same parts with the next one, or with the one before; None when that is all."""
    tried = [(first, last + 1, last)] if last + 1 < len(places) else []
    tried += [(first - 1, last, first - 1)] if first else []
    for begin, end, seam in tried:
        is_short = places[end][1] - places[begin][0] <= LONGEST
        if is_short and _is_one(article, places, seam):
            return begin, end
    return None


def _is_one(article: Article, places: Sequence[tuple[int, int]], number: int) -> bool:
    """Whether a clause and the one after it are parts of one sentence."""
    clause, after = article.clauses[number], article.clauses[number + 1]
    between = article.text[places[number][1] : places[number + 1][0]]
    is_ended = "\n" in between or ENDED.search(clause.text)
    return not is_ended and clause.item == after.item


def _places(article: Article) -> list[tuple[int, int]]:
    places, end = [], 0
    for clause in article.clauses:
        start = article.text.index(clause.text, end)
        end = start + len(clause.text)
        places.append((start, end))
    return places
