"""Reads what an approver answers: yes or no, to which request, and why."""

from __future__ import annotations

import re

from bot.core.approvals import ApprovalAnswer

_NO = re.compile(
    r"不(?:太)?(?:同意|批准|予批准|予准假|予通过|准假|能批|能同意|能准|批|准(?!备)|通过|允许)"
    r"|驳回|否决|退回|打回|拒绝|未予批准"
)
_YES = re.compile(r"同意|批准|准予|准假|准了|准许|通过|批了|给批|批一下|没有?意见|无意见|无异议")
_NO_OBJECTION = re.compile(r"(?:没有?|无)不同意见?")
_ASKS = re.compile(
    r"[?？吗]|为什么|为啥|怎么|谁|是不是|是否|能不能|可不可以|要不要|该不该|同不同意"
)
# Not yet is no no: whoever waits for something is shown what waits for him.
_WAITS = re.compile(r"先不|暂不|暂缓|先放|先等|等.{1,12}(?:再|后)|稍后|回头|晚点")
_HEDGES = re.compile(
    r"如果|要是|假如|考虑|再(?:批|同意|准|定|说)|(?:才|就)(?:能|可以)?(?:同意|批准)"
)
_ALL = re.compile(r"全部|全都|都(?=同意|批准|批了|准了|通过)|一并|一起")
_NUMBER = re.compile(
    r"编号\s*(\d+)|(?:请假|假条|申请|审批|外出|出差)(?:单|条)?第?\s*(\d+)\s*号"
    r"|(\d+)\s*号(?:的)?(?:请假|假条|申请|审批|外出|出差)"
)
_LOOSE_NUMBER = re.compile(r"(?<![月\d.-])(\d+)\s*号")  # a day as well, as far as the words go
_WHY = re.compile(r"(?:(?:不同意的?|驳回的?)?(?:理由|原因|意见)(?:是|为|如下)?[::]?|因为|由于)\s*")
_BREAK = re.compile(r"[,，。;；:：、!！\s]+")
_NO_REASON = re.compile(
    r"(?:好的?|嗯+|谢谢|辛苦了?|收到|小规|@.*|审批|申请|请假单?|请假第?\d+号|编号\d+|这个?|那个?"
    r"|没有?理由|不写理由|吧|了|啊|我|可以|行|没问题|请知悉|是|的)*"
)
_USUAL = re.compile(
    r"@\S*|小规|请假单?|假条|假期|申请|审批|外出|出差|报备|请求|假|的|这个?|那个?|该|此|件|条|份|单|他|她|其"
    r"|我们?|本人|原则上?|已阅|经研究|表示|予以?|完全|暂|拟|就|把|给|将|请|全部|全都|都|一并|一起|一下|可以"
    r"|好|行|嗯|吧|了|啊|呀|哦|是|也|先|已|你|您|名同志|同志"
)
_OF_LEAVE = re.compile(
    r"[\d一二三四五六七八九十两半]+个?[天日号月年周]|[下上本这]*(?:周|星期|礼拜)[一二三四五六日天末]?|今天|明天|后天|上午|下午"
    r"|[到至~-]|年休|年|事|病|婚|产|探亲|学习|培训|会议|开会|公出|因[公私]|出国|去|一"
)
SHORTEST_REASON = 4  # characters before a no without a comma; fewer are rather a name
_ABOUT_REQUEST = re.compile(r"假|申请|审批|单|那个|这个")


class ChineseApprovalReader:
    """Understands approvers."""

    def read(self, text: str) -> ApprovalAnswer:
        """What a sentence says to a request that waits for somebody's answer."""
        found = _NUMBER.search(text)
        loose = _LOOSE_NUMBER.search(text)
        return ApprovalAnswer(
            agree=_decision(text),
            number=int(next(filter(None, found.groups()))) if found else None,
            loose_number=int(loose[1]) if loose else None,
            reason=_reason(text),
            means_all=_ALL.search(text) is not None,
            about=_about(text),
            named=_named(text),
        )

    def tells_only_of_leave(self, words: str) -> bool:
        """Whether words hold nothing but days and kinds of leave."""
        return _OF_LEAVE.sub("", words) == ""


def _decision(text: str) -> bool | None:
    text = _NO_OBJECTION.sub("没意见", text)
    if _ASKS.search(text) or _WAITS.search(text):
        return None
    if _NO.search(text):
        return False
    return True if _YES.search(text) and not _HEDGES.search(text) else None


def _reason(text: str) -> str:
    """What is said beside the answer itself; empty if nothing is."""
    if stated := _WHY.search(text):
        before_no = _NO.split(text[stated.end() :])
        return _BREAK.sub("，", before_no[0]).strip("，")
    clauses = [clause for clause in _BREAK.split(text) if clause]
    kept = [c for c in clauses if not _is_answer(c) and not _NO_REASON.fullmatch(c)]
    return "，".join(kept) or _run_on(text)


def _is_answer(clause: str) -> bool:
    return _decision(clause) is not None or _NUMBER.search(clause) is not None


def _about(text: str) -> str:
    clauses = [clause for clause in _BREAK.split(_WHY.split(text)[0] or text) if _is_answer(clause)]
    return "，".join(clauses)


def _named(text: str) -> str:
    """What is left of the answer without the words that every answer may hold."""
    about = _run_on(text)
    left = _about(text).replace(about, "") if about else _about(text)
    for words in (_NUMBER, _LOOSE_NUMBER, _NO_OBJECTION, _NO, _YES, _USUAL):
        left = words.sub("", left)
    return _BREAK.sub("", left)


def _run_on(text: str) -> str:
    """The reason that runs into the no without a comma (人手不够不同意)."""
    before = _NO.split(text)[0] if _NO.search(text) else ""
    is_reason = len(before) >= SHORTEST_REASON and not _ABOUT_REQUEST.search(before)
    return before if is_reason else ""
