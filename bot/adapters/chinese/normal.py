"""One spelling for what people type in many ways."""

from __future__ import annotations

import re
import unicodedata

_TO = r"(?:到|至|~|-|—+|–)"
_WHOLE = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]+)"
_UNIT = "[一二三四五六七八九]"
_LUNAR = rf"(?:初[一二三四五六七八九十]|(?:十|二十|廿){_UNIT}?)"
_WEEK = "一二三四五六日"
_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\s+", ""),
        (r"星期|礼拜", "周"),
        (r"(?<=[上下这本])个(?=周|月)", ""),
        (r"(?<=[上下])一(?=周[一二三四五六日天])", ""),
        (r"號", "号"),
        (r"(?<=[今明后昨前])儿个?", "天"),
        (r"[((]周[一二三四五六日天][))]", ""),  # 12月7日(周一): the date says it
        (r"(?<=[日号])当[天日]|当[天日](?:往返|来回)", ""),
        (r"不是[^,。;]{1,10}[,、]?(?:而是|应该是|应是|是|改成|改为)", ""),  # what is taken back
        # 周三至五 and 周三、四 name every weekday in full
        (rf"周([一二三四五六日天])({_TO})(?=[一二三四五六日天](?![天个月日号周十]))", r"周\1\2周"),
        (r"周([一二三四五六])[、和](?=[二三四五六日天](?![天个月日号周十]))", r"周\1、周"),
        # 12.1-5: the month counts for both
        (
            rf"(?<![\d.])(1[0-2]|[1-9])[./](\d{{1,2}})({_TO})(\d{{1,2}})(?![\d./月天万元%])[日号]?",
            r"\1月\2日\3\4日",
        ),
        # 12月1-5日, 1至5号: the first gets its 日 too
        (rf"(?<![\d.\-/年])({_WHOLE})({_TO})({_WHOLE})([日号])(?!线|楼)", r"\1日\2\3\4"),
        (rf"(?<=月)(\d{{1,2}})({_TO})(\d{{1,2}})(?![\d月日号年.天:])", r"\1日\2\3日"),
        (rf"(?<![\d.])({_WHOLE})[、和]({_WHOLE})([日号])", r"\1日、\2\3"),
        # 至5日年休假 is a date, 请5日假 and 起三日 are lengths
        (rf"({_TO}{_WHOLE})日(?=年休|年假|事假|病假|假)", r"\1号"),
        (rf"(?<=起)((?:请|休)?{_WHOLE})日", r"\1天"),
        # 正月初七到十五: the month counts for both
        (rf"([正腊冬]月)({_LUNAR})({_TO})({_LUNAR})(?![月日号])", r"\1\2\3\1\4"),
        # hours count as halves where a stretch begins or ends
        (rf"(?<=[日号])(?:1[2-9]|2\d)[:点时](?:\d\d)?分?(?={_TO})", "下午"),
        (rf"(?<=[日号])\d{{1,2}}[:点时](?:\d\d)?分?(?={_TO})", "上午"),
        (rf"({_TO}[^,。;]{{1,8}}[日号])(?:0?\d|1[0-2])[:点时](?:00)?(?!\d)", r"\1上午"),
    )
)
_WEEKDAYS_IN_A_ROW = re.compile(rf"周([{_WEEK}]{{2,6}})(?![天个月日号周点楼十])")


def normalised(text: str) -> str:
    """The text with half-width figures, no blanks, 周 for 星期, and short ranges written out."""
    text = unicodedata.normalize("NFKC", text)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return _WEEKDAYS_IN_A_ROW.sub(_one_by_one, text)


def _one_by_one(match: re.Match[str]) -> str:
    """周三四 as 周三、周四, if the days follow one another."""
    return "、".join(f"周{day}" for day in match[1]) if match[1] in _WEEK else match[0]
