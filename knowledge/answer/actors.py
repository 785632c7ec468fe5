"""Who acts in a clause: 由县政府办公室主任审核, 报县长审批, 向县长请假."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answer.asked import ACTS, CLAUSES_KEPT
from knowledge.search.segments import segments

OFFICE = (  # what ends the name of a person or a body that acts
    r"(?:县长|区长|市长|州长|镇长|秘书长|主任|局长|组长|书记|部门|单位|办公室|司法局"
    r"|[局室委办院厅组处科]|中心|领导同志|领导|负责同志|负责人|责任人|牵头人|同志|会议|人员|本人"
    r"|成员|政府|机要员|联络员|主持人|主管|常委会|工作站|副职|党组)"
)
ACT = "|".join(act for act, _ in ACTS)
OTHER_ACT = (
    r"起草|落实|解读|提出|汇总|编辑|确定|送|报|呈|按|进行|专人|共同|统一|直接|亲自|主动|第一|提供"
    r"|及时|具体|安排|联合|代表|按期|定期|对|在[^，,]{2,12}领导下|协助|领导(?=[本县区市政])|召开"
    r"|调度|建立|掌握|陪同|带头|列席|出席|参加|督促|指定|每[年季月周日]|全程|固定|负主要"
    r"|受[^，,]{2,12}委托|通报|综合|按照?|处理|适用|参照"
)
OF_WHOM = (
    r"的?(?:意见|监督|委托(?=[召，,；;。]|$)|(?:双重)?领导下|所在|名义|同意)|等部门|为主体"
    r"|工作(?=[，,；;。]|$)"
)
ABBREVIATED = r"(?:[(（][^)）]*[)）])?"  # (以下简称党建政工办)
AFTER = (
    rf"(?={ABBREVIATED}(?:要|应|须|是|为|原则上)?"
    rf"(?:(?:{ACT})(?!(?:[一-龥]{{2}})?的)|{OTHER_ACT}|{OF_WHOM}|[，,；;。]|$))"
)
LEAD = re.compile(
    r"由|须经|经(?![济营常验费])|报请|报送|报经|报(?!告)|向|呈送|送(?!达)|呈|交|请示|请(?!假|示)"
    r"|受|(?<=可)委托|协助|通报|报告|征[询求]|听取|了解|接受|安排|掌握|对|在|以|督促|配合|会同"
    r"|加强与|(?<=[，,])与"
)
NAME = re.compile(
    rf"[^，,；;。:：由经报向呈送]{{0,20}}?{OFFICE}"
    rf"(?:(?:[、或和及]|(?:或者|以及))[^，,；;。由经报向呈送]{{1,18}}?{OFFICE}){{0,4}}{AFTER}"
)
DOING = (  # what begins so says what is done, not who does it
    r"协调|落实|负责|处理|加强|组织|研究|讨论|审议|执行|接受|贯彻|做好|完善|健全|提请|属于|涉及|根据"
    r"|按照|需要|需|应|不|凡|对|把|将|在|以|未经|除|要|向|每"
)
HEAD = re.compile(rf"(?:并|再|后|则|原则上|一般|是)?((?!{DOING})[^，,]{{0,24}}?{OFFICE}){AFTER}")


@dataclass(frozen=True)
class Actor:
    """A name in a clause, with the word that leads to it (由, 向, "" for none)."""

    lead: str
    start: int
    end: int


@lru_cache(CLAUSES_KEPT)
def actors_in(clause: str) -> tuple[Actor, ...]:
    return tuple(_find_actors(clause))


def _find_actors(clause: str) -> Iterator[Actor]:
    for lead in LEAD.finditer(clause):
        if name := NAME.match(clause, lead.end()):
            yield Actor(lead[0], *name.span())
    for start, end in segments(clause):
        if (name := HEAD.match(clause[start:end])) and not LEAD.search(name[1]):
            yield Actor("", start + name.start(1), start + name.end(1))
