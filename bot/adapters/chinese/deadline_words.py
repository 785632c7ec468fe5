"""The deadline that a sentence sets, and where in the sentence it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.adapters.chinese.dates import read_day
from bot.adapters.chinese.days import Mention, find_mentions
from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.core.calendar import ONE_DAY

_UNIT = r"(?:工作日|天|日|周|月)"
_WITHIN = re.compile(rf"(?<!每)(?P<term>{NUMBER}个?{_UNIT})(?:以内|之内|内|(?=[报办完反回解结]))")
_BEFORE = re.compile(
    r"(?:(?:完成|办结|办理|报送)?(?:期限|时限|限期|限时|限|截止(?:日期|时间)?|截至)(?:为|是|到|至)?[:]?"
    r"|不晚于|不迟于|务必于|务必在|赶在|于|在|到|至)\s*$"
)
_CALLED = re.compile(
    r"(?:期限|时限|限期|限时|限|截止(?:日期|时间)?|截至|于|迟于)(?:为|是|到|至)?[:]?\s*$"
)
_STATED = re.compile(r"(?:期限|时限|截止(?:日期|时间)?)(?:为|是|到|至)?[:]?\s*$")
_AFTER = re.compile(r"(?:下班)?(?:之前|以前|前|以内|之内|内|截止|为限|为止|止)")
_NO_DEADLINE = re.compile(
    r"(?:的|上|[^,。;\s]{0,6}(?:会议?|批示|召开|印发|下发|通知|部署|以来|起|之?后|报表|份))"
)
_HOUR = re.compile(
    rf"\s*(?:上午|中午|下午|晚上|晚)?\s*(?:{NUMBER}(?:点半?|时)(?:{NUMBER}分)?整?钟?|\d{{1,2}}:\d\d)"
    r"(?:之前|以前|前)?"
)
_MOVED = re.compile(r"(?:延期?|延长|延后|顺延|推迟?|推后|宽限|改|调整?)[^,。;]{0,6}?[到至为成]")
_BEFORE_MONTH = re.compile(rf"(?<![\d年])(?P<month>{NUMBER})月份?(?:之前|以前|前)")
_LATER = re.compile(
    rf"(?:延长|延后|延期|推迟|顺延|宽限|再给|延)\s*(?P<term>{NUMBER}个?{_UNIT})(?!以?内|之内)"
)


@dataclass(frozen=True)
class DeadlineWords:
    """A deadline and the words that set it, those around the date included."""

    start: int
    end: int
    day: date


def find_deadline(text: str, today: date) -> DeadlineWords | None:
    """The deadline of a new item; a date that is called one goes before a plain one.

    Raises:
        InvalidInputError: there is no such day ("date_impossible").
        CalendarUnpublishedError: working days reach into a year that is not published.
    """
    if (within := _WITHIN.search(text)) is not None:
        day = read_day(within["term"] + "内", today)
        return _placed(text, *within.span(), day)
    if (before := _BEFORE_MONTH.search(text)) is not None:
        return _placed(
            text, *before.span(), _eve_of_month(int(read_number(before["month"])), today)
        )
    mentions = list(find_mentions(text))
    for mention in mentions:
        if _STATED.search(text[: mention.start]):
            after = _AFTER.match(text, mention.end)
            end = after.end() if after else mention.end
            return _placed(text, mention.start, end, _day(text, mention, today))
    for mention in mentions:
        after = _AFTER.match(text, mention.end)
        if after is not None:
            return _placed(text, mention.start, after.end(), _day(text, mention, today))
    for mention in mentions:
        if _CALLED.search(text[: mention.start]) or _is_plain(text, mention):
            return _placed(text, mention.start, mention.end, _day(text, mention, today))
    return None


def set_days(text: str, today: date) -> tuple[date, ...]:
    """The days by which a sentence wants something done; none where it calls one the 时限.

    Of 11月30日前报方案,12月15日前完成 nobody can tell which day the matter is to be held to.
    """
    ends = [mention for mention in find_mentions(text) if _AFTER.match(text, mention.end)]
    if any(_STATED.search(text[: mention.start]) for mention in find_mentions(text)):
        return ()
    days = (_day(text, mention, today) for mention in ends)
    return tuple(dict.fromkeys(day for day in days if day is not None))


def later_day(text: str, deadline: date | None) -> date | None:
    """The day that an extension by a length leads to: 延长5天, 延期两周; None if none is said."""
    longer = _LATER.search(text)
    if longer is None or deadline is None:
        return None
    return read_day(longer["term"] + "内", deadline)


def moved_day(text: str, today: date) -> date | None:
    """The day that a deadline is to be moved to, whatever other days are named: 延到1月底."""
    days = (read_day(text[moved.end() :], today) for moved in _MOVED.finditer(text))
    return next((day for day in days if day is not None), None)


def _eve_of_month(month: int, today: date) -> date | None:
    """12月前: the month itself no longer counts."""
    if not 1 <= month <= 12:
        return None
    year = today.year if date(today.year, month, 1) > today else today.year + 1
    return date(year, month, 1) - ONE_DAY


def _is_plain(text: str, mention: Mention) -> bool:
    """A date on its own: not a feast, and not the date of a meeting or of a repetition."""
    repeated = text[: mention.start].endswith("每")
    return not (mention.is_feast or repeated or _NO_DEADLINE.match(text, mention.end))


def _day(text: str, mention: Mention, today: date) -> date | None:
    feast = "前" if mention.is_feast else ""
    return read_day(text[mention.start : mention.end] + feast, today)


def _placed(text: str, start: int, end: int, day: date | None) -> DeadlineWords | None:
    if day is None:
        return None
    hour = _HOUR.match(text, end)  # a deadline is a day: 下午5点前 adds nothing to it
    before, end = _BEFORE.search(text[:start]), hour.end() if hour else end
    return DeadlineWords(before.start() if before else start, end, day)
