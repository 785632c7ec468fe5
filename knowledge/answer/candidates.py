"""The pieces of a clause that may be a short answer; what is known of them before any question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from knowledge.answer.actors import actors_in
from knowledge.answer.asked import ACTS, CLAUSES_KEPT
from knowledge.search.segments import segments
from knowledge.search.words import normalise, pairs

LONGEST = 60  # characters
LONG = 24  # characters: a longer segment is also tried from its first 不得, 应 or 可 on

NUMBER = r"(?:\d+(?:\.\d+)?(?:\s*[-—－~至到]\s*\d+)?|[一二两三四五六七八九十百千万半几]+)"
BOUND = (
    r"(?:最多|最少|至少|最长|一般|原则上|每年|每月|均)?"
    r"(?:不(?:得|应|能)?(?:超过|少于|低于|多于|高于)|超过|少于|达到?)?"
)
EDGE = r"(?:\s*[(（]含[)）])?(?:之内|以内|内|以上|以下|以前|之前|左右|前)?"
CLOCK = r"(?:个?(?:工作日|小时|星期|月|季度)|天|日|周|分钟|年)"
EVERY = rf"每{NUMBER}?个?(?:年|季度?|月|周|天|日|星期)"

THING = (  # what rules set up or ask for
    r"机制|制度|监督|责任|系统|管理|体系|平台|手段|职能|权|目标|属性|材料|精神|作风|方式|方法|措施"
)
AMEND = r"撤销|修改|废止|发现|纠正|修正|停止"
MANNER = (
    r"及时|定期|依法|依规|依纪|集中|统一|严格|自觉|同步|逐一|从重|主动|立即|尽快|书面|公开|随时"
)


class Form(StrEnum):
    """What a piece looks like."""

    ACTOR = "actor"
    DEED = "deed"  # 由副区长主持召开
    AHEAD = "ahead"  # 提前3天
    TIME = "time"
    DAY = "day"  # 每月底前, 立即
    FREQUENCY = "frequency"
    QUANTITY = "quantity"
    SHARE = "share"  # 三分之二以上
    MEETING = "meeting"
    NAMED = "named"  # 《…》, “…”
    PLACE = "place"  # 报区政府备案
    LIST = "list"
    OBJECT = "object"  # what follows 采用, 是, 实行
    PREDICATE = "predicate"  # what is said of an actor: 适用本规则
    ITEM = "item"  # one of a list: 企业为主体
    TAIL = "tail"  # what kind of thing a segment ends in: 应急机制
    MANNER = "manner"  # the deed alone: 及时撤销或修改
    RULE = "rule"  # a segment from its 不得, 应 or 可 on
    SEGMENT = "segment"
    DOUBLE = "double"  # two segments


ACTORS = frozenset({Form.ACTOR, Form.DEED})
COUNTS = frozenset({Form.TIME, Form.DAY, Form.FREQUENCY, Form.QUANTITY, Form.AHEAD, Form.SHARE})
PATTERNS: tuple[tuple[Form, re.Pattern[str]], ...] = tuple(
    (form, re.compile(pattern))
    for form, pattern in (
        (Form.AHEAD, rf"提[前早]{NUMBER}{CLOCK}(?:以上)?|{NUMBER}{CLOCK}之?前"),
        (Form.TIME, rf"{BOUND}{NUMBER}{CLOCK}{EDGE}|{BOUND}半(?:个工作日|天|年|个月|小时){EDGE}"),
        (
            Form.DAY,
            r"(?:\d{4}年|每年)?\d{1,2}月(?:底|份)?(?:\d{1,2}日)?(?:前|之前)?|每?月底前?|年底前?"
            r"|(?:当日)?晚\d{1,2}[时点]后?|当[日天](?:内)?|会前|次日|即时|立即|及时|尽快|事先|事前|事后|自?(?:下发|印发|公布|发布)之日起?"
            r"|年度(?=[^，,]{0,8}考)|月(?=考)",
        ),
        (
            Form.FREQUENCY,
            rf"{EVERY}[^，,；;。每]{{0,6}}?{NUMBER}次|(?:一年|全年){NUMBER}次|不定期(?:召开)?"
            rf"|{EVERY}[一二三四五六日末初底]?(?:[上下]午|召开)?"
            r"|定期|随时|根据需要(?=召开|举行|$)|按[季月年周]",
        ),
        (Form.FREQUENCY, rf"{BOUND}{NUMBER}次"),
        (
            Form.SHARE,
            rf"{BOUND}(?:{NUMBER}/{NUMBER}|{NUMBER}分之{NUMBER}|过?半数)(?:以上)?"
            r"(?:的?[一-龥]{0,4}成员)?",
        ),
        (
            Form.QUANTITY,
            rf"(?:分别)?{BOUND}{NUMBER}(?:个(?!工作日|月|小时|星期)|次|人|名|万?元|亿元?|字|页|份"
            rf"|件|篇|万?平方米|%|部|条|亩|公里)(?:和{NUMBER}[个份人件])?{EDGE}|[两二三四五]审|一文一事",
        ),
        (
            Form.MEETING,
            r"[^，,；;。:：由经需须报交在或]{2,12}会议?(?:[或和、][^，,；;。]{2,12}会议)?(?=[讨研审决批召同])",
        ),
        (Form.NAMED, r"[“《][^”》]+[”》]|《[^，,。]+》"),
        (Form.NAMED, r"(?<=“)[^”、，,]+"),
        (
            Form.ACTOR,
            r"(?<=以)[^，,；;。以]{2,14}(?=的?名义)|(?<=在)[^，,；;。的]{2,16}(?=的?双重领导下)",
        ),
        (Form.TAIL, rf"[一-龥]{{2}}化?(?:{THING})(?=[、，,；;。]|等|$)"),
        (
            Form.MANNER,
            rf"(?:{MANNER})?(?:{AMEND})(?:[或并]|或者)(?:{AMEND})"
            rf"|(?<=[，,；;])(?:{MANNER}){{1,2}}[一-龥]{{2}}(?:会议)?",
        ),
        (Form.OBJECT, r"(?<=[把将])[^，,；;。把将]{2,40}?(?=作为|纳入|列为|列入)"),
        (Form.PREDICATE, r"作为[^，,；;。]{2,20}|(?<=[》）)])[一-龥]{2,8}(?=[，,；;。]|$)"),
        (Form.PLACE, r"(?<=[在到])[^，,；;。在到]{2,12}?(?=填写|登记|备案|办理|领取)"),
        (Form.PLACE, r"(?:报送|报|送|向|到|交|在)[^，,；;。]{2,24}"),
    )
)
OPENER = re.compile(
    r"包括|分为|(?<!行)为(?![主民])|(?<!于)是|由|(?<![没所])有(?!关)|遵循|实行|明确|(?<!存)在"
    r"|需经|经(?![济营常验费])|采[用取]|[:：]"
)
BEGINNER = re.compile(
    r"保障|调度好?|制定|推行|健全完善|健全|完善|建设|打造|邀请|听取|建立健全|建立|实施|履行|运用"
    r"|构建|建成|落实|接受|刊载|参照|依据|根据|通过|(?<![使运采适录引])用(?!印|于)|发给|使用|促进"
    r"|维护|征[求询]|出台|组织"
)
OBJECT = re.compile(
    r"采[用取]|实行|注明|提供|使用|称为|是|为|填写?|提交|报送|遵循|坚持|按照|执行|开展|公布|公开|纳入"
)
OBJECT_END = re.compile(r"(?:召开|开展|举行|进行|执行|办理|管理|等(?:材料|属性|程序|制度)?)?$")
VERDICTS: tuple[tuple[float, re.Pattern[str]], ...] = (  # how plainly a segment says yes or no
    (
        2.0,
        re.compile(
            r"不得|严禁|禁止|不准|不允许|不许|不可|不能|不予|不再|一律|不接收|可以|可不|可(?=在|由)"
        ),
    ),
    (
        1.5,
        re.compile(
            r"^(?:但|也|且|均|其他\w{0,6})?不(?!同|断|足|良|少)|原则上(?:不|须|应)?|一般不|视[为同]"
        ),
    ),
    (1.0, re.compile(r"都要|必须|应当|不要|参照|方可|方能|全部|不上|才能")),
    (
        0.5,
        re.compile(
            r"不|须|(?<![相对反回适供])应(?!急|诉)|(?<![主重需首概])要(?!求)|(?<!急)需|(?<![许认])可(?![行控])"
        ),
    ),
)
MODAL = re.compile("|".join(pattern.pattern for _, pattern in VERDICTS))
CONDITION = re.compile(r"(?:的|时|后|前|期间|情况下?|外)$")
ITEM = re.compile(
    r"(?:(?<=[、和以])|(?<=构建)|(?<=建立)|^)[^、和]{2,6}(?:为[^、和]{2,6}|主导|主体)(?=[、和]|$)"
)
AFTERWARDS = re.compile(r"(?<=[一-龥]{3})(?:后(?![续备评勤果方])|时(?![间限效刻候常]))")
IS = re.compile(r"^([^，,；;。:：]{1,23}?(?:长|主任|人|部门|单位|室|局|书记))(?:是|为|在|要)")
TOLD = re.compile(r"委托")
DONE = re.compile(
    rf"(?:{'|'.join(a for a, _ in ACTS if not a.startswith('请假'))}|同意|召开|报告|请假|提出)+"
)
STOPS = "，,；;。：: \n"


@dataclass(frozen=True)
class Candidate:
    """A literal piece of a clause."""

    start: int
    end: int
    form: Form
    segment: int  # which of `segments` it begins in
    pairs: frozenset[str]
    lead: str  # of an actor: 由, 报, 向 ...
    after: str  # of an actor: what is said that it does
    is_condition: bool
    verdict: float


@lru_cache(CLAUSES_KEPT)
def candidates_in(clause: str) -> tuple[Candidate, ...]:
    """Every piece of a clause worth trying, each place once with its most telling form."""
    found: dict[tuple[int, int], Candidate] = {}
    places = segments(clause)
    for form, start, end, lead in _pieces(clause):
        while start < end and clause[start] in STOPS:
            start += 1
        while end > start and clause[end - 1] in STOPS:
            end -= 1
        if start < end and (start, end) not in found and end - start <= 4 * LONGEST:
            number = next(i for i, (_, stop) in enumerate(places) if start < stop)
            found[start, end] = _candidate(clause, form, (start, end), number, lead)
    return tuple(found.values())


def _candidate(
    clause: str, form: Form, place: tuple[int, int], number: int, lead: str
) -> Candidate:
    text = clause[slice(*place)]
    return Candidate(
        *place,
        form,
        number,
        frozenset(pairs(normalise(text))),
        lead,
        clause[place[1] : place[1] + 8],
        bool(CONDITION.search(text)),
        next((plain for plain, pattern in VERDICTS if pattern.search(text)), 0.0),
    )


def _pieces(clause: str) -> Iterator[tuple[Form, int, int, str]]:
    for actor in actors_in(clause):
        yield Form.ACTOR, actor.start, actor.end, actor.lead
        if told := TOLD.search(clause[actor.start : actor.end]):
            yield Form.ACTOR, actor.start + told.end(), actor.end, told[0]
        if done := DONE.match(clause, actor.end):
            yield Form.DEED, actor.start - len(actor.lead), done.end(), actor.lead
    for form, pattern in PATTERNS:
        for match in pattern.finditer(clause):
            yield form, *match.span(), ""
    places = segments(clause)
    for actor in actors_in(clause):
        ends = (stop for _, stop in places if actor.end < stop)
        yield Form.PREDICATE, actor.end, next(ends, actor.end), ""
    for number, (start, end) in enumerate(places):
        yield from _within(clause, start, end)
        if number + 1 < len(places):
            yield Form.DOUBLE, start, places[number + 1][1], ""


def _within(clause: str, start: int, end: int) -> Iterator[tuple[Form, int, int, str]]:
    text = clause[start:end]
    if clause[:start].endswith((":", "：")):
        yield Form.LIST, start, len(clause), ""
    if "、" in text:
        openers = list(OPENER.finditer(text.split("、", 1)[0]))
        yield Form.LIST, start + (openers[-1].end() if openers else 0), end, ""
        if begun := next(iter(BEGINNER.finditer(text.split("、", 1)[0])), None):
            yield Form.LIST, start + begun.end(), end, ""
        for item in ITEM.finditer(text):
            yield Form.ITEM, start + item.start(), start + item.end(), ""
    yield Form.SEGMENT, start, end, ""
    if is_ := IS.match(text):
        yield Form.ACTOR, start, start + is_.end(1), "是"
    modal = MODAL.search(text)
    if modal and modal.start():
        yield Form.RULE, start + modal.start(), end, ""
    if modal and "、" in text[modal.end() :]:
        yield Form.RULE, start + modal.start(), start + text.index("、", modal.end()), ""
    for after in AFTERWARDS.finditer(text):
        yield Form.RULE, start + after.end(), end, ""
    for verb in OBJECT.finditer(text):
        stop = OBJECT_END.search(text, verb.end())
        yield Form.OBJECT, start + verb.end(), start + (stop.start() if stop else len(text)), ""
