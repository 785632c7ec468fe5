"""The days off around a feast (国庆假期), and the working days on either side of them."""

from __future__ import annotations

import re
from datetime import date

from bot.adapters.chinese.lunar import FEAST, feast_day
from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.adapters.chinese.resolving import ONE_DAY, Asked, Days, one

_OFF = r"(?:小长假|长假|假期|放假|黄金周|期间|假)"
BREAK = re.compile(rf"{FEAST.pattern}的?{_OFF}(?:期间)?")
# 国庆假期后第一天, 国庆假期前两天
AROUND_BREAK = re.compile(
    rf"{FEAST.pattern}的?{_OFF}(?:结束|完)?(?:之|以)?(?P<side>前|后)的?"
    rf"第?(?P<count>{NUMBER})天(?!上班)"
)
# 元旦后第一个工作日, 国庆前最后两个工作日
WORKING_DAY_BESIDE = re.compile(
    rf"{FEAST.pattern}的?{_OFF}?(?:之|以)?(?P<side>前|后)的?"
    rf"(?:第(?=一)|最后|首|头)(?P<count>{NUMBER})?个?(?:工作日|天?上班)"
)


def break_days(match: re.Match[str], asked: Asked) -> Days:
    """Every day off in a row that the feast is one of; the feast alone where it is worked.

    Raises:
        CalendarUnpublishedError: the arrangement of that year is not published.
    """
    return _break(feast_day(match, asked.base), asked)


def around_break(match: re.Match[str], asked: Asked) -> Days:
    """The days right before or after the days off."""
    first, last = break_days(match, asked)
    count = int(read_number(match["count"]))
    if match["side"] == "前":
        return first - count * ONE_DAY, first - ONE_DAY
    return last + ONE_DAY, last + count * ONE_DAY


def working_day_beside(match: re.Match[str], asked: Asked) -> Days:
    """The last working days before the days off, or the first after them.

    Raises:
        CalendarUnpublishedError: the arrangement of a year that they lie in is not published.
    """
    day, found = feast_day(match, asked.base), list[date]()
    while len(found) < read_number(match["count"] or "一"):
        day = day - ONE_DAY if match["side"] == "前" else day + ONE_DAY
        if asked.working.is_working_day(day):
            found.append(day)
    return min(found), max(found)


def _break(day: date, asked: Asked) -> Days:
    first = last = day
    while not asked.working.is_working_day(first - ONE_DAY):
        first -= ONE_DAY
    while not asked.working.is_working_day(last + ONE_DAY):
        last += ONE_DAY
    return (first, last) if not asked.working.is_working_day(day) else one(day)
