"""Why somebody asks for leave, as far as the sentence says it."""

from __future__ import annotations

import re

from bot.adapters.chinese.leave_kinds import FAMILY, ILLNESS_TOLD
from bot.core.leave import LeaveKind

_STATED = re.compile(
    r"(?:事由|理由|原因)(?:是|为|:)?(?P<stated>[^,。;]{2,60})|(?:因为|由于|因(?!私|公))(?P<because>[^,。;]{2,60})"
)
_ACTIVITY = re.compile(
    rf"(?:(?:陪|带|送|接|领|{FAMILY})[^,。;]{{0,6}}?)?"
    r"(?:参加|出席|办理|处理|对接|汇报|看望|照顾|陪(?!产|护)|接送|复查|体检|看病|就医|手术|住院|招商|考察|调研|参观|洽谈|开[^,。;]{0,12}会|参会"
    r"|开家长会|领证|搬家)[^,。;]{0,40}"
)
_FILLER = re.compile(
    r"我|本人|您好|你好|领导|帮忙?|想要?|要|申请|需要?|打算|准备|计划|拟|从|起|开始|共计?|一共|报备|报告|一下|麻烦|请问|可以|吗"
    r"|请个?假|请|休(?=$|,)|的|假|于|到|至|在|去|有(?=$)|因|事先|提前|并|也|就|吧|了|呢|出发|返回|回来|走(?=$|,)"
)
_KIND_WORDS = re.compile(
    r"年休假?|年假|公休假?|病假|事假|婚假|产假|探亲假?|出差|公出|培训|学习|因私出国|会议请假|休假|外出|紧急|加急|急事"
)
_URGENCY = re.compile(
    r"(?:按|是|算|属于|情况|特别|比较|很|非常)*(?:紧急|加急|特急)(?:事项|情况|办理|处理|事)*"
)
_MEETING_ONLY = re.compile(
    r"[^,]{0,14}会议?(?:我?(?:去|来|参加|出席)不了|我?(?:不能|无法|没法)(?:参加|出席|去|来))?"
)
_ABOUT_FORM = re.compile(r"改|不对|错|确认|提交|时间|地点|事由|类型|主持|取消|算了")
_TAIL = re.compile(
    r"(?:,|,|需要?|要|想|所以|故|特)?(?:申请|请)(?:个|一?天)?(?:年休|病|事|婚|产)?假?.*$"
)


def read_reason(text: str, kind: LeaveKind | None, *, is_first: bool) -> str | None:
    """The reason: stated as such, or told as an activity; else, of a first sentence, what is left.

    Only personal leave and leave from a meeting are asked why, so only they take what is left.
    """
    if match := _STATED.search(text):
        stated = _trimmed(match["stated"] or match["because"])
        meeting = kind is LeaveKind.MEETING and is_first and _clean_clauses(text[: match.start()])
        return f"{meeting},{stated}" if meeting and stated else stated
    if kind is LeaveKind.MEETING:
        return _clean_clauses(text) if is_first else None
    if match := _ACTIVITY.search(text):
        return _trimmed(match[0])
    if kind is LeaveKind.SICK and ILLNESS_TOLD.fullmatch(text):
        return _clean_clauses(text)
    if is_first and kind in (LeaveKind.PERSONAL, LeaveKind.OTHER, LeaveKind.SICK):
        return _clean_clauses(text)
    return None


def reason_of_urgency(text: str) -> str | None:
    """What a sentence says beside that it is urgent (紧急,省厅临时通知)."""
    told = _URGENCY.sub("", text)
    match = _STATED.search(told)
    return _trimmed(match["stated"] or match["because"]) if match else _clean_clauses(told)


def names_only_meeting(reason: str | None) -> bool:
    """Whether a reason says which meeting it is, and not why somebody cannot come."""
    return reason is not None and _MEETING_ONLY.fullmatch(reason) is not None


def with_cause(meeting: str | None, text: str) -> str | None:
    """The meeting with the cause that a later sentence tells; None if it tells none."""
    if _ABOUT_FORM.search(text):
        return None
    if match := _STATED.search(text):
        cause = _trimmed(match["stated"] or match["because"])
    else:
        cause = _clean_clauses(text)
    return f"{meeting},{cause}" if meeting and cause else None


def with_word(word: str, reason: str | None) -> str:
    """A reason with the word for the kind, where it does not say it already."""
    if not reason or reason.removeprefix("请") == word:
        return word
    return reason if word in reason else f"{word},{reason}"


def _trimmed(reason: str) -> str | None:
    reason = _TAIL.sub("", reason).strip(",。; 的").removesuffix("出差")
    return reason if len(reason) > 1 else None


def _clean_clauses(text: str) -> str | None:
    """The clauses that still say something once every word of asking is gone."""
    kept = []
    for clause in re.split(r"[,。;!]+", text):
        rest = _FILLER.sub("", _KIND_WORDS.sub("", clause))
        if len(rest) > 1:
            kept.append(re.sub(r"^(?:我|本人|因|申请|想|要|的)+|(?:我|请个?假|请|,)+$", "", clause))
    return ",".join(kept) or None
