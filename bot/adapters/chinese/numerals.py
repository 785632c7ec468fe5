"""Small numbers as people write them: 12, 1.5, 十二, 二十八, 廿八, 一百五十八."""

from __future__ import annotations

# Written before what it counts; a pattern for other patterns to build on.
NUMBER = r"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十廿卅百]+)"

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100}
_TENS = {"廿": 20, "卅": 30}


def read_number(text: str) -> float:
    """The value of something that `NUMBER` matched.

    Digits written one by one (二〇二六) are read as such.
    """
    if text[0].isdigit():
        return float(text)
    if all(char in _DIGITS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text))
    return float(_read_places(text))


def _read_places(text: str) -> int:
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _TENS:
            total += _TENS[char]
        else:
            digit = _DIGITS[char]
    return total + digit
