"""Days of the farmer's calendar, and the feasts people name instead of a date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from lunardate import LunarDate

from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.core.errors import InvalidInputError

_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_COUNT = "一二三四五六七八九"

# 腊月二十八, 农历八月十五, 正月初七, 大年初三; a bare 初三 counts from the New Year.
LUNAR_DAY = re.compile(
    rf"(?:农历|阴历)(?P<named>[正冬腊]|十?[{_COUNT}]|十|闰?[{_COUNT}])月"
    rf"(?P<named_day>初[{_COUNT}十]|二十[{_COUNT}]?|廿[{_COUNT}]?|三十|十[{_COUNT}]?)"
    rf"|(?P<month>[正冬腊])月(?P<day>初[{_COUNT}十]|二十[{_COUNT}]?|廿[{_COUNT}]?|三十|十[{_COUNT}]?)"
    rf"|(?:大年|年)(?:(?P<year_day>初[{_COUNT}十])|(?P<late>二十[{_COUNT}]))|(?P<eve>除夕|大年三十|年三十)"
    rf"|(?<!月)(?P<bare>初[{_COUNT}十])(?![中级步期始等])"
)

_FEAST = (
    r"(?P<feast>元旦|春节|元宵|清明|五一|劳动节|端午|七夕|中秋|重阳|国庆|十一(?=[前后长假]|国庆|期间))"
    r"(?!路|街|镇|乡|村|广场)(?:节)?"
)
FEAST = re.compile(_FEAST)
AROUND_FEAST = re.compile(rf"{_FEAST}(?P<side>前|后)第?(?P<count>{NUMBER})天")


def lunar_day(match: re.Match[str], since: date) -> date:
    """The first day from `since` on that a match of `LUNAR_DAY` names.

    Raises:
        InvalidInputError: the month has no such day in that year ("date_impossible").
    """
    if match["eve"]:
        return _next(since, lambda year: _solar(year, 1, 1) - timedelta(days=1))
    month = _month(match["named"] or match["month"] or ("腊" if match["late"] else "正"))
    days = ("named_day", "day", "year_day", "late", "bare")
    day = _day(next(match[name] for name in days if match[name]))
    return _next(since, lambda year: _solar(year, month, day))


def feast_day(match: re.Match[str], since: date) -> date:
    """The first day from `since` on that is the feast a match of `FEAST` names."""
    return _next(since, _FEASTS[match["feast"]])


def days_around_feast(match: re.Match[str], since: date) -> tuple[date, date]:
    """国庆前一天, 春节后两天: the days right before or after, the feast itself not counted."""
    count, one_day = int(read_number(match["count"])), timedelta(days=1)
    if match["side"] == "前":
        day = feast_day(match, since + one_day)
        return day - count * one_day, day - one_day
    day = feast_day(match, since)
    return day + one_day, day + count * one_day


def _month(text: str) -> int:
    return _MONTHS.get(text) or int(read_number(text.lstrip("闰")))


def _day(text: str) -> int:
    return int(read_number(text.lstrip("初")))


def _solar(year: int, month: int, day: int) -> date:
    solar: date = LunarDate(year, month, day).to_solar_date()
    return solar


def _next(since: date, in_year: Callable[[int], date]) -> date:
    """The first occurrence not before `since`; a lunar year begins up to two months late."""
    for year in range(since.year - 1, since.year + 3):
        try:
            day = in_year(year)
        except ValueError as error:  # a month of 29 days
            if year >= since.year:
                raise InvalidInputError("date_impossible") from error
            continue
        if day >= since:
            return day
    raise InvalidInputError("date_impossible")


def _qingming(year: int) -> date:
    """Day 4 or 5 of April; the usual formula, good for 2000 to 2099."""
    past = year % 100
    return date(year, 4, int(past * 0.2422 + 4.81) - past // 4)


_FEASTS: dict[str, Callable[[int], date]] = {
    "元旦": lambda year: date(year, 1, 1),
    "春节": lambda year: _solar(year, 1, 1),
    "元宵": lambda year: _solar(year, 1, 15),
    "清明": _qingming,
    "五一": lambda year: date(year, 5, 1),
    "劳动节": lambda year: date(year, 5, 1),
    "端午": lambda year: _solar(year, 5, 5),
    "七夕": lambda year: _solar(year, 7, 7),
    "中秋": lambda year: _solar(year, 8, 15),
    "重阳": lambda year: _solar(year, 9, 9),
    "国庆": lambda year: date(year, 10, 1),
    "十一": lambda year: date(year, 10, 1),
}
