"""The facts of a question that a follow-up replaces, and where it puts those not named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from knowledge.search.words import Words

LEVEL = "[县区市]"
COUNT = r"[\d.]*[\d一二两三四五六七八九十百千万]+"
BOUND = r"(?:超过|不到|不满|不足|多于|少于|大于|小于|至少)?"
BOUNDED = r"(?:以[上下内外]|之内|多)?"
DAYS = rf"(?:半天|半日|半个月|一整[天日周]|{COUNT}(?:个?(?:工作)?[天日]半?|周|个?(?:星期|礼拜|月)))"
MONEY = rf"(?:{COUNT}(?:块钱?|元)|\d{{3,}}|{COUNT}(?<=[千万])[一二三四五六七八九]?)"
NOWHERE = re.compile("(?!)")
UNITS = r"乡镇|[乡镇]里|镇街|街镇|街道办?|各?部门|园区|开发区|县市区"
RANK = (
    r"[县区市]长助理|副[县区市]级咨询员|(?:常务|分管|主管)?(?:的)?副(?:县|区|市)长|(?:县|区|市)长(?!办公|专用)|(?:县|区|市)政府党组成员"
    rf"|(?:{UNITS}|单位|[县区市]直(?:部门|单位)|科室|局里?|政?府办(?:公室)?|办公室)的?"
    r"(?:一把手|主要负责(?:人|同志)|主要领导|负责人|副?主任|班子成员|副职|书记[镇乡]长|书记|[镇乡]长"
    r"|(?:普通|一般)?(?:工作人员|干部职工|职工|干部|科员))"
    r"|部门一把手|一把手|二把手|主要负责(?:人|同志)|主要领导|副?秘书长|副?局长|乡镇长|副?[镇乡科股处]长"
    r"|[分主]管领导|副?主任|班子成员|党组成员|副职|正职|书记|科员"
    r"|(?:普通|一般|机关)?(?:工作人员|干部职工|职工|干部)|(?<!帮)我(?!们?[县区市])"
)
ASSEMBLY = "会(?:议(?!题))?"
MEETING = (
    rf"(?:{LEVEL}?政府)?(?:常务|全体(?:干部|工作人员)?|专题|党组|党委|主任|办公|业务|专项|调度|动员|协调|学习|{LEVEL}长办公){ASSEMBLY}"
    rf"|全{LEVEL}性?的?(?:工作)?(?:{ASSEMBLY}|大会)|部门{ASSEMBLY}|(?:电视电话|视频){ASSEMBLY}"
)
DOCUMENT_NOUN = (
    r"规范性文件|公文|文件|请示|报告|议案|提案|建议|会议纪要|纪要|批复|函|通知|通报|命令|决定|任免"
    r"|简报|公报|意见|文"
)
LEAVE = (
    r"请?(?:[事病婚产丧年]休?|探亲|年休|公休|陪护|护理)假|请假|告假|休假|外出|出差|出访|出国(?:出境|境)?|出境"
    r"|离开(?:本地|本[县区市])|离[县区市云咸]|学习|培训"
)
PLACE = r"(?:出|离开?)(?:省|市|县|区|国)|(?:省|市|县|区|本地|国|境)[内外]"
URGENT = r"(?:特别|非常|很|比较|特|加|紧)+急的?|急件|急的"
ASKING = re.compile(
    r"(?:[向找跟由归经给][^向找跟由归经给]{0,1}?)?(?:应该?|应当|需要?|(?<!纪)要)?(?:[向找跟由归给]|(?<![通汇简公])报)?"
    r"(?:谁|哪|几(?:[天次日]|个(?![县市区镇乡部单局科]))|[多好](?:久|少|长(?!时间没))|好多|周几|何时|是不是|什么|啥|怎么|咋|如何|提[前早]|能不能|可不可以|要不要|用不用|是否|有没有|[行成好][不没]|吗)"
)
ASKED_FIRST = re.compile(
    r"^(?:请问|由|该|应该)*(?:谁|哪(?:个|位|级)?(?:领导|部门|人)?)(?:来|负责|能|可以|有权)*"
    r"(?P<act>签发|审签|签批|签字|签|审批|批准|批|审核|审查|主持|召集|管)"
)
TO_WHOM = r"(?<![向找跟报由经给])"
SEAL = re.compile(r"[章印]$")
KIND_ENDS = frozenset("件费稿假员令")  # one character that tells what kind of thing it is
SHARED = 2  # characters that two of a kind end in
OWNED = re.compile(r"[\u4e00-\u9fff]{2,4}的$")
HEAD = re.compile(  # what 紧急的 and 副县长主持的 describe
    rf"{MEETING}|会议|{DOCUMENT_NOUN}|(?:督办|批示|信访|交办)(?:事项|件)?|事项|信息|事件|议题"
)


@dataclass(frozen=True)
class FactKind:
    """A kind of fact; `joined` puts one into a question that names none, None if it cannot."""

    said: re.Pattern[str]
    joined: Callable[[str, str], str | None]
    named: re.Pattern[str] | None = None  # where the earlier question says it, if otherwise
    adds: bool = False  # joined, it narrows the question, and rules need not know of it

    def put(self, previous: str, fact: str) -> str | None:
        """The earlier question with another fact of this kind."""
        old = (self.named or self.said).search(previous)
        if old is None:
            return self.joined(previous, fact)
        return previous[: old.start()] + fact + previous[old.end() :]


def subject_of(previous: str) -> str:
    """The earlier question without what it asked."""
    first = ASKED_FIRST.match(previous)
    if first:
        return previous[first.end() :].rstrip("?。!")
    asking = ASKING.search(previous)
    return previous[: asking.start()].rstrip(",") if asking else previous.rstrip("?。!")


def asked_of(previous: str) -> str:
    """What the earlier question asked, without its subject."""
    first = ASKED_FIRST.match(previous)
    if first:
        return f"由谁{first['act']}"
    asking = ASKING.search(previous)
    return previous[asking.start() :] if asking else ""


def same_head(previous: str, core: str, words: Words) -> str | None:
    """The earlier question with what is of the same kind as a fragment replaced by it.

    讨论发言 takes the place of 汇报发言, 县长的私章 that of 县政府的公章.
    """
    subject = subject_of(previous)
    for old in reversed(words.content(subject)):
        ends = zip(reversed(old), reversed(core), strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
        is_seal = bool(SEAL.search(old) and SEAL.search(core))
        if shared < SHARED and not is_seal and (not shared or old[-1] not in KIND_ENDS):
            continue
        end = subject.rindex(old) + len(old)
        own = subject[: end - shared]
        before = next((w for w in reversed(words.content(own)) if own.endswith(w)), "")
        start = len(own) - len(before) if shared == len(old) else end - len(old)
        owned = OWNED.search(subject[:start]) if "的" in core else None
        start = owned.start() if owned else start
        return previous[:start] + core + previous[end:]
    return None


def _before_asking(previous: str, fact: str) -> str:
    return f"{subject_of(previous)}{fact}{asked_of(previous)}"


def _join_rank(previous: str, fact: str) -> str | None:
    return f"{fact}{previous}" if re.search(f"{LEAVE}|请.{{1,6}}假", previous) else None


def _join_meeting(previous: str, fact: str) -> str | None:
    noun = re.search(r"会议纪要|纪要|会议|会(?!签|办|商|审)|大会", previous)
    if noun:
        is_minutes = noun[0].endswith("纪要")
        return (
            previous[: noun.start()]
            + fact
            + ("纪要" if is_minutes else "")
            + previous[noun.end() :]
        )
    if re.search("主持", previous):
        return f"{fact}由谁主持"
    if re.search(LEAVE, previous):
        rank = re.search(RANK, previous)
        return f"{rank[0] if rank else ''}不能参加{fact}向谁请假"
    return None


def _join_document(previous: str, fact: str) -> str | None:
    asked = asked_of(previous)
    upward = re.sub(r"^(?=(?:省|市|县|上级|上面)(?:里|政府)?的)", "报", fact)
    return f"{upward}{asked}" if asked else None


def _join_urgent(previous: str, fact: str) -> str | None:
    usual = re.search(r"一般|普通|平常|平时", previous)
    if usual:
        return previous[: usual.start()] + "紧急" + previous[usual.end() :]
    noun = HEAD.search(previous)
    return f"{previous[: noun.start()]}紧急{previous[noun.start() :]}" if noun else None


def _join_unit(previous: str, fact: str) -> str | None:
    if re.search(LEAVE, previous):
        return RANKS.put(previous, f"{fact}主要负责人")
    return None


RANKS = FactKind(re.compile(RANK), _join_rank, re.compile(rf"{TO_WHOM}(?:{RANK})"))
OFFICES = FactKind(
    re.compile(rf"{LEVEL}?政?府办(?:公室)?|办公室|{LEVEL}政府|{UNITS}|局里|单位"),
    _join_unit,
    re.compile(
        rf"(?:{LEVEL}|政)?府办(?:公室)?|{LEVEL}政府(?!办|全体|常务)|局里|(?:{UNITS})(?=发|的文|名义)"
    ),
)
DOCUMENTS = FactKind(re.compile(rf".{{0,14}}?(?:{DOCUMENT_NOUN})"), _join_document, NOWHERE)
MEETINGS = FactKind(
    re.compile(rf"(?:.{{2,8}}的)?(?:{MEETING})"), _join_meeting, re.compile(MEETING)
)
URGENCY = FactKind(re.compile(URGENT), _join_urgent, NOWHERE, adds=True)
LENGTHS = FactKind(
    re.compile(f"{BOUND}{DAYS}假?{BOUNDED}"),
    _before_asking,
    re.compile(f"(?<!提前){BOUND}{DAYS}{BOUNDED}"),
    adds=True,
)
KINDS: tuple[FactKind, ...] = (
    RANKS,
    OFFICES,
    LENGTHS,
    FactKind(
        re.compile(f"{BOUND}{COUNT}(?:块钱?|元)?{BOUNDED}"),
        _before_asking,
        re.compile(f"{BOUND}{MONEY}{BOUNDED}"),
        adds=True,
    ),
    FactKind(re.compile(LEAVE), lambda previous, fact: None),
    FactKind(re.compile(PLACE), _before_asking, adds=True),
    URGENCY,
    MEETINGS,
    DOCUMENTS,
)
