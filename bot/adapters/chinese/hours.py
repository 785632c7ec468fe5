"""Hours of the clock, which leave knows only as halves of a day."""

from __future__ import annotations

import re

from bot.adapters.chinese.numerals import NUMBER, read_number

NOON, FIRST_AFTERNOON_HOUR, LAST_AFTERNOON_HOUR = 12, 1, 6  # 两点到五点 is the afternoon
_PART = r"(?:早上|上午|中午|下午|晚上|早|晚)?"
_MINUTES = r"(?:[:点时](?:半|整|[0-5]\d分?|[一二三四五]?十五?分?|一刻|三刻)?)"
_RANGE = re.compile(
    rf"(?P<part>{_PART})(?<![\d月日号.-])(?P<from>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}}){_MINUTES}钟?"
    rf"(?:到|至|~|-|—+|–)(?P<later>{_PART})(?P<to>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}}){_MINUTES}钟?"
)
_COUNTED = rf"(?:{NUMBER}|半)个?(?:多|半)?(?:小时|钟头)"
# Hours asked for, not those of a journey.
HOURS = re.compile(
    rf"(?:请|休|离开|出去|外出|耽误|占用|离岗)(?:个|假|一下|大概|约|大约)*{_COUNTED}|{_COUNTED}的?[事病]?假"
)
_CLOCK = rf"(?P<hour>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}}){_MINUTES}钟?"
_AFTER_PART = re.compile(rf"(?<=[上下中]午|早上|晚上){_CLOCK}(?:左右|(?:以|之)?[前后])?")
_TO = r"(?:到|至|~|-+|—+|–)"
_BEGINS = re.compile(rf"(?<=[日号天一二三四五六]){_CLOCK}(?={_TO})")
_SETS_OUT = re.compile(
    rf"(?<=[日号天一二三四五六]){_CLOCK}(?:(?:以|之)?后|(?=走|出发|离开|起|开始))"
)
_ENDS = re.compile(rf"(?P<to>{_TO}[^,。;]{{1,10}}?[日号天一二三四五六]){_CLOCK}")


def in_halves(text: str) -> str:
    """The text with hours as the halves of the day that they lie in, where they bound a leave."""
    text = _AFTER_PART.sub("", _RANGE.sub(_half, text))
    text = _BEGINS.sub(lambda match: "下午" if read_number(match["hour"]) >= NOON else "上午", text)
    text = _SETS_OUT.sub(lambda match: "下午" if read_number(match["hour"]) >= NOON else "", text)
    return _ENDS.sub(_end, text)


def _end(match: re.Match[str]) -> str:
    return match["to"] + ("下午" if read_number(match["hour"]) > NOON else "上午")


def _half(match: re.Match[str]) -> str:
    begins_pm = _is_pm(match["part"], match["from"], is_end=False)
    ends_pm = _is_pm(match["later"] or match["part"] * begins_pm, match["to"], is_end=True)
    if begins_pm and ends_pm:
        return "下午"
    return "全天" if ends_pm else "上午"


def _is_pm(part: str, hour: str, *, is_end: bool) -> bool:
    """Whether an hour lies after noon; noon itself ends a morning and begins an afternoon."""
    clock = read_number(hour)
    if part in ("下午", "晚上", "晚"):
        return True
    if part in ("早上", "上午", "早"):
        return False
    if FIRST_AFTERNOON_HOUR <= clock <= LAST_AFTERNOON_HOUR:
        return True
    return clock > NOON or (clock == NOON and not is_end)
