"""What somebody signs, where that is asked: the signing tables read the other way round."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.procedures import Row
from knowledge.procedures.loader import RULE

SIGN = r"(?:签发|审签|签批|签署|签字|签)"
PAPERS = r"(?:文件|公文|材料|东西|文)"
WHICH = r"(?:哪些|什么样?的?|啥|哪几[种类个])"
MAY = r"(?:可以|应该|负责|亲自|一般|必须|需要|能|要|得|应|须|都|来|该|才)*"
BY = rf"(?:{MAY}(?:归|由|找|报|送|给|是)?{MAY})"
OPENING, END = r"(?:请问|我们|咱们?|想问下?)*", r"[?。啊呢呀]*"
ITEMS = "一二三四五六七八九"
SIGNED = re.compile(rf"(?<!会){SIGN}")
SIGNERS: tuple[tuple[str, frozenset[str]], ...] = (  # what is said for whom, the likeliest first
    (r"常务副[县区市]长", frozenset({"deputy"})),
    (r"(?:(?:分管|主管)的?)?副[县区市]长|分管领导", frozenset({"leader"})),
    (r"(?:[县区市]?政府|府)?办公?室?主任", frozenset({"office_director"})),
    (r"[县区市]长", frozenset({"head"})),
)


def _questions(said: str) -> re.Pattern[str]:
    of = rf"(?:{said}){MAY}{SIGN}的?{PAPERS}?(?:都|一般)?(?:有|是|包括)?{WHICH}{PAPERS}?"
    by = rf"{WHICH}{PAPERS}{BY}(?:{said}){MAY}{SIGN}的?"
    return re.compile(rf"{OPENING}(?:{of}|{by}){END}")


QUESTIONS = tuple((_questions(said), signers) for said, signers in SIGNERS)


def signer_in(plain: str) -> frozenset[str]:
    """Whose signature is asked about: 哪些文件要县长签; empty if nobody's."""
    return next((signers for asks, signers in QUESTIONS if asks.fullmatch(plain)), frozenset())


def signed_by(rows: Sequence[Row], whose: frozenset[str]) -> list[Row]:
    """The rows of what somebody signs, those that he signs alone first."""
    found = [r for r in rows if r.basis == RULE and whose & set(r.outcome.get("signers", ()))]
    found = [row for row in found if SIGNED.search(str(row.outcome.get("answer", "")))]
    return sorted(found, key=lambda row: set(row.outcome["signers"]) != whose)


def place_of(row: Row) -> tuple[int, int]:
    """Where a row stands in the document: its article and item; those of one keep their order."""
    return row.article or 0, ITEMS.find(row.item or "-")
