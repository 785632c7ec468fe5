"""Understands what people say about leave: kind, days, place, reason, stand-in, urgency."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from bot.adapters.chinese.calendar import PublishedCalendar
from bot.adapters.chinese.dates import read_timing, time_ranges
from bot.adapters.chinese.leave_changes import read_change
from bot.adapters.chinese.leave_kinds import read_kind, spoken_kind
from bot.adapters.chinese.leave_people import names_post, read_stand_in, without_stand_in
from bot.adapters.chinese.leave_places import is_out_of_area, read_place
from bot.adapters.chinese.leave_reasons import (
    names_only_meeting,
    read_reason,
    reason_of_urgency,
    with_cause,
    with_word,
)
from bot.adapters.chinese.normal import normalised
from bot.adapters.chinese.replacing import Replacing, read_replacement
from bot.adapters.chinese.timing import Timing, without
from bot.core.calendar import WorkCalendar
from bot.core.errors import RefusedError
from bot.core.leave import LeaveKind, LeaveParts, Span
from bot.core.people import Directory

_URGENT = re.compile(r"紧急|急事|特急|加急|急需|突发|临时有急")
_ONE_TRIP = re.compile(r"[出去跑走]一?[趟次]")
_NOT_URGENT = re.compile(r"不(?:紧急|急)")
_SAME_DAY = re.compile(
    r"当[天日](?:去)?,?(?:当[天日])?(?:就|便|即)?(?:往返|来回|返|赶?回)[来去回]?"
)
_CHANGES = re.compile(r"改|不对|不是|错|应该|换成|推迟|提前到|延")
_REQUESTS = re.compile(r"[请休][^,。;]{0,6}?(?:年休?假|公休假|事假|病假|婚假|产假|探亲假)")
_GOING = re.compile(r"^(?:前往|去往|去|到|赴|飞|回)")
SHORT = 4  # 病假, 请病假: nothing but the kind
WHOLE_WEEK = 7
_EMPTY = ",。!;、的吧了 "
_JOINTS = "从到至起-~"  # of two days: 下周四到周五


@dataclass(frozen=True)
class ChineseLeaveReader:
    """The `LeaveReader` for Chinese, by patterns; knows nobody and no office's rules."""

    calendar: WorkCalendar = field(default_factory=PublishedCalendar)

    def counting_by(self, calendar: WorkCalendar) -> ChineseLeaveReader:
        """See `LeaveReader.counting_by`."""
        return replace(self, calendar=calendar)

    def read(
        self, text: str, today: date, asked: str | None = None, said: LeaveParts | None = None
    ) -> LeaveParts:
        """See `LeaveReader.read`.

        A bare answer fills the part that was asked for, and speaks of nothing else unless it
        says so: 下午要开家长会 is a reason, not a new time.
        """
        said = said or LeaveParts()
        if asked != "reason" and (replaced := self._replaced(text, today, said)) is not None:
            return replaced
        text = _SAME_DAY.sub("一天", normalised(text))
        rest = without(text, time_ranges(text, today), ",")
        if asked == "span" and _REQUESTS.search(text):  # the request is said over again
            parts = self._rest(rest, text, None, LeaveParts())
        else:
            parts = self._rest(rest, text, asked, said)
        if not _may_speak_of_time(text, rest, asked, said):
            return parts
        try:
            timing = read_timing(text, today, said, self.calendar)
        except RefusedError as error:
            beside = error.details.get("parts")
            known = beside if isinstance(beside, LeaveParts) else LeaveParts()
            error.details["parts"] = parts.merged(known)
            raise
        is_brief = (parts.kind or said.kind) is LeaveKind.MEETING or _ONE_TRIP.search(text)
        if timing.span and is_brief:
            timing = _not_the_week(timing, timing.span)
        return replace(parts, **vars(timing))

    def read_change(self, text: str, today: date, said: LeaveParts) -> LeaveParts:
        """See `LeaveReader.read_change`."""
        # Of a request that was filed nobody knows whether its days were stated by their length.
        known = replace(said, days=None)
        if (replaced := self._replaced(text, today, known)) is not None:
            return said.merged(replaced)
        return read_change(self.read, normalised(text), today, said)

    def is_out_of_area(self, place: str, directory: Directory) -> bool:
        """See `LeaveReader.is_out_of_area`."""
        return is_out_of_area(place, directory)

    def names_post(self, spoken: str) -> bool:
        """See `LeaveReader.names_post`."""
        return names_post(spoken)

    def _replaced(self, text: str, today: date, said: LeaveParts) -> LeaveParts | None:
        """The one part that a sentence puts right (去济南不是青岛); None if it does not."""
        if said == LeaveParts() or (found := read_replacement(text)) is None:
            return None
        return Replacing(today, self.calendar).apply(found, said)

    def _rest(self, rest: str, text: str, asked: str | None, said: LeaveParts) -> LeaveParts:
        """Everything but the time, of which `rest` is free."""
        stand_in = read_stand_in(rest, asked == "stand_in")
        plain = without_stand_in(rest)
        kind = read_kind(plain, asked == "kind")
        if said.kind is not None and asked != "kind" and not _renames_kind(text, asked):
            kind = None
        place = None
        if asked not in ("reason", "stand_in", "kind") or said.kind is None:
            place = read_place(plain, asked == "place")
        known = kind or said.kind
        if asked == "place" and place is None:
            reason = read_reason(plain, known, is_first=True)
        else:
            reason = self._reason(plain, text, asked, said, known)
        if place is not None and reason is not None and _GOING.sub("", reason) == place:
            reason = None
        if kind is not None and (word := spoken_kind(plain)):
            reason = with_word(word, reason or said.reason)
        return LeaveParts(kind, None, place, reason, stand_in, _urgent(text))

    def _reason(
        self, plain: str, text: str, asked: str | None, said: LeaveParts, kind: LeaveKind | None
    ) -> str | None:
        if asked == "reason":
            return text.strip(",。!; ") if plain.strip(_EMPTY) else None
        if asked is not None and said.kind is not None:
            return None
        if kind is LeaveKind.MEETING and names_only_meeting(said.reason):
            return with_cause(said.reason, plain)
        if said != LeaveParts() and said.reason is None and _urgent(text):
            return reason_of_urgency(plain)
        return read_reason(plain, kind, is_first=said == LeaveParts())


def _renames_kind(text: str, asked: str | None) -> bool:
    """Whether a kind in a later sentence replaces the one that is known."""
    return _CHANGES.search(text) is not None or (asked is None and len(text) <= SHORT)


def _urgent(text: str) -> bool | None:
    if _NOT_URGENT.search(text):
        return False
    return True if _URGENT.search(text) else None


def _may_speak_of_time(text: str, rest: str, asked: str | None, said: LeaveParts) -> bool:
    """Whether days named in an answer are the days of the leave; `rest` is what else it says."""
    if asked not in ("place", "reason", "stand_in") or said.span is None:
        return True
    return bool(_CHANGES.search(text)) or not rest.strip(_EMPTY + _JOINTS)


def _not_the_week(timing: Timing, span: Span) -> Timing:
    """下周的常务会 is on one day of the week, 下周出趟差 on some: they have still to be said."""
    if span.days < WHOLE_WEEK:
        return timing
    return Timing(around=span.first_day)
