"""What replaces a part of a leave: 去济南不是青岛, 不是周三是周四, 地点错了,是济南."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from unicodedata import normalize

from bot.adapters.chinese.dates import read_timing, time_ranges
from bot.adapters.chinese.halves import HALF_ALONE, half_alone
from bot.adapters.chinese.leave_kinds import read_kind
from bot.adapters.chinese.leave_people import read_stand_in
from bot.adapters.chinese.leave_places import read_place
from bot.adapters.chinese.normal import normalised
from bot.core.calendar import WorkCalendar
from bot.core.errors import InvalidInputError
from bot.core.leave import Half, LeaveParts, Span

_IS = r"[,。;]?(?:我)?(?:而|应该?|就)*(?:是|为|去|到|改成|改为|改去|换成)+"
_WAS_SAID = r"(?:我)?(?:写|说|填|弄|搞|打|记|报)?(?:错了?|不对|有误|反了)"
_NOT_BUT = re.compile(
    rf"^(?P<lead>[^,。;]{{0,8}}?)(?<!是)不是(?:去|到)?(?P<wrong>[^,。;]{{1,14}}?){_IS}"
    r"(?P<right>[^,。;]+)$"
)
_BUT_NOT = re.compile(
    r"^(?P<lead>(?:应该)?是|我?(?:要|是)?去的?是|去|到)?(?P<right>[^,。;]{1,16}?)[,。;]?(?:而|可)?"
    r"不(?:是|去|到)(?:去|到)?(?P<wrong>[^,。;]{1,14})$"
)
_NOT_GOING = re.compile(
    r"^(?P<lead>)不(?:去|到)(?P<wrong>[^,。;]{1,14}?)了?[,。;]?(?:改|换)?(?:去|到|成)(?P<right>[^,。;]{2,16})$"
)
_PARTS = {
    "place": r"地点|地方|目的地|去的地方",
    "span": r"时间|日期|日子|天数",
    "reason": r"事由|原因|理由",
    "kind": r"类型|种类|假别|假种",
    "stand_in": r"主持(?:工作)?的人|代理负责人|代理的?人|代班的?人?|主持",
}
_NAMED = tuple(
    (part, re.compile(rf"^(?:{words})的?{_WAS_SAID}[,。;]?(?:{_IS})?(?P<right>[^,。;]+)$"))
    for part, words in _PARTS.items()
)
_LEAD = re.compile(
    r"^(?:我|刚才|刚刚|上面|前面|这个?|那个?|的|请假|假条?|申请|[把将]){1,6}的?"
    rf"(?=(?:{'|'.join(_PARTS.values())})的?{_WAS_SAID})"
)
_ENDS = re.compile(r"[吧了的呀啊呢。!]+$")
_DAY_OF_MONTH = re.compile(r"(?P<day>[12]?[1-9]|[123]0|31)[日号]")


@dataclass(frozen=True)
class Replacement:
    """`right` takes the place of `wrong`, or of a part that is named."""

    right: str
    wrong: str = ""
    part: str | None = None


def read_replacement(text: str) -> Replacement | None:
    """What a sentence puts in the place of what; None if it does not."""
    text = _ENDS.sub("", _LEAD.sub("", normalize("NFKC", text).replace(" ", "")))
    for part, pattern in _NAMED:
        if match := pattern.match(text):
            return Replacement(match["right"], part=part)
    for pattern in (_NOT_BUT, _NOT_GOING, _BUT_NOT):
        if match := pattern.match(text):
            return Replacement(match["right"], match["wrong"], _part_named(match["lead"] or ""))
    return None


@dataclass(frozen=True)
class Replacing:
    """Replaces parts of what is known of a leave."""

    today: date
    working: WorkCalendar

    def apply(self, found: Replacement, said: LeaveParts) -> LeaveParts | None:
        """The one part that changes; None if what was wrong is no part of the leave.

        Raises:
            InvalidInputError: the days cannot be used, or cannot be told ("change_unclear").
        """
        part = found.part or self._part_of(found.wrong, said)
        if part == "span":
            return self._days(found, said, said.span) if found.wrong and said.span else None
        right = normalised(found.right)
        if part == "place" and (place := read_place(right, is_answer=True)):
            return LeaveParts(place=place)
        if part == "stand_in" and (who := read_stand_in(right, is_answer=True)) is not None:
            return LeaveParts(stand_in=who)
        if part == "kind" and (kind := read_kind(right, is_answer=True)):
            return LeaveParts(kind=kind)
        if part == "reason":
            return LeaveParts(reason=right, kind=read_kind(right, is_answer=False))
        return None

    def _part_of(self, wrong: str, said: LeaveParts) -> str | None:
        if _is_same(wrong, said.place):
            return "place"
        if _is_same(wrong, said.stand_in):
            return "stand_in"
        if time_ranges(normalised(wrong), self.today):
            return "span"
        if said.kind is not None and read_kind(normalised(wrong), is_answer=False) is said.kind:
            return "kind"
        return "reason" if _is_same(wrong, said.reason) else None

    def _days(self, found: Replacement, said: LeaveParts, old: Span) -> LeaveParts | None:
        if HALF_ALONE.fullmatch(found.wrong) and HALF_ALONE.fullmatch(found.right):
            return _with(said, _other_half(old, half_alone(found.right)))
        wrong = next((day for day in (old.first_day, old.last_day) if self._is(day, found)), None)
        right = self._near(found.right, wrong) if wrong is not None else None
        if wrong is None or right is None:
            return None  # a length or a range, or another day: the sentence is read as it stands
        if right.first_day != right.last_day:
            return _with(said, right)
        if old.first_day == old.last_day:
            return _with(said, _moved(right, old))
        if wrong == old.last_day:
            return _with(said, replace(old, last_day=right.last_day, ends_am=right.ends_am))
        return _with(said, _begun(right, said, old))

    def _is(self, day: date, found: Replacement) -> bool:
        """Whether what was wrong names a day."""
        wrong = self._near(found.wrong, day)
        return wrong is not None and wrong.first_day == wrong.last_day == day

    def _near(self, text: str, day: date) -> Span | None:
        """The days that a text names, in the week or the month of a day."""
        text = normalised(text)
        if bare := _DAY_OF_MONTH.fullmatch(text):
            first = day.replace(day=int(bare["day"]))
            return Span(first, first)
        return read_timing(text, self.today, LeaveParts(around=day), self.working).span


def _part_named(lead: str) -> str | None:
    return next((part for part, words in _PARTS.items() if re.search(words, lead)), None)


def _is_same(wrong: str, known: str | None) -> bool:
    """Whether what was wrong is what is known, or so much of it that it can be told."""
    return known is not None and len(wrong) > 1 and (wrong in known or known in wrong)


def _with(said: LeaveParts, span: Span) -> LeaveParts:
    return LeaveParts(span=span, days=span.days if said.days is not None else None)


def _moved(right: Span, old: Span) -> Span:
    """A single day in the place of another; half a day stays one unless a half is said."""
    is_half = right.starts_pm or right.ends_am
    return right if is_half else replace(old, first_day=right.first_day, last_day=right.last_day)


def _begun(right: Span, said: LeaveParts, old: Span) -> Span:
    """Another first day: what was stated by its length keeps it, else the end stays."""
    if said.days is not None or right.first_day > old.last_day:
        days = said.days or old.days
        return Span.lasting(right.first_day, days, starts_pm=right.starts_pm)
    return replace(old, first_day=right.first_day, starts_pm=right.starts_pm)


def _other_half(old: Span, half: Half | None) -> Span:
    """The other half of a single day, or of the only end that is half a day.

    Raises:
        InvalidInputError: it cannot be told which ("change_unclear").
    """
    if old.first_day == old.last_day:
        return replace(old, starts_pm=half is Half.PM, ends_am=half is Half.AM)
    if old.starts_pm and half is Half.AM and not old.ends_am:
        return replace(old, starts_pm=False)
    if old.ends_am and half is Half.PM and not old.starts_pm:
        return replace(old, ends_am=False)
    raise InvalidInputError("change_unclear")
