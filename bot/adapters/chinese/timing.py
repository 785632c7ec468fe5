"""The days of a leave, as far as one sentence says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.adapters.chinese.days import Mention, find_mentions
from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.adapters.chinese.otherdays import find_other_days
from bot.adapters.chinese.resolving import ONE_DAY, Asked, Days, shift_months
from bot.core.calendar import WorkCalendar, add_working_days
from bot.core.errors import InvalidInputError
from bot.core.leave import MAX_DAYS, Half, LeaveParts, Span

HALF_DAY = 0.5
VAGUE_DAYS = 14  # a stretch so long (12月份) says when about, not which days
LENGTH = re.compile(
    r"(?<!提前)(?<!第)(?P<half>半天|半日)"
    rf"|(?<![提第过近\d])(?P<count>{NUMBER})个?(?P<mid>半)?"
    r"(?P<unit>工作日|整?天|日(?=假|事假|病假|年假|年休)|周|(?<=个)月|(?<=个半)月)(?P<plus>半)?(?!前|之?后|以后|以?内|之内|末)"
    r"|(?P<half_month>半个?月)|(?P<whole>整天|全天)"
)
_TO = r"(?:一直|再)?(?:到|至|~|-|—+|–)"
_GAP_RANGE = re.compile(rf"^(?:起|开始|出发|动身|走)?,?{_TO}$")
_GAP_LIST = re.compile(r"^(?:[、,]|和|与|跟|及)?$")
_GAP_BACK = re.compile(r"^[^。;]{0,14}$")
_BACK = re.compile(r"^(?:才|再)?(?:返|回(?!报|复|访|老家|乡)|结束|为止|止)")
TO_BEFORE = re.compile(rf"{_TO}$")
_MORE = re.compile(r"再[加多请休续延]|多[加请休]|延长|加上?(?=[^,。]{1,3}天)|续[请休假]")
_FROM_AFTER = re.compile(r"^(?:起|开始|出发|动身)")
HALF_ALONE = re.compile(r"(?P<am>上午|早上|上半天)|(?P<pm>下午|下半天)")


@dataclass(frozen=True)
class Timing:
    """What a sentence says of the days of a leave, complete or not (see `LeaveParts`)."""

    span: Span | None = None
    first_day: date | None = None
    half: Half | None = None
    days: float | None = None
    around: date | None = None


def without(text: str, ranges: Sequence[tuple[int, int]], mask: str = "#") -> str:
    """The text with some ranges masked, every other character in its place."""
    for start, end in ranges:
        text = text[:start] + mask * (end - start) + text[end:]
    return text


@dataclass(frozen=True)
class _Length:
    """A length as said; in days unless it is months or working days."""

    count: float
    unit: str = "天"

    @property
    def days(self) -> float:
        return self.count * {"周": 7, "月": 30}.get(self.unit, 1)


@dataclass(frozen=True)
class TimingReader:
    text: str
    today: date
    said: LeaveParts
    working: WorkCalendar

    def read(self) -> Timing:
        mentions = list(find_mentions(self.text))
        if not mentions and not HALF_ALONE.search(self.text):
            mentions = find_other_days(self.text, self.today)
        length = self._length(mentions)
        if not mentions:
            return self._without_day(length)
        if (ranged := self._range(mentions)) is not None:
            return Timing(ranged)
        first = mentions[0]
        if self._answers_end(first):
            return Timing(self._until(first))
        if TO_BEFORE.search(self.text[: first.start]):
            return Timing(self._until(first))
        days = first.resolve(self._asked())
        if days[0] != days[1] and len(mentions) > 1:
            first = mentions[1]  # 下周出差三天,周二走: the Tuesday of that week
            days = first.resolve(self._asked(days[0]))
        if (days[1] - days[0]).days >= VAGUE_DAYS:
            return self._measured_only(length)
        if length is not None and days[0] != days[1]:
            return self._within(days, length)
        if length is not None:
            return self._measured(days[0], first.half, length)
        if _FROM_AFTER.match(self.text[first.end :]):
            return self._begun(days[0], first.half)
        if self.said.days is not None and days[0] == days[1] and first.half is None:
            return self._measured(days[0], None, _Length(self.said.days))
        return Timing(self._span(days, first.half, first.half))

    def _asked(self, since: date | None = None, same_month: bool = False) -> Asked:
        """Counted from today, within the week that is being talked of."""
        span = self.said.span
        week = span.first_day if span else self.said.first_day or self.said.around
        return Asked(self.today, since, same_month, week)

    def _answers_end(self, mention: Mention) -> bool:
        """Whether a day is the end that was asked for: a beginning is known, and nothing else."""
        if self.said.first_day is None or self.said.span or self.said.days is not None:
            return False
        return mention.resolve(self._asked())[1] > self.said.first_day or (
            mention.resolve(self._asked(self.said.first_day))[1] > self.said.first_day
        )

    def _length(self, mentions: Sequence[Mention]) -> _Length | None:
        match = LENGTH.search(without(self.text, [(m.start, m.end) for m in mentions]))
        if match is None:
            return None
        if match["half"]:
            return _Length(HALF_DAY)
        if match["half_month"]:
            return _Length(15)
        if match["whole"]:
            return _Length(1)
        count = read_number(match["count"]) + HALF_DAY * bool(match["mid"] or match["plus"])
        return _Length(count, match["unit"].removeprefix("整"))

    def _range(self, mentions: Sequence[Mention]) -> Span | None:
        for first, last in pairwise(mentions):
            gap, after = self.text[first.end : last.start], self.text[last.end :]
            if _GAP_RANGE.match(gap) or (_GAP_BACK.match(gap) and _BACK.match(after)):
                return self._between(first, last)
            if _GAP_LIST.match(gap) and (span := self._listed(mentions)):
                return span
        return None

    def _between(self, first: Mention, last: Mention) -> Span:
        start = first.resolve(self._asked())[0]
        names_month = "月" in self.text[first.start : first.end]
        end = last.resolve(self._asked(start, names_month))[1]
        return Span(start, end, first.half is Half.PM, last.half is Half.AM)

    def _listed(self, mentions: Sequence[Mention]) -> Span | None:
        """周三、周四: only days that follow one another are one span."""
        first = mentions[0].resolve(self._asked())
        days = [first[0]]
        for mention in mentions:
            day, last = mention.resolve(self._asked(days[0]))
            if day - days[-1] > ONE_DAY:
                return None
            days.append(last)
        return Span(days[0], days[-1], mentions[0].half is Half.PM, mentions[-1].half is Half.AM)

    def _within(self, days: Days, length: _Length) -> Timing:
        """下周请三天: which days of the week is still open; 周末两天 is both of them."""
        if length.days >= (days[1] - days[0]).days + 1:
            return Timing(self._span(days, None, None))
        return Timing(days=length.days, around=days[0])

    def _until(self, last: Mention) -> Span:
        start = self.said.span.first_day if self.said.span else self.said.first_day or self.today
        starts_pm = self.said.span.starts_pm if self.said.span else self.said.half is Half.PM
        end = last.resolve(self._asked(start))[1]
        return Span(start, end, starts_pm, last.half is Half.AM)

    def _without_day(self, length: _Length | None) -> Timing:
        half = self._half_alone()
        start = self.said.span.first_day if self.said.span else self.said.first_day
        if start is None and half is not None:
            start = self.today
        if start is None:
            return self._measured_only(length)
        if length is not None and self.said.span and _MORE.search(self.text):
            length = _Length(self.said.span.days + length.days)
        if length is not None:
            starts_pm = self.said.span.starts_pm if self.said.span else self.said.half is Half.PM
            return self._measured(start, half or (Half.PM if starts_pm else None), length)
        if half is not None:
            return Timing(self._span((start, start), half, half))
        return Timing()

    def _half_alone(self) -> Half | None:
        match = HALF_ALONE.search(self.text)
        return Half(match.lastgroup) if match and match.lastgroup else None

    def _measured_only(self, length: _Length | None) -> Timing:
        if length is None:
            return Timing()
        if length.days > MAX_DAYS:
            raise InvalidInputError("leave_too_long", most=MAX_DAYS)
        return Timing(days=length.days)

    def _begun(self, start: date, half: Half | None) -> Timing:
        if self.said.days is not None:
            return self._measured(start, half, _Length(self.said.days))
        return Timing(first_day=start, half=half)

    def _measured(self, start: date, half: Half | None, length: _Length) -> Timing:
        if length.count == HALF_DAY and length.unit == "天":
            half = half or self._half_alone()
            if half is None:
                return Timing(first_day=start, days=HALF_DAY)
            return Timing(self._span((start, start), half, half), days=HALF_DAY)
        starts_pm = half is Half.PM
        if length.unit in ("工作日", "月"):
            return Timing(Span(start, self._last_of(start, length), starts_pm))
        half_days = int(length.days * 2) + starts_pm
        if half_days > 2 * MAX_DAYS:
            raise InvalidInputError("leave_too_long", most=MAX_DAYS)
        last = start + ONE_DAY * ((half_days + 1) // 2 - 1)
        return Timing(Span(start, last, starts_pm, half_days % 2 == 1), days=length.days)

    def _last_of(self, start: date, length: _Length) -> date:
        if length.unit == "月":
            return shift_months(start, int(length.count)) - ONE_DAY
        return add_working_days(start - ONE_DAY, int(length.count), self.working)

    def _span(self, days: tuple[date, date], first: Half | None, last: Half | None) -> Span:
        return Span(*days, first is Half.PM, last is Half.AM)
