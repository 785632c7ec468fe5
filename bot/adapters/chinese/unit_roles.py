"""What the units that a sentence names are to do in it: lead, assist, or neither."""

from __future__ import annotations

import re

from bot.adapters.chinese.unit_names import EDGE, GAP, Mention, find_units
from bot.core.people import Directory

_STOP = rf"(?=$|{EDGE})"
_ASSISTS_BEFORE = re.compile(r"(?:会同|配合单位|协办单位|配合|协办|协同|联合|会商)[:/\s]*$")
_ASSISTS_AFTER = re.compile(r"(?:等)?(?:单位|部门|局)?(?:配合|协办|协助|参与|参加)")
_LEADS_BEFORE = re.compile(
    r"(?:牵头单位|责任单位|承办单位|主办单位|主责单位|牵头|承办|主办|责任|交由|责成|由|请|让"
    r"|(?:转?交办?|安排|分派|派|转)?给|交|要求|督办|督促|(?:给我)?盯(?:一下|紧|住|着)?)"
    r"(?:是|为)?[:\s]*$"
)
_LEADS_AFTER = re.compile(
    rf"\s*(?:为)?(?:(?:牵头|负责|承办|主办|办理|主责)(?!人)|[来去]?(?:办|抓|落实){_STOP})"
)
_SEVERALLY = re.compile(r"[,\s]*(?:要|应|须|需|请)?(?:分别|各自|均)")
_LISTS = re.compile(r"\s*(?:、|和|与|及|以及)\s*")


def find_runs(text: str, directory: Directory) -> list[list[Mention]]:
    """Units that are named in one breath: 教育局、财政局和人社局."""
    runs: list[list[Mention]] = []
    for mention in find_units(text, directory):
        between = text[runs[-1][-1].end : mention.start] if runs else ""
        if runs and _LISTS.fullmatch(between):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def role_of(text: str, run: list[Mention]) -> str:
    """lead, assist, first (may lead, for it stands where a unit does) or other."""
    before, after = text[: run[0].start], text[run[-1].end :]
    helped = re.search(r"(?:局|委|办|镇|街道|中心)配合\s*$", before)  # 甲局配合乙局: 乙 leads
    if _ASSISTS_AFTER.match(after) or (_ASSISTS_BEFORE.search(before) and not helped):
        return "assist"
    if _LEADS_AFTER.match(after) or _LEADS_BEFORE.search(before) or helped:
        return "lead"
    stands = re.search(rf"(?:^|{EDGE})$", before) or re.match(rf"{GAP}|[:]", after)
    return "first" if stands else "other"


def act_severally(text: str, run: list[Mention]) -> bool:
    """Whether each of several units is to do it for itself: 营丘镇、红河镇分别报送."""
    return len(run) > 1 and _SEVERALLY.match(text[run[-1].end :]) is not None


def hands_over(text: str, run: list[Mention]) -> bool:
    """Whether words before a unit give the matter to it: 交给水利局."""
    return _LEADS_BEFORE.search(text[: run[0].start]) is not None


def span_with_words(text: str, run: list[Mention]) -> tuple[int, int]:
    """Where units stand with the words that say what they are to do."""
    before, after = text[: run[0].start], text[run[-1].end :]
    marks = [_ASSISTS_BEFORE.search(before), _LEADS_BEFORE.search(before)]
    ends = [pattern.match(after) for pattern in (_ASSISTS_AFTER, _LEADS_AFTER)]
    start = min((mark.start() for mark in marks if mark), default=run[0].start)
    end = run[-1].end + max((mark.end() for mark in ends if mark), default=0)
    return start, end
