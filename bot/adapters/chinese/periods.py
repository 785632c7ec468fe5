"""How months, quarters and years are counted, and the days picked out of a period."""

from __future__ import annotations

import re
from datetime import date

from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.adapters.chinese.resolving import (
    NEXT,
    ONE_DAY,
    WEEK,
    WEEKDAYS,
    YEAR,
    Asked,
    Days,
    monday_of,
    month_day,
    one,
    shift_months,
    year_of,
)
from bot.core.errors import InvalidInputError

_PARTS = {"上旬": 10, "中旬": 20}  # their last days; 底, 末 and 下旬 end with the month

# 本月最后一个工作日, 12月第一个周一, 下周头两天
PICKED = re.compile(
    rf"(?:(?P<w>下下|下|上|这|本|当)周|(?:(?P<y>{YEAR})?(?P<m>{NUMBER})|(?P<r>下下|下|上|这|本|当)?)月份?"
    r"[底末]?|(?P<whole>今年|本年|明年)?(?:年底|年末|全年|(?<=年)))(?:的|里)?"
    rf"(?P<which>最后|倒数第|第|[头前])(?P<k>{NUMBER})个?"
    r"(?P<u>工作日|上班日|周(?P<d>[一二三四五六日天])|[天日](?!工作))"
)


def month_part(match: re.Match[str], asked: Asked) -> Days:
    """11月底, 下月中旬: the last day that it can mean."""
    if match["m"]:
        month = int(read_number(match["m"]))
        first = month_day(year_of(match["y"], asked.today), month, 1, asked)
        if match["y"] is None and asked.since is None:
            first = first if first >= asked.today.replace(day=1) else shift_months(first, 12)
    else:
        first = shift_months(asked.today.replace(day=1), NEXT[match["r"] or ""])
    return one(first.replace(day=_PARTS.get(match["part"], _last_of_month(first).day)))


def month(match: re.Match[str], asked: Asked) -> Days:
    """The whole of a month."""
    first = month_day(year_of(match["y"], asked.today), read_number(match["m"]), 1, asked)
    if match["y"] is None and first < asked.today.replace(day=1):
        first = shift_months(first, 12)
    return first, _last_of_month(first)


def month_end(match: re.Match[str], asked: Asked) -> Days:
    """月内, 下月内: by the end of a month."""
    return one(_last_of_month(shift_months(asked.today.replace(day=1), NEXT[match["r"] or ""])))


def quarter_end(match: re.Match[str], asked: Asked) -> Days:
    """三季度末: the last day of a quarter."""
    year, last = year_of(match["y"], asked.today), 3 * int(read_number(match["q"]))
    day = _last_of_month(date(year or asked.today.year, last, 1))
    return one(shift_months(day, 12) if year is None and day < asked.today else day)


def year_end(match: re.Match[str], asked: Asked) -> Days:
    """年底, 明年底."""
    return one(date(year_of(match["y"], asked.today) or asked.today.year, 12, 31))


def picked(match: re.Match[str], asked: Asked) -> Days:
    """The days that `PICKED` matched: one of a period, or some at its beginning or end.

    Raises:
        InvalidInputError: the period has not so many ("date_impossible").
        CalendarUnpublishedError: working days are counted in a year that is not published.
    """
    days = [day for day in _days_of(_period(match, asked)) if _counts(match, day, asked)]
    count, which = int(read_number(match["k"])), match["which"]
    if not 1 <= count <= len(days):
        raise InvalidInputError("date_impossible")
    if which == "第":
        return one(days[count - 1])
    if which == "倒数第":
        return one(days[-count])
    some = days[-count:] if which == "最后" else days[:count]
    return some[0], some[-1]


def _period(match: re.Match[str], asked: Asked) -> Days:
    if match["w"]:
        monday = monday_of(asked.today) + NEXT[match["w"]] * WEEK
        return monday, monday + 6 * ONE_DAY
    if match["m"]:
        return month(match, asked)
    if "月" in match[0]:
        first = shift_months(asked.today.replace(day=1), NEXT[match["r"] or ""])
        return first, _last_of_month(first)
    year = year_of(match["whole"], asked.today) or asked.today.year
    return date(year, 1, 1), date(year, 12, 31)


def _days_of(period: Days) -> list[date]:
    return [period[0] + ONE_DAY * n for n in range((period[1] - period[0]).days + 1)]


def _counts(match: re.Match[str], day: date, asked: Asked) -> bool:
    if match["d"]:
        return day.isoweekday() == WEEKDAYS[match["d"]]
    return match["u"] in ("天", "日") or asked.working.is_working_day(day)


def _last_of_month(day: date) -> date:
    return shift_months(day.replace(day=1), 1) - ONE_DAY
