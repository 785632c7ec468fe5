"""Days of the farmer's calendar, and the feasts people name instead of a date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from lunardate import LunarDate

from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.core.errors import InvalidInputError

_YEARS = {"今年": 0, "本年": 0, "明年": 1, "后年": 2}
_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_COUNT = "一二三四五六七八九"
LEAP_YEARS_AHEAD = 3

_DAY = (
    rf"(?:初(?:[{_COUNT}十]|10|[1-9])|二十[{_COUNT}]?|廿[{_COUNT}]?|三十|十[{_COUNT}]?"
    rf"|(?:30|[12]\d|[1-9])(?!\d))[日号]?"
)

# 初三 is a year of school as well: 上初三, 女儿初三.
_NO_SCHOOL = r"(?<![上读念升考])(?<!孩子)(?<!小孩)(?<!儿子)(?<!女儿)(?<!弟弟)(?<!妹妹)"

# 腊月二十八, 农历八月十五, 正月初七, 大年初三; a bare 初三 counts from the New Year.
LUNAR_DAY = re.compile(
    rf"(?:农历|阴历|旧历)(?P<named>闰?(?:[正冬腊]|十?[{_COUNT}]|十|1[0-2]|[1-9]))月(?P<named_day>{_DAY})"
    rf"|(?P<month>闰?[正冬腊]|闰(?:十[{_COUNT}]?|[{_COUNT}]))月(?P<day>{_DAY})"
    rf"|(?P<plain>十?[{_COUNT}]|十)月(?P<plain_day>初[{_COUNT}十])"
    rf"|(?:大年|年)(?:(?P<year_day>初[{_COUNT}十])|(?P<late>二十[{_COUNT}]))|(?P<eve>除夕|大年三十|年三十)"
    rf"|{_NO_SCHOOL}(?<!月)(?P<bare>初[{_COUNT}十])(?![中级步期始等]|学生|毕业|年级|家长)"
)

_FEAST = (
    r"(?P<year>今年|本年|明年|后年)?的?(?P<feast>元旦|春节|元宵|清明|五一|劳动节|端午|七夕|中秋|重阳|国庆|冬至|圣诞|平安夜|腊八|妇女节|儿童节|青年节|教师节|建党节|建军节"
    r"|八月十五(?![日号])|十一(?=[前后长假]|国庆|期间)|六一(?![\d〇一二三四五六七八九十百号日楼班中小])"
    r"|(?:三八|五四|七一|八一)(?=节|当天|那天|前|后|期间|妇女节|青年节|建党|建军))"
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
    named = next((match[name] for name in ("named", "month", "plain") if match[name]), None)
    named = named or ("腊" if match["late"] else "正")
    month, is_leap = _month(named), named.startswith("闰")
    days = ("named_day", "day", "plain_day", "year_day", "late", "bare")
    day = _day(next(match[name] for name in days if match[name]))
    if is_leap:
        return _next_leap(since, month, day)
    return _next(since, lambda year: _solar(year, month, day))


def feast_day(match: re.Match[str], since: date) -> date:
    """The first day from `since` on that is the feast a match of `FEAST` names, or that year's."""
    in_year = _FEASTS[match["feast"]]
    if match["year"]:
        return in_year(since.year + _YEARS[match["year"]])
    return _next(since, in_year)


def days_around_feast(match: re.Match[str], since: date) -> tuple[date, date]:
    """国庆前一天, 春节后两天: the days right before or after, the feast itself not counted."""
    count, one_day = int(read_number(match["count"])), timedelta(days=1)
    if match["side"] == "前":
        day = feast_day(match, since + one_day)
        return day - count * one_day, day - one_day
    day = feast_day(match, since)
    return day + one_day, day + count * one_day


def _month(text: str) -> int:
    text = text.removeprefix("闰")
    return _MONTHS.get(text) or int(read_number(text))


def _day(text: str) -> int:
    return int(read_number(text.removeprefix("初").rstrip("日号")))


def _solar(year: int, month: int, day: int, is_leap: bool = False) -> date:
    solar: date = LunarDate(year, month, day, is_leap).to_solar_date()
    return solar


def _next_leap(since: date, month: int, day: int) -> date:
    """The next day of a leap month; most years have none, and 闰五月 comes once in decades."""
    for year in range(since.year - 1, since.year + LEAP_YEARS_AHEAD):
        if LunarDate.leap_month_for_year(year) == month:
            solar = _solar_or_refused(year, month, day)
            if solar >= since:
                return solar
    raise InvalidInputError("date_impossible")


def _solar_or_refused(year: int, month: int, day: int) -> date:
    try:
        return _solar(year, month, day, is_leap=True)
    except ValueError as error:
        raise InvalidInputError("date_impossible") from error


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


def _winter_solstice(year: int) -> date:
    """Day 21 or 22 of December; the same formula."""
    past = year % 100
    return date(year, 12, int(past * 0.2422 + 21.94) - past // 4)


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
    "八月十五": lambda year: _solar(year, 8, 15),
    "国庆": lambda year: date(year, 10, 1),
    "冬至": _winter_solstice,
    "平安夜": lambda year: date(year, 12, 24),
    "圣诞": lambda year: date(year, 12, 25),
    "腊八": lambda year: _solar(year, 12, 8),
    "妇女节": lambda year: date(year, 3, 8),
    "青年节": lambda year: date(year, 5, 4),
    "儿童节": lambda year: date(year, 6, 1),
    "建党节": lambda year: date(year, 7, 1),
    "建军节": lambda year: date(year, 8, 1),
    "教师节": lambda year: date(year, 9, 10),
    "十一": lambda year: date(year, 10, 1),
    "三八": lambda year: date(year, 3, 8),
    "五四": lambda year: date(year, 5, 4),
    "六一": lambda year: date(year, 6, 1),
    "七一": lambda year: date(year, 7, 1),
    "八一": lambda year: date(year, 8, 1),
}
