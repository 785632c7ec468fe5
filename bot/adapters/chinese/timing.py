"""The days of a leave, as far as one sentence says them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.adapters.chinese.days import Mention, find_mentions
from bot.adapters.chinese.halves import HALF_ALONE, half_alone, half_stated
from bot.adapters.chinese.hours import HOURS
from bot.adapters.chinese.lengths import HALF_DAY, Length, read_length
from bot.adapters.chinese.otherdays import find_other_days
from bot.adapters.chinese.resolving import HALF_MONTH_DAYS, ONE_DAY, Asked, Days, shift_months
from bot.adapters.chinese.stretches import BACK, TO_BEFORE, Stretches, refuse_contradiction
from bot.core.calendar import WorkCalendar, add_working_days
from bot.core.errors import InvalidInputError
from bot.core.leave import MAX_DAYS, Half, LeaveParts, Span

VAGUE_DAYS = 14  # a stretch so long (12月份) says when about, not which days
_ASKS = re.compile(r"请|休|假|歇")
_GOES = re.compile(r"出差|外出|公出|去|赴|前往|走|动身|出发|参加")
_MORE = re.compile(r"再[加多请休续延]|多[加请休]|延长|加上?(?=[^,。]{1,3}天)|续[请休假]")
_FROM_AFTER = re.compile(r"^(?:起|开始|出发|动身)")


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
class TimingReader:
    """Reads one normalised sentence, going on from what was said before."""

    text: str
    today: date
    said: LeaveParts
    working: WorkCalendar

    def read(self) -> Timing:
        mentions = list(find_mentions(self.text))
        if not mentions and not HALF_ALONE.search(self.text):
            mentions = find_other_days(self.text, self.today)
        length = read_length(without(self.text, [(m.start, m.end) for m in mentions]))
        if not mentions:
            return self._without_day(length)
        if self._stretches.leaves_open(mentions):
            return self._measured_only(length)
        if (ranged := self._stretches.find(mentions)) is not None:
            refuse_contradiction(ranged, length, self.working)
            return Timing(ranged)
        mentions = [m for m in mentions if not (m.is_vague or m.is_bound)] or mentions
        first = self._chosen(mentions)
        if self._is_end(first):
            return Timing(self._until(first)) if not first.is_vague else Timing()
        days = first.resolve(self._asked())
        if days[0] != days[1] and len(mentions) > 1 and first is mentions[0]:
            first = mentions[1]  # 下周出差三天,周二走: the Tuesday of that week
            days = first.resolve(self._asked(days[0]))
        if self._says_only_about(first, days):
            return self._measured_only(length)
        return self._from(first, days, length)

    def _chosen(self, mentions: Sequence[Mention]) -> Mention:
        """The day of the leave among days of other things: 昨天发烧,今天请假."""
        days = mentions[0].resolve(self._asked())
        if days[0] != days[1]:
            return mentions[0]
        return max(mentions, key=lambda mention: self._bearing(mention))

    def _bearing(self, mention: Mention) -> int:
        """How much the clause around a day speaks of being away."""
        before = re.split("[,。;]", self.text[: mention.start])[-1]
        clause = before + re.split("[,。;]", self.text[mention.end :])[0]
        return 2 if _ASKS.search(clause) else int(_GOES.search(clause) is not None)

    def _is_end(self, mention: Mention) -> bool:
        """Whether a day ends the leave: it is said so, or an end was asked for."""
        if self._answers_end(mention) or TO_BEFORE.search(self.text[: mention.start]):
            return True
        is_begun = self.said.span is not None or self.said.first_day is not None
        return is_begun and BACK.match(self.text[mention.end :]) is not None

    def _from(self, first: Mention, days: Days, length: Length | None) -> Timing:
        """The leave that begins on the first day named, or takes the days named."""
        if length is not None and days[0] != days[1]:
            return self._within(days, length)
        if length is not None:
            return self._measured(days[0], first.half, length)
        if _FROM_AFTER.match(self.text[first.end :]):
            return self._begun(days[0], first.half)
        if self.said.days is not None and days[0] == days[1] and first.half is None:
            return self._measured(days[0], None, Length(self.said.days))
        if HOURS.search(self.text):
            return self._by_hours(days, first.half or half_alone(self.text))
        half = first.half or half_stated(self.text)
        return Timing(self._span(days, half, half))

    def _says_only_about(self, mention: Mention, days: Days) -> bool:
        """Whether no day can be told: 12月上旬, 月底, 5日前, and the afternoons of several days."""
        if mention.is_vague or mention.is_bound or (days[1] - days[0]).days >= VAGUE_DAYS:
            return True
        return days[0] != days[1] and mention.half is not None

    def _by_hours(self, days: Days, half: Half | None) -> Timing:
        """Nothing: the rules know no hours. What was said of the day goes with the refusal.

        Raises:
            InvalidInputError: always ("leave_hours").
        """
        span = self._span((days[0], days[0]), half, half) if half else None
        parts = LeaveParts(span=span, first_day=None if span else days[0], days=HALF_DAY)
        raise InvalidInputError("leave_hours", parts=parts, day=days[0], half=half)

    @property
    def _stretches(self) -> Stretches:
        return Stretches(self.text, self._asked)

    def _asked(self, since: date | None = None, same_month: bool = False) -> Asked:
        """Counted from today, within the week that is being talked of."""
        span = self.said.span
        week = span.first_day if span else self.said.first_day or self.said.around
        return Asked(self.today, since, same_month, week, self.working)

    def _answers_end(self, mention: Mention) -> bool:
        """Whether a day is the end that was asked for: a beginning is known, and nothing else."""
        if self.said.first_day is None or self.said.span or self.said.days is not None:
            return False
        return mention.resolve(self._asked())[1] > self.said.first_day or (
            mention.resolve(self._asked(self.said.first_day))[1] > self.said.first_day
        )

    def _within(self, days: Days, length: Length) -> Timing:
        """下周请三天: which days of the week is still open; 周末两天 is both of them."""
        if length.days >= (days[1] - days[0]).days + 1:
            return Timing(self._span(days, None, None))
        return Timing(days=length.days, around=days[0])

    def _until(self, last: Mention) -> Span:
        start = self.said.span.first_day if self.said.span else self.said.first_day or self.today
        starts_pm = self.said.span.starts_pm if self.said.span else self.said.half is Half.PM
        return Span(start, self._stretches.end(last, self._asked(start)), starts_pm, last.ends_am)

    def _without_day(self, length: Length | None) -> Timing:
        half = half_alone(self.text)
        if length is None and HOURS.search(self.text):
            return self._by_hours((self.today, self.today), half) if half else self._no_hours()
        start = self.said.span.first_day if self.said.span else self.said.first_day
        if start is None and half is not None:
            start = self.today
        if start is None:
            return self._measured_only(length)
        if length is not None and self.said.span and _MORE.search(self.text):
            length = Length(self.said.span.days + length.days)
        if length is not None:
            starts_pm = self.said.span.starts_pm if self.said.span else self.said.half is Half.PM
            return self._measured(start, half or (Half.PM if starts_pm else None), length)
        if half is not None:
            return Timing(self._span((start, start), half, half))
        return Timing()

    def _no_hours(self) -> Timing:
        raise InvalidInputError("leave_hours", parts=LeaveParts(days=HALF_DAY), day=None, half=None)

    def _measured_only(self, length: Length | None) -> Timing:
        if length is None:
            return Timing()
        if length.days > MAX_DAYS:
            raise InvalidInputError("leave_too_long", most=MAX_DAYS)
        return Timing(days=length.days)

    def _begun(self, start: date, half: Half | None) -> Timing:
        if self.said.days is not None:
            return self._measured(start, half, Length(self.said.days))
        return Timing(first_day=start, half=half)

    def _measured(self, start: date, half: Half | None, length: Length) -> Timing:
        if length.count == HALF_DAY and length.unit == "天":
            half = half or half_alone(self.text)
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

    def _last_of(self, start: date, length: Length) -> date:
        if length.unit == "月":
            last = shift_months(start, int(length.count)) - ONE_DAY
            return last + ONE_DAY * HALF_MONTH_DAYS * (length.count % 1 > 0)
        return add_working_days(start - ONE_DAY, int(length.count), self.working)

    def _span(self, days: tuple[date, date], first: Half | None, last: Half | None) -> Span:
        return Span(*days, first is Half.PM, last is Half.AM)
