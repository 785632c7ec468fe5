"""How long a leave is said to be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.adapters.chinese.resolving import HALF_MONTH_DAYS

HALF_DAY = 0.5
HALF_YEAR_MONTHS = 6
LENGTH = re.compile(
    r"(?<!提前)(?<!第)(?P<half>半天|半日)"
    rf"|(?<![提第过近前头\d])(?<!\d[-~到至或])(?P<count>{NUMBER})个?(?P<mid>半)?"
    r"(?P<unit>工作日|整?天|整?周|日(?=假|事假|病假|年假|年休)|(?<=个)月|(?<=个半)月)(?P<plus>半)?"
    r"(?!前|之?后|以后|以?内|之内|末|大|酒店|了)"
    r"|(?P<half_month>半个?月)|(?P<half_year>半年)(?!前|之?后|以?内|度)|(?P<whole>整天|全天)"
)
_ABOUT = re.compile(r"[一二两三四五六七八九]{2,}")  # 两三天: nobody knows how many
_STATED_BEFORE = re.compile(r"(?:请|休|共|计|合计)(?:了|假|年假|年休假|事假|病假)?$")
_STATED_AFTER = re.compile(r"^的?(?:年休|年|事|病|探亲|婚)?假")


@dataclass(frozen=True)
class Length:
    """A length as said; in days unless it is months or working days."""

    count: float
    unit: str = "天"
    is_stated: bool = False  # as the length of the leave, not of what it is for

    @property
    def days(self) -> float:
        """The length in days, a month as 30."""
        return self.count * {"周": 7, "月": 30}.get(self.unit, 1)


def read_length(text: str) -> Length | None:
    """The length that a text free of days names, first one that is stated; None if none is sure."""
    matches = list(LENGTH.finditer(text))
    stated = (match for match in matches if _is_stated(text, match))
    match = next(stated, matches[0] if matches else None)
    if match is None or _ABOUT.fullmatch(match["count"] or ""):
        return None
    if match["half"]:
        return Length(HALF_DAY)
    if match["half_month"]:
        return Length(HALF_MONTH_DAYS)
    if match["half_year"]:
        return Length(HALF_YEAR_MONTHS, "月")
    if match["whole"]:
        return Length(1)
    count = read_number(match["count"]) + HALF_DAY * bool(match["mid"] or match["plus"])
    return Length(count, match["unit"].removeprefix("整"), _is_stated(text, match))


def _is_stated(text: str, match: re.Match[str]) -> bool:
    """Whether a length is called that of the leave (请三天, 三天假)."""
    before, after = text[: match.start()], text[match.end() :]
    return bool(_STATED_BEFORE.search(before) or _STATED_AFTER.match(after))
