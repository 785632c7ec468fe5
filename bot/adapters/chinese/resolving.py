"""How days that people name one by one are counted; `periods` has the longer stretches."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.chinese.lunar import (
    days_around_feast,
    feast_day,
    lunar_day,
)
from bot.adapters.chinese.numerals import read_number
from bot.core.calendar import WorkCalendar
from bot.core.errors import InvalidInputError

ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=7)
HALF_MONTH_DAYS = 15
RECENT = timedelta(days=60)  # a date so little past is meant; an older one is next year's
SLIP_DAYS = 15  # 12月5日至1日 is a slip, 12月28日至3日 goes into January
LONGEST_ROLL = timedelta(days=200)  # from December into spring, but not 5 December to 20 November

YEAR = r"(?:去年|今年|本年|明年|后年|\d{4}年|[二〇零一三四五六七八九]{4}年)"
_YEARS = {"去": -1, "今": 0, "本": 0, "明": 1, "后": 2}
WEEKDAYS = {char: number for number, char in enumerate("一二三四五六日", start=1)}
WEEKDAYS |= {"天": 7} | {str(number): number for number in range(1, 8)}
NEXT = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "": 0, "下": 1, "下下": 2}
_NEAR = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}

Days = tuple[date, date]


@dataclass(frozen=True)
class Asked:
    """From where days are counted: `since` is the beginning when an end is read.

    `week` is a day of the week being talked of: 周四 said of it is the Thursday of that week.
    """

    today: date
    since: date | None = None
    same_month: bool = False  # the beginning named its month
    week: date | None = None
    working: WorkCalendar = field(default_factory=PublishedCalendar)

    @property
    def base(self) -> date:
        """The earliest day that a loosely named one can be."""
        return self.since or self.today


Resolver = Callable[[re.Match[str], Asked], Days]


def shift_months(day: date, months: int) -> date:
    """The same day of another month, or its last day if that month is shorter."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def the_day(year: int, month: float, day: float) -> date:
    try:
        return date(year, int(month), int(day))
    except (ValueError, OverflowError) as error:
        raise InvalidInputError("date_impossible") from error


def one(day: date) -> Days:
    return day, day


def year_of(text: str | None, today: date) -> int | None:
    if not text:
        return None
    if text[0] in _YEARS:
        return today.year + _YEARS[text[0]]
    return int(read_number(text.removesuffix("年")))


def iso(match: re.Match[str], asked: Asked) -> Days:
    return one(the_day(int(match["y"]), int(match["m"]), int(match["d"])))


def dated(match: re.Match[str], asked: Asked) -> Days:
    year = year_of(match["y"], asked.today)
    return one(month_day(year, read_number(match["m"]), read_number(match["d"]), asked))


def dotted(match: re.Match[str], asked: Asked) -> Days:
    return one(month_day(None, int(match["m"]), int(match["d"]), asked))


def month_day(year: int | None, month: float, day: float, asked: Asked) -> date:
    """A date without a year: this year's unless long past; as an end, the next one that is near."""
    if year is not None:
        return the_day(year, month, day)
    if (month, day) == (2, 29):
        return _next_leap_day(asked.base)
    this_year = the_day(asked.base.year, month, day)
    if asked.since is None:
        return (
            this_year
            if asked.today - this_year <= RECENT
            else the_day(this_year.year + 1, month, day)
        )
    if this_year < asked.since:
        next_year = the_day(this_year.year + 1, month, day)
        return next_year if next_year - asked.since <= LONGEST_ROLL else this_year
    return this_year


def _next_leap_day(since: date) -> date:
    """29 February exists only in leap years; in any other it is a slip."""
    year = since.year if since <= date(since.year, 2, 28) else since.year + 1
    return the_day(year, 2, 29)


def bare_day(match: re.Match[str], asked: Asked) -> Days:
    """15号: this month's, or the next month's that has it."""
    number = int(read_number(match["d"]))
    if not 1 <= number <= 31:
        raise InvalidInputError("date_impossible")
    base = asked.base
    if asked.same_month and number < base.day and base.day - number < SLIP_DAYS:
        return one(the_day(base.year, base.month, number))
    for months in range(3):
        month = shift_months(base.replace(day=1), months)
        if number <= calendar.monthrange(month.year, month.month)[1]:
            day = month.replace(day=number)
            if day >= base:
                return one(day)
    raise InvalidInputError("date_impossible")


def relative_month(match: re.Match[str], asked: Asked) -> Days:
    first = shift_months(asked.today.replace(day=1), NEXT[match["r"]])
    return one(the_day(first.year, first.month, read_number(match["d"])))


def weekday(match: re.Match[str], asked: Asked) -> Days:
    """下周三 is next week's; 周三 alone is the next one from today, or from the beginning."""
    number = WEEKDAYS[match["d"]]
    if match["w"]:
        return one(monday_of(asked.today) + NEXT[match["w"]] * WEEK + ONE_DAY * (number - 1))
    if asked.week and asked.since is None:
        day = monday_of(asked.week) + ONE_DAY * (number - 1)
        if day >= asked.today:
            return one(day)
    return one(asked.base + ONE_DAY * ((number - asked.base.isoweekday()) % 7))


def weekend(match: re.Match[str], asked: Asked) -> Days:
    monday = monday_of(asked.today) + NEXT[match["w"] or ""] * WEEK
    return monday + 5 * ONE_DAY, monday + 6 * ONE_DAY


def week_later(match: re.Match[str], asked: Asked) -> Days:
    """两周后的周三."""
    monday = monday_of(asked.today) + int(read_number(match["c"])) * WEEK
    return one(monday + ONE_DAY * (WEEKDAYS[match["d"]] - 1))


def week(match: re.Match[str], asked: Asked) -> Days:
    monday = monday_of(asked.today) + NEXT[match["w"]] * WEEK
    return monday, monday + 6 * ONE_DAY


def monday_of(day: date) -> date:
    return day - ONE_DAY * day.weekday()


def near(match: re.Match[str], asked: Asked) -> Days:
    return one(asked.today + ONE_DAY * _NEAR[match["n"] or "今"])


def near_two(match: re.Match[str], asked: Asked) -> Days:
    return asked.today + ONE_DAY * _NEAR[match["n"]], asked.today + ONE_DAY * _NEAR[match["o"]]


def later(match: re.Match[str], asked: Asked) -> Days:
    if match["c"] == "半":
        return one(asked.base + HALF_MONTH_DAYS * ONE_DAY)
    count = int(read_number(match["c"]))
    if match["u"].endswith("月"):
        return one(shift_months(asked.base, count))
    return one(asked.base + count * (WEEK if match["u"].endswith("周") else ONE_DAY))


def next_day(match: re.Match[str], asked: Asked) -> Days:
    """次日返回."""
    return one(asked.base + ONE_DAY)


def lunar(match: re.Match[str], asked: Asked) -> Days:
    return one(lunar_day(match, asked.base))


def feast(match: re.Match[str], asked: Asked) -> Days:
    return one(feast_day(match, asked.base))


def around(match: re.Match[str], asked: Asked) -> Days:
    return days_around_feast(match, asked.base)
