"""One spelling for what people type in many ways."""

from __future__ import annotations

import re
import unicodedata

from bot.adapters.chinese.numerals import NUMBER

_TO = r"(?:到|至|~|-|—+|–)"
_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\s+", ""),
        (r"星期|礼拜", "周"),
        (r"(?<=[上下这本])个(?=周|月)", ""),
        (r"(?<=[上下])一(?=周[一二三四五六日天末])", ""),
        (r"號", "号"),
        (r"[((]周[一二三四五六日天][))]", ""),  # 12月7日(周一): the date says it
        (r"不是[^,。;]{1,10}[,、]?(?:而是|应该是|应是|是|改成|改为)", ""),  # what is taken back
        # 周三至五, 周三周四 and 周三、四 name every weekday in full
        (rf"周([一二三四五六日天])({_TO})(?=[一二三四五六日天](?![天个月日号周十]))", r"周\1\2周"),
        (r"周([一二三四五六])[、和](?=[二三四五六日天](?![天个月日号周十]))", r"周\1、周"),
        # 12月1-5日, 1至5号: the first gets its 日 too
        (rf"(?<![\d.\-/年])({NUMBER})({_TO})({NUMBER})([日号])(?!线|楼)", r"\1日\2\3\4"),
        (rf"(?<=月)(\d{{1,2}})({_TO})(\d{{1,2}})(?![\d月日号年.天])", r"\1日\2\3日"),
        (rf"(?<=月)({NUMBER})[、和]({NUMBER})([日号])", r"\1日、\2\3"),
        (rf"(?<![月\d.])({NUMBER})[、和]({NUMBER})([日号])", r"\1日、\2\3"),
        # 至5日年休假 is a date, 请5日假 a length
        (rf"({_TO}{NUMBER})日(?=年休|年假|事假|病假|假)", r"\1号"),
        # 12.1-5: the month counts for both
        (
            rf"(?<![\d.])(1[0-2]|[1-9])[./](\d{{1,2}})({_TO})(\d{{1,2}})(?![\d./月天万元%])",
            r"\1月\2日\3\4日",
        ),
    )
)


def normalised(text: str) -> str:
    """The text with half-width figures, no blanks, 周 for 星期, and short ranges written out."""
    text = unicodedata.normalize("NFKC", text)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return text
