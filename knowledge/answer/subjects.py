"""What a place in the rules is about, told from others of its kind.

A clause about one meeting does not answer for another, nor one about 副县长 for a head of a
department, however alike their words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bot.core.rules import Article, Clause
from knowledge.answer.asked import CLAUSES_KEPT, roles_in
from knowledge.search.words import normalise

MEETING = re.compile(
    r"(全体干部|全体工作人员|全体|常务|办公|专题|党组|主任|业务|专项|电视电话|视频|联席)会"
    r"|(全)会"
)
SAME = {"全": "全体", "视频": "电视电话"}
ARTICLES_KEPT = 2048


def meetings_in(plain: str) -> frozenset[str]:
    """The kinds of meeting that a text names, the spoken names as the rules' own."""
    found = (next(filter(None, match.groups())) for match in MEETING.finditer(plain))
    return frozenset(SAME.get(name, name) for name in found)


def likeness(question: str, clause: str, at: int, lead: str) -> int:
    """1 when what stands at a place is laid down for the meeting or post that was asked about.

    -1 when it is for another one, 0 when the question names none. The nearest one named before
    the place counts, in the clause or else in its `lead`.
    """
    said = zip(_kinds(normalise(clause[:at])), _kinds(lead), strict=True)
    pairs = [(a, b or c) for a, (b, c) in zip(_kinds(question), said, strict=True) if a]
    if any(named and not asked & named for asked, named in pairs):
        return -1
    return int(any(asked & named for asked, named in pairs))


@lru_cache(CLAUSES_KEPT)
def _kinds(plain: str) -> tuple[frozenset[str], ...]:
    return meetings_in(plain), roles_in(plain)


@lru_cache(ARTICLES_KEPT)
def leads(article: Article) -> Mapping[Clause, str]:
    """For each clause, what stands before it in its paragraph; for an item the opening."""
    return dict(zip(article.clauses, _leads(article), strict=True))


def _leads(article: Article) -> Iterator[str]:
    end, opening = 0, ""
    for clause in article.clauses:
        start = article.text.index(clause.text, end)
        end = start + len(clause.text)
        if clause.item is None:
            opening = article.text[article.text.rfind("\n", 0, start) + 1 : start]
            yield normalise(opening)
            opening += clause.text
        else:
            yield normalise(opening)
