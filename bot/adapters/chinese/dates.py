"""Spans and deadlines in sentences, for leave and for supervision alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.chinese.corrections import taken_back, without_work_done
from bot.adapters.chinese.days import Mention, find_mentions
from bot.adapters.chinese.halves import HALF_ALONE
from bot.adapters.chinese.lengths import LENGTH
from bot.adapters.chinese.normal import normalised
from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.adapters.chinese.otherdays import find_other_days
from bot.adapters.chinese.resolving import ONE_DAY, Asked, shift_months
from bot.adapters.chinese.stretches import TO_BEFORE
from bot.adapters.chinese.timing import Timing, TimingReader
from bot.core.calendar import WorkCalendar, add_working_days
from bot.core.errors import InvalidInputError, RefusedError
from bot.core.leave import LeaveParts, Span

_PUBLISHED = PublishedCalendar()

LONG_PAST = timedelta(days=60)
FAR = timedelta(days=730)

_WITHIN = re.compile(rf"(?P<count>{NUMBER})个?(?P<unit>工作日|天|日|周|月)(?:以内|之内|内)")
_BY_AFTER = re.compile(r"^(?:之前|以前|前|截止|为止|止|内|以内)")


def read_day(text: str, today: date, working: WorkCalendar = _PUBLISHED) -> date | None:
    """The day by which something is due (11月底前, 下周五前, 三天内); None if none is named.

    The day named counts (X前 includes X), except a feast: 国庆前 ends on the day before.

    Raises:
        InvalidInputError: there is no such day ("date_impossible").
        CalendarUnpublishedError: working days reach into a year that is not published.
    """
    text = normalised(text)
    if within := _WITHIN.search(text):
        return _after(today, read_number(within["count"]), within["unit"], working)
    mentions = list(find_mentions(text)) or find_other_days(text, today)
    if not mentions:
        return None
    mention = _deadline_mention(text, mentions)
    last = mention.resolve(Asked(today))[1]
    before_feast = mention.is_feast and text.startswith(("前", "之前", "以前"), mention.end)
    return last - ONE_DAY if before_feast else last


def read_span(text: str, today: date, working: WorkCalendar = _PUBLISHED) -> Span | None:
    """The days that a sentence names; None if it names no complete span.

    Raises:
        InvalidInputError: no such day ("date_impossible"), or an end before the beginning
            ("leave_ends_before_start").
    """
    return read_timing(text, today, working=working).span


def read_timing(
    text: str,
    today: date,
    said: LeaveParts | None = None,
    working: WorkCalendar = _PUBLISHED,
) -> Timing:
    """All that a sentence says of the days of a leave, going on from what was `said`.

    Raises:
        See `read_span`.
    """
    said, text = said or LeaveParts(), normalised(text)
    parted = taken_back(text)
    if parted and all(_speaks_of_time(part, today) for part in parted):
        said = _said_first(parted[0], today, said, working)
        text = parted[1]
    elif any(find_mentions(later := without_work_done(text))):
        text = later
    try:
        timing = TimingReader(text, today, said, working).read()
    except OverflowError as error:  # beyond the year 9999
        raise InvalidInputError("date_impossible") from error
    _refuse_far(timing.span, today)
    return timing


def _speaks_of_time(text: str, today: date) -> bool:
    return bool(time_ranges(text, today))


def _said_first(text: str, today: date, said: LeaveParts, working: WorkCalendar) -> LeaveParts:
    """What was said before it was taken back: all that the correction leaves untouched."""
    try:
        timing = TimingReader(text, today, said, working).read()
    except (RefusedError, OverflowError):
        return said
    return said.merged(LeaveParts(**vars(timing)))


def _refuse_far(span: Span | None, today: date) -> None:
    """Refuse days so far off that a slip is likelier.

    Raises:
        InvalidInputError: long past or years ahead ("date_long_past", "date_far").
    """
    if span is None:
        return
    if today - span.last_day > LONG_PAST:
        raise InvalidInputError("date_long_past", day=span.last_day)
    if span.first_day - today > FAR:
        raise InvalidInputError("date_far", day=span.first_day)


def time_ranges(text: str, today: date) -> list[tuple[int, int]]:
    """Where a normalised text speaks of time, for readers of the rest of the sentence."""
    found = [(m.start, m.end) for m in find_mentions(text)]
    found += [match.span() for match in LENGTH.finditer(text)]
    found += [match.span() for match in HALF_ALONE.finditer(text)]
    if not found:
        found = [(m.start, m.end) for m in find_other_days(text, today)]
    return sorted(found)


def _deadline_mention(text: str, mentions: Sequence[Mention]) -> Mention:
    """The one that is called a deadline, else an end, else the first."""
    for mention in mentions:
        if _BY_AFTER.match(text[mention.end :]):
            return mention
    for mention in mentions:
        if TO_BEFORE.search(text[: mention.start]):
            return mention
    return mentions[0]


def _after(day: date, count: float, unit: str, working: WorkCalendar) -> date:
    """`count` units after a day, which itself does not count."""
    if unit == "工作日":
        return add_working_days(day, int(count), working)
    if unit == "月":
        return shift_months(day, int(count))
    return day + timedelta(days=int(count * (7 if unit == "周" else 1)))
