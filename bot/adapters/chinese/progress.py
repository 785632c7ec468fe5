"""What a progress report states: how far, and whether it is done."""

from __future__ import annotations

import re

from bot.adapters.chinese.numerals import read_number
from bot.core.errors import InvalidInputError

_SMALL = r"[零〇一二两三四五六七八九十百]+"
_SHARE = re.compile(
    rf"(?P<percent>-?\d+(?:\.\d+)?)\s*(?:%|%|个百分点)|百分之(?P<spoken>{_SMALL}|\d+(?:\.\d+)?)"
    r"|(?P<tenths>[一二两三四五六七八九十])成(?P<half>[一二三四五六七八九半])?(?!立|果|功|效|本|员|交|都|熟|为|品)"
    rf"|(?P<whole>[二三四五六七八九十]|\d{{1,2}})分之(?P<part>{_SMALL}|\d{{1,2}})|(?P<middle>一半)"
)
_WORK = re.compile(
    r"(?:完成|完工|[办做干弄]了|进度|进展|推进|办理|落实|达到?|已经?|现|约|近|超过?|过)[^,。;]{0,6}$"
)
_OTHER_FIGURE = re.compile(
    r"(?:增长|增加|下降|提高|提升|同比|环比|占比?|占到|降低|上升|减少)[^,。;]{0,6}$"
)
_CLAUSE_BEFORE = re.compile(r"[,:;。\s](?:大概|大约|约|有|也就|到)?$")
_CLAUSE_AFTER = re.compile(r"(?:左右|以上|多|吧|了)*(?:$|[,;。!\s])")
_EMPTY = re.compile(
    r"^[\s,:。@]*(?:小规)?[\s,]*(?:我(?:来|要|想)?)?(?:汇报|报告|报送|反馈|填报|更新|录入|报)?(?:一下|个|下)?(?:督办)?的?"
    r"(?:进展|进度|情况)?(?:更新|汇报|反馈|情况)?(?:一下)?[\s:,。!]*$"
)
_BARE = re.compile(r"^[\s,:;。]*$")
_DONE = re.compile(
    r"申请(?:办结|销号|结项)|请(?:予|求)?(?:办结|销号|审核|验收)|办结(?:申请|了|$|[,。;!!\s])"
    r"|(?:已经?|均已|都|现已|全部|全面)(?:全部|全面|按时|如期)?(?:办结|办完|办好|完结|完成|补办完毕|补办完成|补办到位|落实到位|整改到位|整改完毕|整改完成|办理完毕)"
    r"(?=$|了|[,。;!!\s]|并|,请)|(?:完成|办完|办好|弄完|搞定|做完|落实)了(?=$|[,。;!!\s])|^\s*办结"
)
_PART = re.compile(
    r"(?:未|没有?|尚未|还没|不能|无法|难以|没法)[^,。;]{0,6}(?:完成|办结|办完|办好|落实|整改|销号)"
    r"|(?:预计|争取|力争|计划|将|拟|准备|打算|预期|下周|明天|下月|月底前?|年底前?)[^,。;]{0,8}(?:完成|办结|办完|办好)"
)


def read_percent(text: str) -> int | None:
    """The percentage a report states of its own progress; None if none.

    Raises:
        InvalidInputError: outside 0 to 100 ("progress_percent"), or a report that only says that
            it is one ("progress_missing").
    """
    if _EMPTY.match("".join(text.split())):
        raise InvalidInputError("progress_missing")
    for match in _SHARE.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if _OTHER_FIGURE.search(before):
            continue
        stands_alone = (_BARE.match(before) and _BARE.match(after[:1])) or (
            _CLAUSE_BEFORE.search(before) and _CLAUSE_AFTER.match(after)
        )
        if _WORK.search(before) or stands_alone:
            percent = _percent(match)
            if not 0 <= percent <= 100:
                raise InvalidInputError("progress_percent", percent=percent)
            return percent
    return None


def says_done(text: str) -> bool:
    """Whether a report says that the whole matter is done; a plan or a part does not."""
    return bool(_DONE.search(text)) and not _PART.search(text)


def _percent(match: re.Match[str]) -> int:
    if match["percent"]:
        return int(float(match["percent"]))
    if match["spoken"]:
        return int(read_number(match["spoken"]))
    if match["whole"]:
        return round(100 * read_number(match["part"]) / read_number(match["whole"]))
    if match["middle"]:
        return 50
    half = match["half"]
    ones = 5 if half == "半" else int(read_number(half)) if half else 0
    return int(read_number(match["tenths"])) * 10 + ones
