"""What somebody says of a leave that is to be changed: 改到下周四, 推迟一天, 提前一天走."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.core.errors import InvalidInputError
from bot.core.leave import HALF_DAY, LeaveParts, Span

DAYS_OF = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_SHIFT = re.compile(
    r"(?P<way>推[迟后]|延[后迟]|顺延|往后(?:推|延|挪|移)?|后延|晚|提[前早]|往前(?:提|挪|移|推)?|早"
    r"|多[待呆请住休去]?|少[待呆请住休去]?|缩短|延长|加)了?(?:个)?"
    rf"(?P<count>半|{NUMBER})个?(?P<unit>天|日|周|星期|礼拜)(?P<and_half>半)?(?P<tail>[^,。;]{{0,4}})"
)
_EARLIER = re.compile(r"提|往前|早|少|缩短")
_LENGTH = re.compile(r"多|少|缩短|延长|加")
_LEAVES = re.compile(r"走|出发|动身|去|开始|启程")
_COMES_BACK = re.compile(r"回|返|结束|到期|截止|销假")
_ONLY_HALF = re.compile(r"(?P<half>上午|下午)(?:半天)?[吧了。]*$")
_MOVED_TO = re.compile(
    r"(?:改到|改成|改为|改在|换到|换成|换为|推[迟后]到|延[后迟]?到|提[前早]到|挪到|移到|调到|调整到|变成"
    r"|改)(?P<rest>[^改].*)$"
)
Reading = Callable[[str, LeaveParts], LeaveParts]


@dataclass(frozen=True)
class ChangeReader:
    """Reads a change of the days in `said`; `read` understands days said for the first time."""

    read: Reading

    def days(self, text: str, said: LeaveParts) -> LeaveParts | None:
        """The parts with the new days; None if the sentence names none.

        Raises:
            InvalidInputError: the end would come before the beginning ("leave_ends_before_start").
        """
        if said.span is None:
            return None
        if shift := _SHIFT.search(text):
            return _with(said, _shifted(said.span, shift))
        moved = _MOVED_TO.search(text)
        rest = moved["rest"] if moved else text
        if half := _ONLY_HALF.fullmatch(rest):
            return _half_of(said, said.span, is_pm=half["half"] == "下午")
        new = self.read(rest, LeaveParts(kind=said.kind))
        if new.span is None and new.days is None:
            return None
        if new.days == HALF_DAY and new.span is None:
            return replace(said, span=None, days=HALF_DAY, first_day=said.span.first_day, half=None)
        if new.span is None:
            return _with(said, _lasting(said.span, new.days or 0))
        if _COMES_BACK.search(text):
            return _with(said, replace_end(said.span, new.span))
        if _LEAVES.search(text) and new.span.first_day <= said.span.last_day and not moved:
            return _with(said, replace_start(said.span, new.span))
        return _with(said, _begun_on(new, new.span, said.span))


def read_change(
    read: Callable[..., LeaveParts], text: str, today: date, said: LeaveParts
) -> LeaveParts:
    """See `LeaveReader.read_change`; `read` is the reader's own `read`."""
    changes = ChangeReader(lambda rest, known: read(rest, today, "span", known))
    moved = changes.days(text, said) or said
    new = read(text, today, None, moved)
    besides = LeaveParts(new.kind, None, new.place, None, new.stand_in, new.urgent)
    return moved.merged(besides)


def replace_end(span: Span, end: Span) -> Span:
    """The same beginning with another end."""
    return Span(span.first_day, end.last_day, span.starts_pm, end.ends_am)


def replace_start(span: Span, start: Span) -> Span:
    """The same end with another beginning."""
    return Span(start.first_day, span.last_day, start.starts_pm, span.ends_am)


def _shifted(span: Span, shift: re.Match[str]) -> Span:
    """Other days, counted in halves: 少请半天, 推迟一天, 提前一天半走.

    Raises:
        InvalidInputError: nothing would be left ("leave_ends_before_start"), or all is moved by
            half a day and nobody says at which end ("change_unclear").
    """
    days = _days_of(shift) * (-1 if _EARLIER.search(shift["way"]) else 1)
    if _LENGTH.search(shift["way"]) or _COMES_BACK.search(shift["tail"]):
        return Span.lasting(span.first_day, span.days + days, starts_pm=span.starts_pm)
    halves = int(span.starts_pm) + round(days / HALF_DAY)
    first, starts_pm = span.first_day + timedelta(days=halves // 2), halves % 2 == 1
    if _LEAVES.search(shift["tail"]) and days < span.days:
        return replace(span, first_day=first, starts_pm=starts_pm)
    if days % 1:
        raise InvalidInputError("change_unclear")
    return replace(span, first_day=first, last_day=span.last_day + timedelta(days=int(days)))


def _days_of(shift: re.Match[str]) -> float:
    unit = DAYS_OF[shift["unit"]]
    if shift["count"] == "半":
        return unit * HALF_DAY if unit == 1 else unit // 2
    return read_number(shift["count"]) * unit + HALF_DAY * bool(shift["and_half"])


def _begun_on(new: LeaveParts, span: Span, old: Span) -> Span:
    """The days that were said; a single day begins what lasts as long as before."""
    if span.first_day != span.last_day or new.days is not None or old.days <= 1:
        return span
    return Span.lasting(span.first_day, old.days, starts_pm=span.starts_pm)


def _with(said: LeaveParts, span: Span) -> LeaveParts:
    return replace(said, span=span, days=span.days, first_day=None, half=None, around=None)


def _lasting(old: Span, days: float) -> Span:
    return Span.lasting(old.first_day, days, starts_pm=old.starts_pm)


def _half_of(said: LeaveParts, old: Span, *, is_pm: bool) -> LeaveParts:
    """Half of the only day.

    Raises:
        InvalidInputError: of which of several days is not said ("change_unclear").
    """
    if old.first_day != old.last_day:
        raise InvalidInputError("change_unclear")
    return _with(said, Span(old.first_day, old.last_day, is_pm, not is_pm))
