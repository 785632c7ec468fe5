"""The number by which people name an item: 督办3号, 督〔2026〕15号, 第3号."""

from __future__ import annotations

import re

from bot.adapters.chinese.numerals import read_number

_COUNT = r"(?P<serial>\d{1,5}|[零〇一二三四五六七八九十百]{1,5})"
_ENDS = r"(?![\d个天日周月年%])"
# 第3号地块, 第12号文件: numbers of other things.
_ELSEWHERE = (
    r"(?:公?文|令|公告|通[知告报]|楼|地块|[公道铁]?路|线|桥|[提议]案|建议|会议|纪要|决[议定]|批示|标段|窗口|井|泵|闸|小区"
    r"|社区|厂|园|台|轮|国道|省道|待办)"
)
_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"督(?:办|查)?(?:字|件)?\s*[〔\[(【]\s*(?P<year>20\d\d)\s*年?\s*[〕\])】]\s*第?\s*{_COUNT}\s*号?",
        rf"督(?:办|查)?(?P<year>20\d\d)\s*[-年]\s*第?{_COUNT}\s*号?",
        rf"(?:督办|督查)(?:事项|件|单|任务)?[\s\-—#№.]*第?\s*{_COUNT}\s*号(?:督办|督查)?(?:事项|件)?",
        rf"第?\s*{_COUNT}\s*号\s*(?:督办|督查|事项|件)(?:事项|件)?",
        rf"(?:督办|督查)(?:事项|件|单|任务)?\s*第?(?P<serial>\d{{1,5}}){_ENDS}(?!\s*[号:])",
        rf"第\s*{_COUNT}\s*号(?!\s*{_ELSEWHERE})",
        r"(?:签收|销号|销掉?|退回|打回|撤销|办结|催办|查看|同意|准予|批准|延期)\s*(?P<serial>\d{1,5})\s*号",
        r"(?:^|[\s:,]|把|将|给|小规)\s*(?P<serial>\d{1,5})\s*号(?=\s*(?:已|现|完成|申请|延期|签收|销|退|打回|撤|催"
        r"|办[结完]|进展|进度|到哪|可以|同意|不同意|作废|我们?收))",
        r"(?P<serial>\d{1,5})\s*号的(?:进展|进度|情况)",
    )
)


def find_number(text: str) -> re.Match[str] | None:
    """The first expression that names an item; groups `serial` and perhaps `year`."""
    matches = (pattern.search(text) for pattern in _NUMBERS)
    return next((match for match in matches if match), None)


def number_of(match: re.Match[str], year: int) -> tuple[int, int]:
    """The (year, serial) of an expression, `year` where it names none."""
    said = match.groupdict().get("year")
    return int(said) if said else year, int(read_number(match["serial"]))


def without_number(text: str) -> str:
    """The sentence without the item's number, whose digits are no date and no percentage."""
    match = find_number(text)
    return text[: match.start()] + " " + text[match.end() :] if match else text
