"""Questions about leave: who approves it, how long before, who stands in, which papers."""

from __future__ import annotations

import re

from bot.core.meetings import meetings_in
from bot.core.people import Rank
from knowledge.answer.facts import DAYS, days_in, names_other_post, ranks_in
from knowledge.answer.readers import WHO, Facts, Reader

LEAVE = (
    r"请.{0,6}[假架价]|告假|[休年病事婚产]假|休.{1,4}天|外出|出差|出访|出[县区市](?![长直])"
    r"|出国|出趟?门|出去"
    r"|离开|离[县区市云咸]|去.{1,6}(?:出差|学习|培训|开会)"
    r"|去(?:[省州市]里|外[省地市县]|北京|上海|省城|省会)"
)
APPROVAL = (
    r"批|准(?!备)|同意|点头|拍板|说了算|请假|请[价架]|告假|请示"
    r"|[跟向找给和](?:谁|哪).{0,6}(?:请|说|讲|报|申请|打招呼|$)|谁.{0,3}(?:签字|签)"
)
NOT_LEAVE = (  # other things that are said of people who go out
    r"主持|代为|代行|替|顶|补位|销假|回来|返回|报销|补助|费|方案|带队|陪|用车|派车|车|采访|总结"
    r"|护照|证件|证明|材料|旷工|处分|联系|登记|备案|通报|报备|迟到|值班|调研|考察"
    r"|怎么办|出国|假条|会议|参会|开会请|审批[表单]|[不没]批|[不没]同意|主任不在|领导不在|同时"
    r"|书面|[交送递]到?哪"
)
OTHER_ACTS = (  # of those who go out: whose act is asked for is none of an approver's
    r"(?<![跟向找给和与])谁(?:来|去|负责)*(?:安排|指定|提交|通报|报(?!批)|跑|发|交|填|通知|办理?(?!批))"
    r"|管的.{0,2}(?:事|活|工作)|(?:活|摊子)(?:交|由|归|给|谁)|接手"
)
NAMES_ANOTHER = (  # who decides upon a stand-in is not the stand-in
    r"谁.{0,2}(?:定|安排|指定|委托|决定|明确)|哪.{0,2}来?定|两个都|都(?:出差|外出|出去|休假|不在|请假)"
)
REVERSED = (  # who goes out, not who approves it
    r"(?<![跟向找给和与由])(?:谁|哪些人?|什么人|哪几[个位])(?:要|能|可以|需要)?.{0,2}"
    r"(?:请假|外出|出差|休假)"
)
ABSENT = (
    r"请.{0,4}[假价架]|缺席|去不[了成]|来不了|[参出]不了|到不了|开不了|走不开"
    r"|(?:不能|无法|没法|没空|没时间).{0,3}(?:参加|出席|到会|开会|去)"
)
OF_MEETINGS = (
    r"(?:开|参|上)会.{0,2}请.{0,2}[假架价]|请.{0,2}假.{0,3}(?:开|参)会|会议.{0,2}请.{0,2}[假架价]"
)
ANY_MEETING = "其他会议"
GONE = r"外出|出去|出差|出访|出国|休假|出门|不在|请假|走了|离开"
TRIPS = r"外出|出差|出访|学习|培训"
STANDS_IN = r"主持|代(?!表)|顶|补位|替|牵头|管|抓|接(?![待到送人])"
AHEAD = (
    r"提[前早].{0,4}(?:多久|多长时?间?|(?:几|多少)个?(?:工作)?[天日]?|好久|什么时候)"
    r"|早几天|(?:几|多少)天之?前"
)
PAPERS = r"什么|啥|哪些|手续|证明|材料"
PROCEDURE = r"程序|流程|手续(?!费)|步骤|[怎咋]么?(?:请|批|报|走)|如何(?:请|报|批)"
BARE = "|".join((WHO, LEAVE, APPROVAL, AHEAD, DAYS.pattern, "报告?"))
ENOUGH = frozenset({"rank", "meeting"})


def _absence_facts(plain: str, level: str) -> Facts | None:
    meetings = meetings_in(plain)
    if (
        meetings in ([], [ANY_MEETING])
        and re.search(OF_MEETINGS, plain)
        and not ranks_in(plain, level)
    ):
        return {"kind": "meeting"}  # of one that has still to be named
    ranks = [Rank.BUREAU_HEAD] if "列席" in plain else ranks_in(plain, level)
    if not ranks and re.search(r"(?<![个位些])领导", plain):
        ranks = [Rank.DEPUTY]
    if len(meetings) != 1 or len(ranks) > 1 or names_other_post(plain):
        return None
    facts: Facts = {"kind": "meeting", "meeting": meetings[0], "invited": "邀请" in plain}
    return facts | ({"rank": ranks[0]} if ranks else {})


def _stand_in_facts(plain: str, level: str) -> Facts | None:
    return _leave_facts(plain, level) if len(ranks_in(plain, level)) == 1 else None


def _approval_facts(plain: str, level: str) -> Facts | None:
    facts = _notice_facts(plain, level)
    return None if facts is None else facts | {"kind": "leave"}


def _procedure_facts(plain: str, level: str) -> Facts | None:
    facts = _approval_facts(plain, level)
    return facts if facts and "rank" in facts else None


def _notice_facts(plain: str, level: str) -> Facts | None:
    return None if meetings_in(plain) else _leave_facts(plain, level)


def _sick_facts(plain: str, level: str) -> Facts:
    ranks = ranks_in(plain, level)
    return {"kind": "病假", "rank": ranks[0] if len(ranks) == 1 else Rank.STAFF}


def _leave_facts(plain: str, level: str) -> Facts | None:
    ranks, days = ranks_in(plain, level), days_in(plain)
    if len(ranks) > 1 or names_other_post(plain):
        return None
    inside = re.search(r"[县区市云咸](?:内|里面)|[不没]出[县区市]|下[乡村]|[进到去]村", plain)
    goes_out = re.search(TRIPS, plain) is not None
    facts: Facts = {"out_of_area": not inside, "going_out": goes_out or not inside}
    if ranks:
        facts["rank"] = ranks[0]
    if "常委" in plain:
        facts["deputy_in_committee"] = True
    return facts if days is None else facts | {"days": days}


MEETING_ABSENCE = Reader(
    "leave_approval",
    says=(ABSENT, WHO, OF_MEETINGS),
    leaves="主持|委托|代[替开]|议题|纪要|[到去来]",
    facts=_absence_facts,
    bare=f"{BARE}|开会|参会|会议|{OF_MEETINGS}",
    option="absence_meeting",
)
ABSENCE = Reader(
    "leave_approval",
    says=(ABSENT, f"{WHO}|[怎咋]么?请"),
    leaves="主持|委托|代[替开]|替|顶|议题|纪要|[不没]批|[不没]同意",
    facts=_absence_facts,
    bare=BARE,
    enough=ENOUGH,
    option="absence",
)
STAND_IN = Reader(
    "leave_stand_in",
    says=(WHO, GONE, STANDS_IN),
    leaves=f"会|{NAMES_ANOTHER}",
    facts=_stand_in_facts,
    bare=BARE,
    enough=ENOUGH,
)
NOTICE = Reader(
    "leave_notice",
    says=(AHEAD, LEAVE),
    facts=_notice_facts,
    subject="请假",
    bare=BARE,
    enough=ENOUGH,
    tells_gaps=True,
    is_complete=True,
    unmeasured="rules.unmeasured",
)
MATERIAL = Reader(
    "leave_material",
    says=(PAPERS, "病假"),
    leaves=WHO,
    facts=_sick_facts,
    bare=BARE,
)
APPROVAL_OF_LEAVE = Reader(
    "leave_approval",
    says=(WHO, LEAVE, APPROVAL),
    leaves=f"{NOT_LEAVE}|{REVERSED}|{OTHER_ACTS}",
    facts=_approval_facts,
    subject="请假",
    bare=BARE,
    enough=ENOUGH,
    tells_gaps=True,
    is_complete=True,
)
PROCEDURE_OF_LEAVE = Reader(  # of whoever is named; of nobody it is told by the search
    "leave_approval",
    says=(PROCEDURE, LEAVE),
    leaves=f"{NOT_LEAVE}|{REVERSED}|{WHO}|病",
    facts=_procedure_facts,
    bare=f"{BARE}|{PROCEDURE}",
    enough=ENOUGH,
)
READERS = (ABSENCE, STAND_IN, NOTICE, MATERIAL, APPROVAL_OF_LEAVE, PROCEDURE_OF_LEAVE)
