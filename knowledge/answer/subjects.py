"""What a place in the rules is about, told from others of its kind.

A clause about one meeting does not answer for another, nor one about 副县长 for a head of a
department, however alike their words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.core.rules import Article, Clause
from knowledge.answer.asked import CLAUSES_KEPT, Asked, roles_in, subject_in
from knowledge.search.words import normalise

MEETING = re.compile(
    r"(全体干部|全体工作人员|全体|常务|办公|专题|党组|主任|业务|专项|电视电话|视频|联席)会"
    r"|(全)会"
)
SAME = {"全": "全体", "视频": "电视电话"}
MATTER = re.compile(r"纪要|议题|材料|公报|印章|议案|稿件|证件|预算")
ARTICLES_KEPT = 2048


@lru_cache(CLAUSES_KEPT)
def meetings_in(plain: str) -> frozenset[str]:
    """The kinds of meeting that a text names, the spoken names as the rules' own."""
    found = (next(filter(None, match.groups())) for match in MEETING.finditer(plain))
    return frozenset(SAME.get(name, name) for name in found)


@dataclass(frozen=True)
class Setting:
    """Where a clause stands, in one spelling."""

    lead: str  # what stands before it in its paragraph; for an item, what opens the list
    whole: str  # the lead and the clause


@dataclass(frozen=True)
class Likeness:
    """Of what a place is laid down for, to what was asked about.

    1 for the same, -1 for another of the kind, 0 when the question or the place names none.
    """

    meeting: int
    post: int


def likeness(question: str, clause: str, at: int, lead: str) -> Likeness:
    """Compare by the nearest one named before the place, in the clause or else in its `lead`."""
    said, above = normalise(clause[:at]), lead
    return Likeness(
        _alike(meetings_in(question), meetings_in(said) or meetings_in(above)),
        _alike(subject_in(question), roles_in(said) or roles_in(above)),
    )


def is_of_other_matter(asked: Asked, clause: str, at: int) -> bool:
    """Whether a clause is laid down for the paper of a meeting and the question is not."""
    named = frozenset(MATTER.findall(normalise(clause[:at])))
    return bool(named) and not any(pair in asked.tokens for pair in named)


def _alike(asked: frozenset[str], named: frozenset[str]) -> int:
    if not asked or not named:
        return 0
    return 1 if asked & named else -1


@lru_cache(ARTICLES_KEPT)
def settings(article: Article) -> Mapping[Clause, Setting]:
    """Where each clause of an article stands."""
    leads = zip(article.clauses, _leads(article), strict=True)
    return {clause: Setting(lead, lead + normalise(clause.text)) for clause, lead in leads}


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
