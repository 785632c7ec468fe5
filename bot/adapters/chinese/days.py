"""Days as people name them, found in a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.adapters.chinese.day_kinds import KINDS, DayKind, Sort
from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.adapters.chinese.resolving import ONE_DAY, Asked, Days
from bot.core.errors import InvalidInputError
from bot.core.leave import Half

AM = r"上午|早上|早晨|清晨|一早|早|上半天|前半天|头半天|前半晌|头午|头晌|前晌"
PM = r"下午|午后|傍晚|晚上|晚|下半天|后半天|后半晌|过午|过晌|后晌|下晌"
_HALF = re.compile(rf"的?(?:(?P<am>{AM})|(?P<pm>{PM})|(?P<noon>中午|晌午))?")
_AROUND = re.compile(rf"的?(?:(?P<side>前|后)第?(?P<count>{NUMBER})天|第二天|次日)")
_LOOSELY = re.compile(r"的?(?:左右|前后|附近|上下|期间的?某|里?的?某|那几天)")
_BEFORE = re.compile(r"(?:之|以)?[前后]")
_MOVABLE = (Sort.DATE, Sort.WEEKDAY, Sort.FEAST)
_SAME_DAY = re.compile(r"^,?(?P<said>也就是|就是|即)?$")


@dataclass(frozen=True)
class Mention:
    """Words at `start`..`end` of a text that name a day or several, perhaps half of one.

    `is_bound` says that the day is sure only as the end of a stretch (月底, 12月5日前), `is_vague`
    that it is no sure day at all (上旬, 12月5日左右).
    """

    start: int
    end: int
    resolve: Callable[[Asked], Days]
    half: Half | None = None
    sort: Sort = Sort.OTHER
    is_noon: bool = False
    is_bound: bool = False
    is_vague: bool = False
    is_relative: bool = False  # 下周三, whose week was said

    @property
    def is_feast(self) -> bool:
        """Whether the day has a name of its own (国庆)."""
        return self.sort is Sort.FEAST

    @property
    def ends_am(self) -> bool:
        """Whether a stretch that this ends is over at noon."""
        return self.half is Half.AM or self.is_noon


def find_mentions(text: str) -> Iterator[Mention]:
    """Every mention of days in a normalised text, in order; 12月7日周一 is one of them."""
    return _joined(_find(text), text)


def _find(text: str) -> Iterator[Mention]:
    position = 0
    while (found := _next_match(text, position)) is not None:
        mention = _mention(text, *found)
        yield mention
        position = mention.end


def _mention(text: str, match: re.Match[str], kind: DayKind) -> Mention:
    end, resolve = match.end(), _bound(kind, match)
    moved = _AROUND.match(text, end) if kind.sort in _MOVABLE else None
    if moved:
        end, resolve = moved.end(), _moved(resolve, moved)
    half = _HALF.match(text, end)
    which = half.lastgroup if half else None
    end = half.end() if half and which else end
    return Mention(
        match.start(),
        end,
        resolve,
        _half(which),
        kind.sort,
        is_noon=which == "noon",
        is_bound=kind.sort is Sort.BOUND or _BEFORE.match(text, end) is not None,
        is_vague=_is_vague(text, match.start(), end, kind),
        is_relative=bool(match.groupdict().get("w")),
    )


def _is_vague(text: str, start: int, end: int, kind: DayKind) -> bool:
    if kind.sort is Sort.VAGUE or text[:start].endswith(("每", "每个")):
        return True
    return _LOOSELY.match(text, end) is not None


def _half(which: str | None) -> Half | None:
    return None if which is None else Half.AM if which == "am" else Half.PM


def _bound(kind: DayKind, match: re.Match[str]) -> Callable[[Asked], Days]:
    return lambda asked: kind.resolve(match, asked)


def _moved(resolve: Callable[[Asked], Days], match: re.Match[str]) -> Callable[[Asked], Days]:
    """12月25日前一天: the days right before or after, the day itself not counted."""
    count = int(read_number(match["count"])) if match["count"] else 1

    def around(asked: Asked) -> Days:
        first, last = resolve(asked)
        if match["side"] == "前":
            return first - count * ONE_DAY, first - ONE_DAY
        return last + ONE_DAY, last + count * ONE_DAY

    return around


def _joined(mentions: Iterable[Mention], text: str) -> Iterator[Mention]:
    """A date and the weekday that explains it as one mention."""
    before: Mention | None = None
    for mention in mentions:
        if before and _explains(before, mention, text[before.end : mention.start]):
            before = _both(before, mention)
            continue
        if before:
            yield before
        before = mention
    if before:
        yield before


def _explains(first: Mention, second: Mention, gap: str) -> bool:
    match = _SAME_DAY.match(gap)
    if match is None or first.half is not None:
        return False
    return bool(match["said"]) or {first.sort, second.sort} == {Sort.DATE, Sort.WEEKDAY}


def _both(first: Mention, second: Mention) -> Mention:
    dated, named = (second, first) if first.sort is Sort.WEEKDAY else (first, second)

    def resolve(asked: Asked) -> Days:
        days = dated.resolve(asked)
        if not _is_on(days[0], named, asked):
            raise InvalidInputError("date_contradictory", day=days[0])
        return days

    return replace(second, start=first.start, resolve=resolve, sort=Sort.DATE)


def _is_on(day: date, mention: Mention, asked: Asked) -> bool:
    """Whether a day is the one said with it; of a bare 周三 only the weekday has to fit."""
    named = mention.resolve(asked)[0]
    if mention.sort is Sort.WEEKDAY and not mention.is_relative:
        return day.isoweekday() == named.isoweekday()
    return day == named


def _next_match(text: str, position: int) -> tuple[re.Match[str], DayKind] | None:
    """The leftmost match; of several that start together the first listed."""
    found = None
    for kind in KINDS:
        match = kind.pattern.search(text, position)
        if match and (found is None or match.start() < found[0].start()):
            found = match, kind
    return found
