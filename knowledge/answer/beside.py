"""What an article says of a case besides what it answered: 一般件 beside 速办件."""

from __future__ import annotations

import re

from bot.core.rules import Article, Clause
from knowledge.search.spoken import spoken_of
from knowledge.search.words import Words, normalise

PART = re.compile(r"[^,，;；。]+")
CONDITION = re.compile(
    r"(?:时|的|期间|下|情况|者|事项|不在家?|因故|会议|公文|文件|的工作)$"
)  # what ends so is followed by the rule itself
SHORTEST = 2  # characters of a word that can tell one case from another


def part_on(article: Article, case: str, words: Words) -> tuple[Clause, str] | None:
    """The clause of an article that speaks of a case, its own words first, and what it lays down.

    None if no clause has all the words of the case.
    """
    own = [c for c in article.clauses if says_all(case, c.text, words)]
    spoken = [c for c in article.clauses if says_all(case, c.text + said_beside(c.text), words)]
    clause = next(iter([*own, *spoken]), None)
    if clause is None:
        return None
    said = "|".join(re.escape(way) for word in _telling(case, words) for way in words.said_as(word))
    return clause, span_on(clause.text, re.compile(said)) or _rule_of(clause.text)


def says_all(case: str, text: str, words: Words) -> bool:
    """Whether a text has every word of a case, or the rules' word for it."""
    plain, telling = normalise(text), _telling(case, words)
    return bool(telling) and all(words.supports(word, plain) for word in telling)


def said_beside(clause: str) -> str:
    """What people say of a clause, in one text."""
    return "".join(spoken_of(clause))


def span_on(clause: str, said: re.Pattern[str]) -> str | None:
    """The part of a sentence that speaks of a case, or what it lays down for it."""
    parts = list(PART.finditer(clause))
    at = next((n for n, part in enumerate(parts) if said.search(part[0])), None)
    if at is None:
        return None
    if CONDITION.search(parts[at][0].strip()) and at + 1 < len(parts):
        at += 1
    return parts[at][0].strip()


def _rule_of(clause: str) -> str:
    """A clause without the condition that it opens with."""
    first, *others = [part[0].strip() for part in PART.finditer(clause)]
    return others[0] if others and CONDITION.search(first) else first


def _telling(case: str, words: Words) -> list[str]:
    named = [word for word in words.content(case) if len(word) >= SHORTEST]
    whole = normalise(case).removesuffix("的")
    return named or ([whole] if len(whole) >= SHORTEST else [])
