"""Questions that fit several cases: which ones, so that the person can choose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.rules import Clause
from knowledge.answer.asked import Asked
from knowledge.answer.evidence import Choice
from knowledge.answer.kinds import Kind
from knowledge.search.segments import SEGMENT

MOST = 6  # options: more do not help to choose
FEWEST = 2
LOOKED_AT = 3  # articles
GENERIC = frozenset("文件 公文 文 这个 那个 这份 该 一份 份 材料 东西 领导 单位".split())  # noqa: SIM905
ACT = re.compile(r"签发|审签|审批|批准|审核|批|签字|(?<!会)签")
RULE_ACT = re.compile(r"签发|审签|审批|批准|审核")
ACTS = {"签字": ("签发", "审签"), "签": ("签发", "审签"), "批": ("审批", "批准", "同意")}
ENDS = re.compile(r"(?:的|时|等|,|，)?$")
BEFORE_ACTOR = re.compile(r"^(.{4,40}?)(?:[，,]|由|经)")


def open_cases(
    asked: Asked, content: Sequence[str], choices: Sequence[Choice]
) -> list[tuple[str, str]]:
    """The (case, act) pairs a question leaves open; empty when it says which case it means.

    A question is open when all that it names is an act and something as general as a document:
    谁签发这个文件.
    """
    act = ACT.search(asked.plain)
    if asked.kind is not Kind.WHO or act is None:
        return []
    if any(word not in GENERIC and not ACT.search(word) for word in content):
        return []
    acts = ACTS.get(act[0], (act[0],))
    cases: dict[str, str] = {}
    for choice in choices[:LOOKED_AT]:
        for clause in choice.hit.article.clauses:
            done, case = next((a for a in acts if a in clause.text), None), _case(clause)
            if done and case:
                cases.setdefault(case, done)
    return list(cases.items())[:MOST] if len(cases) >= FEWEST else []


def _case(clause: Clause) -> str | None:
    """What a clause is about: its words up to whoever acts."""
    first = SEGMENT.search(clause.text)
    found = BEFORE_ACTOR.match(clause.text) if first else None
    return ENDS.sub("", found[1]).strip() if found else None
