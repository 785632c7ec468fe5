"""Which item is to be merged into which: 督办5号并入督办3号, 撤销督办5号的并案."""

from __future__ import annotations

import re
from unicodedata import normalize

from bot.adapters.chinese.numerals import read_number
from bot.core.supervision_wishes import ItemName, MergeWish

_NAME = re.compile(
    r"(?:督(?:办|查)?(?:字|件)?\s*[〔\[(【]?\s*(?P<year>20\d\d)\s*年?\s*[〕\])】]?\s*)?(?:督办|督查|第)*"
    r"\s*(?P<serial>\d{1,5}|[零〇一二三四五六七八九十百]{1,5})\s*号"
)
_INTO = re.compile(r"(?:合并|归并|并案|并|纳)[入到至进给]|合并办理到|归到")
_FROM_BEHIND = re.compile(r"(?:主案|主件|以)[^,。]{0,3}$")
_UNDO = re.compile(
    r"(?:撤销|撤消|取消|解除|恢复)[^,。;]{0,14}(?:并案|合并|并入)|(?:并案|合并)[^,。;]{0,8}(?:撤销|取消|解除|撤了)"
    r"|(?:单独|分开|独立)(?:督办|办理|立项)|(?:拆|分)(?:开|出来)|不再?(?:并案|合并)"
)


def read_merging(text: str, year: int) -> MergeWish:
    """The items named, those after 并入 as the main one; `year` where none is said.

    Without 并入 nobody says which is the main one, unless it is called so (以督办3号为主).
    """
    plain = normalize("NFKC", text)
    if _UNDO.search(plain):
        return MergeWish(tuple(_names(plain, year)), None, undo=True)
    into = _INTO.search(plain)
    if into is not None and _names(plain[into.end() :], year):
        main = _names(plain[into.end() :], year)[0]
        return MergeWish(tuple(_names(plain[: into.start()], year)), main)
    for match in _NAME.finditer(plain):
        if _FROM_BEHIND.search(plain[: match.start()]):
            main = _name(match, year)
            others = [name for name in _names(plain, year) if name != main]
            return MergeWish(tuple(others), main)
    return MergeWish(tuple(_names(plain, year)), None)


def _names(text: str, year: int) -> list[ItemName]:
    found = [_name(match, year) for match in _NAME.finditer(text)]
    return list(dict.fromkeys(found))


def _name(match: re.Match[str], year: int) -> ItemName:
    said = match["year"]
    return ItemName(int(said) if said else year, int(read_number(match["serial"])))
