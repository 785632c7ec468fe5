"""Who acts in a clause: 由县政府办公室主任审核, 报县长审批, 向县长请假."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answer.asked import ACTS, CLAUSES_KEPT, Asked, focus, segments
from knowledge.search.words import pairs

OFFICE = (  # what ends the name of a person or a body that acts
    r"(?:县长|区长|市长|州长|镇长|秘书长|主任|局长|组长|书记|部门|单位|办公室|司法局"
    r"|[局室委办院厅组处]|中心|领导同志|领导|负责同志|负责人|责任人|牵头人|同志|会议|人员|本人"
    r"|成员|政府|机要员|联络员|主持人|主管|常委会|工作站|副职|党组)"
)
ACT = "|".join(act for act, _ in ACTS)
OTHER_ACT = (
    r"起草|落实|解读|提出|汇总|编辑|确定|送|报|呈|按|进行|专人|共同|统一|直接|亲自|主动|第一|提供"
)
ABBREVIATED = r"(?:[(（][^)）]*[)）])?"  # (以下简称党建政工办)
AFTER = (
    rf"(?={ABBREVIATED}(?:要|应|须|是|为|原则上)?"
    rf"(?:(?:{ACT})(?!(?:[一-龥]{{2}})?的)|{OTHER_ACT}|[，,；;。]|$))"
)
LEAD = re.compile(
    r"由|须经|经|报请|报送|报经|报|向|呈送|送(?!达)|呈|交|请示|请(?!假|示)|受|(?<=可)委托"
)
NAME = re.compile(
    rf"[^，,；;。:：由经报向呈送]{{0,20}}?{OFFICE}"
    rf"(?:(?:[、或和及]|(?:或者|以及))[^，,；;。由经报向呈送]{{1,18}}?{OFFICE}){{0,4}}{AFTER}"
)
HEAD = re.compile(rf"(?:并|再|后|则|原则上|一般|是)?([^，,]{{0,24}}?{OFFICE}){AFTER}")
SPOKEN_OUT = re.compile(r"签发|审签|审批|批准|审核|审定|审查|主持|召集")
DOES = re.compile(rf"{ABBREVIATED}(?:要|应|须|原则上|牵头|统一|专人|定期)*([一-龥]{{2}})")
BEFORE_ACT = re.compile(rf"^{ABBREVIATED}(?:要|应|须|统一|牵头|具体|直接)*")
FINALLY = re.compile(r"最后|最终|到底|拍板|定下来")
SAID_FIT = 1.5  # what the name does is said in the question, though it is no act listed
LAST_SHARE = 2.0  # who comes last decides
ACT_FIT, TO_FIT, BY_FIT, FIRST_ACT = 3.0, 2.0, 0.5, 1.0
FOCUS_SHARE = 0.25  # the words around seldom have above eight of the question's pairs
PLACE = re.compile(r"(?:报送|报|送|向|到|交)[^，,；;。]{2,24}")


@dataclass(frozen=True)
class Actor:
    """A name in a clause, with the word that leads to it (由, 向, "" for none)."""

    lead: str
    start: int
    end: int


def cut_actor(asked: Asked, clause: str) -> str | None:
    """Whoever does what the question asks about; None when nobody is named."""
    scored = [
        (_fit(asked, clause, actor), -order, actor) for order, actor in enumerate(_actors(clause))
    ]
    if not scored:
        return None
    actor = max(scored, key=lambda s: s[:2])[2]
    return clause[actor.start : actor.end + _said_act(asked, clause[actor.end :])].strip("，,；; ")


def _said_act(asked: Asked, after: str) -> int:
    """The length of the act that follows a name, when that is what was asked: 县长签发."""
    acts = [re.match(act, after) for act in asked.acts if SPOKEN_OUT.match(after)]
    return max((act.end() for act in acts if act), default=0)


def cut_place(asked: Asked, clause: str) -> str | None:
    """Where something goes: 报区政府备案; whoever acts when no place is named."""
    found = PLACE.findall(clause)
    nearest = max(found, key=lambda text: len(asked.tokens & set(pairs(text))), default=None)
    return nearest or cut_actor(asked, clause)


def is_asked_act(asked: Asked, after: str) -> bool:
    """Whether the words after a name are an act that the question asks about."""
    plainly = BEFORE_ACT.sub("", after)
    return any(re.match(act, plainly) for act in asked.acts)


def _fit(asked: Asked, clause: str, actor: Actor) -> float:
    after = clause[actor.end :]
    fit = FOCUS_SHARE * focus(asked, clause, actor.start)
    if is_asked_act(asked, after):
        fit += ACT_FIT + FIRST_ACT * any(after.startswith(act.split("|")[0]) for act in asked.acts)
        fit += LAST_SHARE * (actor.start / len(clause)) * bool(FINALLY.search(asked.plain))
    elif (does := DOES.match(after)) and does[1] in asked.tokens:
        fit += SAID_FIT
    if actor.lead == "向" and re.search("请[假价架]|[找跟向给]", asked.plain):
        fit += TO_FIT
    return fit + BY_FIT * (actor.lead == "由")


@lru_cache(CLAUSES_KEPT)
def _actors(clause: str) -> tuple[Actor, ...]:
    return tuple(_find_actors(clause))


def _find_actors(clause: str) -> Iterator[Actor]:
    for lead in LEAD.finditer(clause):
        if name := NAME.match(clause, lead.end()):
            yield Actor(lead[0], *name.span())
    for start, end in segments(clause):
        if (name := HEAD.match(clause[start:end])) and not LEAD.search(name[1]):
            yield Actor("", start + name.start(1), start + name.end(1))
