"""Which of several numbered proposals a sentence confirms: 全部立项, 第1、3件立项, 除了第2件."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from bot.adapters.chinese.numerals import read_number

_COUNT = r"\d{1,3}|[一二三四五六七八九十]{1,3}"
_PLACES = re.compile(
    rf"第?\s*(?:(?:{_COUNT})\s*(?:件|条|项|个)?\s*[、,和与及跟]?\s*第?\s*)*(?:{_COUNT})\s*(?:件|条|项|个)"
)
_RANGE = re.compile(
    rf"第?\s*(?P<first>{_COUNT})\s*(?:件|条|项)?\s*[到至~-]\s*第?\s*(?P<last>{_COUNT})\s*(?:件|条|项|个)"
)
_ONE = re.compile(_COUNT)
_ALL = re.compile(
    r"全部|都|全都|所有|一并|一起|逐?件件|^(?:立项|确认|是的?|好的?|可以|行|对)[吧。!]*$"
)
_REST = re.compile(r"都|全|其余|其他|其它|剩下")
_REST_NOT = re.compile(r"(?:其余|其他|其它|剩下)[^,。;]{0,4}(?:不要|不立|别立|算了|不用)")
_BUT = re.compile(r"除了?|不要|不立|去掉|以外|之外|别立|外")


def read_choice(text: str, left: Sequence[int]) -> list[int] | None:
    """The places confirmed, of those that are `left`; None if the sentence confirms none."""
    plain = normalize("NFKC", text).strip()
    places = _places(plain)
    if _REST_NOT.search(plain):  # 第3件要,其他不要
        return places or None
    if _BUT.search(plain):  # 第2件不要 alone confirms nothing
        rest = [place for place in left if place not in places]
        return rest if places and _REST.search(plain) else None
    if places:
        return places
    return list(left) if _ALL.search(plain) and "督办" not in plain else None


def _places(text: str) -> list[int]:
    run = _RANGE.search(text)
    if run is not None:
        first, last = int(read_number(run["first"])), int(read_number(run["last"]))
        return list(range(first, last + 1)) if last - first < 200 else []
    found = (one for match in _PLACES.finditer(text) for one in _ONE.findall(match[0]))
    return list(dict.fromkeys(int(read_number(one)) for one in found))
