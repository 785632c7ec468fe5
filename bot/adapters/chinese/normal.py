"""One spelling for what people type in many ways."""

from __future__ import annotations

import re
import unicodedata

from bot.adapters.chinese.hours import in_halves
from bot.adapters.chinese.slips import put_right

_TO = r"(?:到|至|~|-|—+|–)"
_WHOLE = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]+)"
_UNIT = "[一二三四五六七八九]"
_LUNAR = rf"(?:初[一二三四五六七八九十]|(?:十|二十|廿){_UNIT}?)"
_WEEK = "一二三四五六日"
_FAR = r"(?:到|至|~|—+|–)"


def _weekday_named(match: re.Match[str]) -> str:
    return match[1] + _WEEK[int(match[2]) - 1]


def _weekdays_listed(match: re.Match[str]) -> str:
    return "、".join(f"周{day}" for day in match[1] if day in "一二三四五六日天")


def _days_listed(match: re.Match[str]) -> str:
    return "、".join(f"{day}日" for day in match[1].split("、"))


_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})\s+(?=\d)", r"\1日"),
        (r"^(?=.*\d\s+[月号日]\s).*$", lambda match: "".join(match[0].split())),
        (r"(?<=\d)\s+(?=\d{1,2}\D)", "、"),
        (r"\s+", ""),
        (r"(?<=\d)[。·](?=\d)", "."),
        (r"-{2,}", "-"),
        (r"(?<=[日号天一二三四五六])[&+/](?=[\d下周明后])", "、"),
        (r"(?<![\d.])(\d{1,2})[&+](?=\d{1,2}[日号])", r"\1、"),
        (r"(?<=月)(\d{1,2})/(?=\d{1,2}[日号])", r"\1、"),
        (r"[再大]下周", "下下周"),
        (r"(?<=[上下这本])周[的里]*周(?=[一二三四五六日天])", "周"),
        (r"星期|礼拜", "周"),
        (r"(?<=[上下这本])个(?=周|月)", ""),
        (r"(?<=[上下])一(?=周[一二三四五六日天])", ""),
        (r"號", "号"),
        (r"(?<=[今明后昨前])儿个?", "天"),
        (r"周([1-7])(?![\d日号月天个.])", lambda match: "周" + _WEEK[int(match[1]) - 1]),
        (
            r"[((]([上下这本]*周[一二三四五六日天]|(?:\d{1,2}月)?\d{1,2}[日号]|[今明后]天)[))]",
            r"即\1",
        ),
        (r"[((]([上下]午|全天|[上下]半天)[))]", r"\1"),
        (r"上午(?:和|、|加|与|到|至)下午|上下午", "全天"),
        (r"元月(?=份?\d|份?[一二三])", "1月"),
        (r"外后[天日]", "大后天"),
        (r"不是[^,。;]{1,10},(?=[上下这本]*周|\d|[明后今大])", ""),
        (rf"(周[{_WEEK}]{_TO}周?)([1-7])(?![\d日号月天个.])", _weekday_named),
        (r"(?<=[日号节夕旦明秋午一])[当那][天日]|当[天日](?:往返|来回)", ""),
        (r"不是[^,。;]{1,10}[,、]?(?:而是|应该是|应是|是|改成|改为)", ""),  # what is taken back
        (r"(?<=[天日号一二三四五六午]),?(?:而)?不是[^,。;]{1,8}(?=[,。;]|$)", ""),
        # 12-1至12-5, 2026-12-01至12-03, 12.1日, 26年12月1日
        (
            rf"(?<![\d-])(\d{{1,2}})-(\d{{1,2}})({_FAR})(\d{{1,2}})-(\d{{1,2}})(?![\d-])",
            r"\1月\2日\3\4月\5日",
        ),
        (rf"(?<=\d)({_FAR})(\d{{1,2}})-(\d{{1,2}})(?![\d-])", r"\1\2月\3日"),
        (r"(?<![\d.])(1[0-2]|0?[1-9])\.(\d{1,2})[日号](?!假|年假|事假|病假)", r"\1月\2日"),
        (r"(?<!\d)(2\d)年(?=\d{1,2}月)", r"20\1年"),
        # 25、26、27三天
        (r"(?<![\d月.])(\d{1,2}(?:、\d{1,2})+)(?=[一二两三四五六七2-7]天)", _days_listed),
        # 周三至五 and 周三、四 name every weekday in full
        (rf"周([一二三四五六日天])({_TO})(?=[一二三四五六日天](?![天个月日号周十]))", r"周\1\2周"),
        (
            r"周([一二三四五六](?:[、和,/&+][二三四五六日天](?![天个月日号周十]))+)",
            _weekdays_listed,
        ),
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
        (rf"(?<=[请休假])({_WHOLE})日(?=$|[,。;])", r"\1天"),
        # 正月初七到十五: the month counts for both
        (rf"([正腊冬]月)({_LUNAR})({_TO})((?!初){_LUNAR})(?![月日号])", r"\1\2\3\1\4"),
        (rf"([正腊冬]月)(初.)({_TO})(初[一二三四五六七八九十])", r"\1\2\3\1\4"),
    )
)
_WEEKDAYS_IN_A_ROW = re.compile(rf"周([{_WEEK}]{{2,6}})(?![天个月日号周点楼十])")


def normalised(text: str) -> str:
    """The text with half-width figures, no blanks, 周 for 星期, and short ranges written out."""
    text = unicodedata.normalize("NFKC", text)
    text = put_right(text)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return _WEEKDAYS_IN_A_ROW.sub(_one_by_one, in_halves(text))


def _one_by_one(match: re.Match[str]) -> str:
    """周三四 as 周三、周四, and 周一三五, if the days come one after the other."""
    in_order = list(match[1]) == sorted(set(match[1]), key=_WEEK.index)
    return "、".join(f"周{day}" for day in match[1]) if in_order else match[0]
