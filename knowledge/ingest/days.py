"""Days as documents print them."""

from __future__ import annotations

import re
from datetime import date

from knowledge.ingest.numerals import to_number

NUMERAL = "[0-9０-９零〇○一二三四五六七八九十]"
DAY = re.compile(
    rf"({NUMERAL}{{4}})\s*(?:年|[-./])\s*({NUMERAL}{{1,3}})\s*(?:月|[-./])\s*({NUMERAL}{{1,3}})\s*日?"
)


def find_day(text: str) -> date | None:
    """The first complete day in a text: 2022年10月12日, 2022-10-12 or 二〇二二年十月十二日."""
    for match in DAY.finditer(text):
        if day := _day(match):
            return day
    return None


def is_day(text: str) -> bool:
    """Whether a text is one day and nothing else."""
    match = DAY.fullmatch(text)
    return match is not None and _day(match) is not None


def find_days(text: str) -> list[date]:
    """All complete days in a text."""
    return [day for match in DAY.finditer(text) if (day := _day(match))]


def _day(match: re.Match[str]) -> date | None:
    numbers = [to_number(group.replace("○", "〇")) for group in match.groups()]
    if None in numbers:
        return None
    year, month, day = (number or 0 for number in numbers)
    try:
        return date(year, month, day)
    except ValueError:
        return None
