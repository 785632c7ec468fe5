"""How each way of naming days is counted."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.adapters.chinese.lunar import (
    AROUND_FEAST,
    FEAST,
    LUNAR_DAY,
    days_around_feast,
    feast_day,
    lunar_day,
)
from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.core.errors import InvalidInputError

ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=7)
RECENT = timedelta(days=60)  # a date so little past is meant; an older one is next year's
SLIP_DAYS = 15  # 12月5日至1日 is a slip, 12月28日至3日 goes into January
LONGEST_ROLL = timedelta(days=200)  # from December into spring, but not 5 December to 20 November

_YEAR = r"(?:去年|今年|本年|明年|后年|\d{4}年|[二〇零一三四五六七八九]{4}年)"
_YEARS = {"去": -1, "今": 0, "本": 0, "明": 1, "后": 2}
_WEEKDAYS = {char: number for number, char in enumerate("一二三四五六日", start=1)}
_WEEKDAYS |= {"天": 7} | {str(number): number for number in range(1, 8)}
_NEXT = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "": 0, "下": 1, "下下": 2}
_NEAR = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_PARTS = {"上旬": 10, "中旬": 20}  # their last days; 底, 末 and 下旬 end with the month

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


def _day(year: int, month: float, day: float) -> date:
    try:
        return date(year, int(month), int(day))
    except ValueError as error:
        raise InvalidInputError("date_impossible") from error


def _one(day: date) -> Days:
    return day, day


def _year(text: str | None, today: date) -> int | None:
    if not text:
        return None
    if text[0] in _YEARS:
        return today.year + _YEARS[text[0]]
    return int(read_number(text.removesuffix("年")))


def _iso(match: re.Match[str], asked: Asked) -> Days:
    return _one(_day(int(match["y"]), int(match["m"]), int(match["d"])))


def _dated(match: re.Match[str], asked: Asked) -> Days:
    year = _year(match["y"], asked.today)
    return _one(_month_day(year, read_number(match["m"]), read_number(match["d"]), asked))


def _dotted(match: re.Match[str], asked: Asked) -> Days:
    return _one(_month_day(None, int(match["m"]), int(match["d"]), asked))


def _month_day(year: int | None, month: float, day: float, asked: Asked) -> date:
    """A date without a year: this year's unless long past; as an end, the next one that is near."""
    if year is not None:
        return _day(year, month, day)
    if (month, day) == (2, 29):
        return _next_leap_day(asked.base)
    this_year = _day(asked.base.year, month, day)
    if asked.since is None:
        return (
            this_year if asked.today - this_year <= RECENT else _day(this_year.year + 1, month, day)
        )
    if this_year < asked.since:
        next_year = _day(this_year.year + 1, month, day)
        return next_year if next_year - asked.since <= LONGEST_ROLL else this_year
    return this_year


def _next_leap_day(since: date) -> date:
    """29 February exists only in leap years; in any other it is a slip."""
    year = since.year if since <= date(since.year, 2, 28) else since.year + 1
    return _day(year, 2, 29)


def _bare_day(match: re.Match[str], asked: Asked) -> Days:
    """15号: this month's, or the next month's that has it."""
    number = int(read_number(match["d"]))
    if not 1 <= number <= 31:
        raise InvalidInputError("date_impossible")
    base = asked.base
    if asked.same_month and number < base.day and base.day - number < SLIP_DAYS:
        return _one(_day(base.year, base.month, number))
    for months in range(3):
        month = shift_months(base.replace(day=1), months)
        if number <= calendar.monthrange(month.year, month.month)[1]:
            day = month.replace(day=number)
            if day >= base:
                return _one(day)
    raise InvalidInputError("date_impossible")


def _month_part(match: re.Match[str], asked: Asked) -> Days:
    """11月底, 下月中旬: the last day that it can mean."""
    if match["m"]:
        month = int(read_number(match["m"]))
        first = _month_day(_year(match["y"], asked.today), month, 1, asked)
        if match["y"] is None and asked.since is None:
            first = first if first >= asked.today.replace(day=1) else shift_months(first, 12)
    else:
        first = shift_months(asked.today.replace(day=1), _NEXT[match["r"] or ""])
    last = calendar.monthrange(first.year, first.month)[1]
    return _one(first.replace(day=_PARTS.get(match["part"], last)))


def _month(match: re.Match[str], asked: Asked) -> Days:
    first = _month_day(_year(match["y"], asked.today), read_number(match["m"]), 1, asked)
    if match["y"] is None and first < asked.today.replace(day=1):
        first = shift_months(first, 12)
    return first, shift_months(first, 1) - ONE_DAY


def _nth_weekday(match: re.Match[str], asked: Asked) -> Days:
    """12月第一个周一."""
    if match["m"]:
        first, _ = _month(match, asked)
    else:
        first = shift_months(asked.today.replace(day=1), _NEXT[match["r"] or ""])
    ahead = (_WEEKDAYS[match["d"]] - first.isoweekday()) % 7
    return _one(first + ONE_DAY * ahead + WEEK * (int(read_number(match["k"])) - 1))


def _quarter_end(match: re.Match[str], asked: Asked) -> Days:
    year, month = _year(match["y"], asked.today), 3 * int(read_number(match["q"]))
    day = shift_months(date(year or asked.today.year, month, 1), 1) - ONE_DAY
    return _one(shift_months(day, 12) if year is None and day < asked.today else day)


def _relative_month(match: re.Match[str], asked: Asked) -> Days:
    first = shift_months(asked.today.replace(day=1), _NEXT[match["r"]])
    return _one(_day(first.year, first.month, read_number(match["d"])))


def _year_end(match: re.Match[str], asked: Asked) -> Days:
    return _one(date(_year(match["y"], asked.today) or asked.today.year, 12, 31))


def _month_end(match: re.Match[str], asked: Asked) -> Days:
    first = shift_months(asked.today.replace(day=1), _NEXT[match["r"] or ""])
    return _one(first.replace(day=calendar.monthrange(first.year, first.month)[1]))


def _weekday(match: re.Match[str], asked: Asked) -> Days:
    """下周三 is next week's; 周三 alone is the next one from today, or from the beginning."""
    number = _WEEKDAYS[match["d"]]
    if match["w"]:
        return _one(_monday(asked.today) + _NEXT[match["w"]] * WEEK + ONE_DAY * (number - 1))
    if asked.week and asked.since is None:
        day = _monday(asked.week) + ONE_DAY * (number - 1)
        if day >= asked.today:
            return _one(day)
    return _one(asked.base + ONE_DAY * ((number - asked.base.isoweekday()) % 7))


def _weekend(match: re.Match[str], asked: Asked) -> Days:
    monday = _monday(asked.today) + _NEXT[match["w"] or ""] * WEEK
    return monday + 5 * ONE_DAY, monday + 6 * ONE_DAY


def _week(match: re.Match[str], asked: Asked) -> Days:
    monday = _monday(asked.today) + _NEXT[match["w"]] * WEEK
    return monday, monday + 6 * ONE_DAY


def _monday(day: date) -> date:
    return day - ONE_DAY * day.weekday()


def _near(match: re.Match[str], asked: Asked) -> Days:
    return _one(asked.today + ONE_DAY * _NEAR[match["n"]])


def _near_two(match: re.Match[str], asked: Asked) -> Days:
    return asked.today + ONE_DAY * _NEAR[match["n"]], asked.today + ONE_DAY * _NEAR[match["o"]]


def _later(match: re.Match[str], asked: Asked) -> Days:
    count = int(read_number(match["c"]))
    if match["u"].endswith("月"):
        return _one(shift_months(asked.today, count))
    return _one(asked.today + count * (WEEK if match["u"] == "周" else ONE_DAY))


def _lunar(match: re.Match[str], asked: Asked) -> Days:
    return _one(lunar_day(match, asked.base))


def _feast(match: re.Match[str], asked: Asked) -> Days:
    return _one(feast_day(match, asked.base))


def _around(match: re.Match[str], asked: Asked) -> Days:
    return days_around_feast(match, asked.base)


# Of patterns that match at one place the first wins.
KINDS: tuple[tuple[re.Pattern[str], Resolver], ...] = tuple(
    (pattern if isinstance(pattern, re.Pattern) else re.compile(pattern), resolver)
    for pattern, resolver in (
        (r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?!\d)[日号]?", _iso),
        (
            rf"(?:(?P<y>{_YEAR})?(?P<m>{NUMBER})月份?|(?P<r>下下|下|上|这|本|当)?月)"
            r"(?P<part>底|末|上旬|中旬|下旬)",
            _month_part,
        ),
        (
            rf"(?P<y>{_YEAR})?(?P<m>{NUMBER})月份?(?P<d>{NUMBER})"
            r"(?:[日号](?!以?内|之内)|(?![个天日号]))",
            _dated,
        ),
        (
            rf"(?:(?P<y>{_YEAR})?(?P<m>{NUMBER})|(?P<r>下下|下|上|这|本))月份?的?"
            r"第(?P<k>[一二三四1-4])个周(?P<d>[一二三四五六日天1-7])",
            _nth_weekday,
        ),
        (rf"(?P<y>{_YEAR})?(?P<m>{NUMBER})月份?(?![个内])", _month),
        (rf"(?P<y>{_YEAR})?第?(?P<q>[一二三四1-4])季度[末底]?", _quarter_end),
        (rf"(?P<r>下下|下|上|这|本)月(?P<d>{NUMBER})[日号]", _relative_month),
        (r"(?P<r>本|这|当|下)?月内", _month_end),
        (
            r"(?<![\d.])(?P<m>1[0-2]|0?[1-9])[./](?P<d>3[01]|[12]\d|0?[1-9])"
            r"(?![\d个天日周小万亿元%折年级.])",
            _dotted,
        ),
        (rf"(?P<y>{_YEAR})?(?:年底|年末|年内)", _year_end),
        (rf"(?P<y>{_YEAR})(?:底|末|内)", _year_end),
        (
            r"(?:(?P<w>上上|上|这|本|下下|下)|(?<![一二两三四五六七八九十半个\d])|(?<=周[一二三四五六日天]))"
            r"周(?P<d>[一二三四五六日天1-7])(?!年(?!休|假)|[期\d个])",
            _weekday,
        ),
        (r"(?P<w>上|这|本|下下|下)?周末", _weekend),
        (r"(?P<w>上|这|本|下下|下)(?:一整|整|一)?周(?![一二三四五六日天末1-7边围])", _week),
        (
            rf"(?P<c>{NUMBER})(?P<u>天|日|周|个?月)(?:之后|以后|后)(?!天)",
            _later,
        ),
        (r"(?P<n>今|明)天?[、和]?(?P<o>明|后)(?:两天|两日|天)", _near_two),
        (r"(?P<n>大前|大后|前|昨|今|明|后)(?:天(?!津)|(?<=[昨今明后])日)", _near),
        (r"(?P<n>当)[天日]", _near),
        (r"(?P<n>今|明)(?=早|晚)", _near),
        (LUNAR_DAY, _lunar),
        (AROUND_FEAST, _around),
        (FEAST, _feast),
        (
            rf"(?<!督办)(?<![月\d第〕\]】])(?P<d>{NUMBER})"
            r"(?:号(?!线|楼|院|文|件)|日(?!以?内|之内|假|事假|病假|年休|年假|[常程报志]))",
            _bare_day,
        ),
    )
)
