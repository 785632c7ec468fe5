"""Chinese numerals, as ordinals use them."""

from __future__ import annotations

from functools import cache

import cn2an

FULL_WIDTH = str.maketrans("０１２３４５６７８９（）．", "0123456789().")
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
NUMERAL = "[0-9０-９零〇一二三四五六七八九十百千两]"  # one character of a numeral, for patterns
KNOWN = frozenset(DIGITS) | frozenset("0123456789十百千")
MOST = 9_999


def to_number(numeral: str) -> int | None:
    """The value of 六十, 60, ６０, 六0 or 一百零五; None if it has none."""
    plain = "".join(numeral.split()).translate(FULL_WIDTH).replace("〇", "零")
    if not plain or any(char not in KNOWN for char in plain):
        return None
    if all(char in DIGITS or char.isdecimal() for char in plain):
        return _within(int("".join(str(DIGITS.get(char, char)) for char in plain)))
    try:
        return _within(int(cn2an.cn2an(plain, "smart")))
    except (ValueError, KeyError, IndexError):  # cn2an stumbles over 十百 and the like
        return None


@cache
def to_numeral(number: int) -> str:
    """The numeral as ordinals write it: 十二, 六十, 一百零五."""
    numeral = str(cn2an.an2cn(number))
    return numeral[1:] if numeral.startswith("一十") else numeral


def _within(number: int) -> int | None:
    return number if 0 <= number <= MOST else None
