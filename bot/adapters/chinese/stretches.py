"""Stretches of days named by both ends, or day by day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.adapters.chinese.day_kinds import Sort
from bot.adapters.chinese.days import Mention
from bot.adapters.chinese.lengths import Length
from bot.adapters.chinese.resolving import ONE_DAY, Asked
from bot.core.calendar import CalendarUnpublishedError, WorkCalendar, working_days_between
from bot.core.errors import InvalidInputError
from bot.core.leave import Half, Span

_TO = r"(?:一直|再)?(?:到|至|~|-+|—+|–)"
_GAP_RANGE = re.compile(rf"^[^,。;]{{0,10}}?,?(?:(?:共|就|想|要)?(?:请|休|待|呆|住)个?假?)?{_TO}$")
_GAP_LIST = re.compile(r"^(?:全天|一?整天|一天)?(?:[、,]|和|与|跟|及|以及|还有|加|连)?$")
_GAP_AND = re.compile(r"^(?:、|和|与|跟|及|以及|还有|加|连)$")
_ALSO = re.compile(r"^也(?:要|想|得)?(?:请|休|不在|去)")
_GAP_OR = re.compile(r"^,?(?:或者?|还是|要么)(?:是|,)?$")
_GAP_BACK = re.compile(r"^[^。;]{0,14}$")
BACK = re.compile(r"^(?:前|之前)?(?:才|再|就)?(?:返|回(?!报|复|访|老家|乡)|结束|为止|止)")
_ONE_OF = re.compile(r"^(?:之?中|里|之间|期间)的?(?:某|任|任意)?一天")
_AT_WORK = re.compile(r"^(?:来|再|就|正式|恢复|正常|回来|回)*(?:上班|到岗|返岗|上岗|销假)")
_BEFORE = re.compile(r"^(?:之|以)?前")
TO_BEFORE = re.compile(rf"{_TO}$")


@dataclass(frozen=True)
class Stretches:
    """Finds the stretch that the days of a text make up."""

    text: str
    asked: Callable[..., Asked]  # of the first day, and whether it named its month

    def find(self, mentions: Sequence[Mention]) -> Span | None:
        """The stretch; None if the days are not said as one.

        Raises:
            InvalidInputError: the days lie apart ("leave_days_apart").
        """
        for first, last in pairwise(mentions):
            gap, after = self.text[first.end : last.start], self.text[last.end :]
            if _is_range(gap, after):
                return self._between(first, last)
            if _GAP_BACK.match(gap) and _AT_WORK.match(after):
                return self._until_work(first, last)
            is_more = _ALSO.match(after) and not TO_BEFORE.search(gap)
            if (_GAP_LIST.match(gap) or is_more) and (span := self._listed(mentions)):
                return span
            are_weekdays = not gap and first.sort is last.sort is Sort.WEEKDAY
            if is_more or are_weekdays or _GAP_AND.match(gap):
                self._refuse_apart(first, last)
        return None

    def leaves_open(self, mentions: Sequence[Mention]) -> bool:
        """Whether nobody can tell the days: 周三或周四, 周一到周五中的一天, 12月上旬到15日."""
        if _ONE_OF.match(self.text[mentions[-1].end :]):
            return True
        for first, last in pairwise(mentions):
            gap, after = self.text[first.end : last.start], self.text[last.end :]
            is_unsure = first.is_vague or first.is_bound or last.is_vague
            if _GAP_OR.match(gap) or (is_unsure and _is_range(gap, after)):
                return True
        return False

    def end(self, last: Mention, asked: Asked) -> date:
        """The last day of a stretch; of 到春节前 the day before the feast."""
        end = last.resolve(asked)[1]
        before = last.is_feast and _BEFORE.match(self.text[last.end :])
        return end - ONE_DAY if before else end

    def _between(self, first: Mention, last: Mention) -> Span:
        start = first.resolve(self.asked())[0]
        names_month = "月" in self.text[first.start : first.end]
        end = self.end(last, self.asked(start, names_month))
        return Span(start, end, first.half is Half.PM, last.ends_am)

    def _until_work(self, first: Mention, last: Mention) -> Span:
        """周四走,下周二上班: the day at work is the first one that is not taken."""
        start = first.resolve(self.asked())[0]
        end = last.resolve(self.asked(start))[0]
        if last.half is Half.PM:
            return Span(start, end, first.half is Half.PM, ends_am=True)
        return Span(start, end - ONE_DAY, first.half is Half.PM)

    def _refuse_apart(self, first: Mention, last: Mention) -> None:
        """Refuse 周三和周五: two leaves, which are asked for one by one.

        Raises:
            InvalidInputError: ("leave_days_apart").
        """
        start, end = first.resolve(self.asked())
        other, until = last.resolve(self.asked(start))
        if start == end and other == until and other - start > ONE_DAY:
            raise InvalidInputError("leave_days_apart", first=start, last=other)

    def _listed(self, mentions: Sequence[Mention]) -> Span | None:
        """周三、周四: only days that follow one another are one span."""
        first = mentions[0].resolve(self.asked())
        days = [first[0]]
        for mention in mentions:
            day, last = mention.resolve(self.asked(days[0]))
            if day - days[-1] > ONE_DAY:
                return None
            days.append(last)
        return Span(days[0], days[-1], mentions[0].half is Half.PM, mentions[-1].ends_am)


def refuse_contradiction(span: Span, length: Length | None, working: WorkCalendar) -> None:
    """Refuse a stretch of days with a length that it does not have, in days of either kind.

    Raises:
        InvalidInputError: they contradict each other ("leave_days_contradict").
    """
    if length is None or not length.is_stated or length.unit == "月":
        return
    if not _fits(span, length, working):
        raise InvalidInputError("leave_days_contradict", span=span, days=length.days)


def _fits(span: Span, length: Length, working: WorkCalendar) -> bool:
    short = 0.5 * (span.starts_pm + span.ends_am)
    if length.unit != "工作日" and length.days in (span.days, span.days + short):
        return True
    try:
        worked = working_days_between(span.first_day, span.last_day, working)
    except CalendarUnpublishedError:
        return length.days <= span.days
    return length.days in (worked, worked - short)


def _is_range(gap: str, after: str) -> bool:
    return bool(_GAP_RANGE.match(gap) or (_GAP_BACK.match(gap) and BACK.match(after)))
