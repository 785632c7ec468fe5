"""The short answer cut out of a clause: always a literal part of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from knowledge.answer.actors import cut_actor, cut_place, is_asked_act
from knowledge.answer.asked import Asked, Span, focus, segments
from knowledge.answer.kinds import Kind

VAGUE = 0.25
AHEAD = r"提前|事[先前]|会前"
PLAIN = 0.5  # the fit of a span that is of the right kind, with other words around it
SURE = 2.0  # pairs of characters shared with the question, around the span
LONG = 24  # characters: a longer short answer is no longer short

NUMBER = r"(?:\d+(?:\.\d+)?(?:\s*[-—－~至到]\s*\d+)?|[一二两三四五六七八九十百千万半几]+)"
BOUND = (
    r"(?:最多|最少|至少|最长|一般|原则上|每年|每月|均)?"
    r"(?:不(?:得|应|能)?(?:超过|少于|低于|多于|高于)|超过|少于|达到?)?"
)
EDGE = r"(?:\s*[(（]含[)）])?(?:之内|以内|内|以上|以下|以前|之前|左右|前)?"
CLOCK = r"(?:个?(?:工作日|小时|星期|月|季度)|天|日|周|分钟|年)"
TIME = (
    rf"{BOUND}{NUMBER}{CLOCK}{EDGE}"
    rf"|{BOUND}半(?:个工作日|天|年|个月|小时){EDGE}"
)
DAY = (
    r"\d{1,2}月(?:底|份)?(?:\d{1,2}日)?(?:前|之前)?|每?月底前?|年底前?"
    r"|当[日天](?:内)?|次日|即时|立即|及时|尽快"
)
ANY_UNIT = r"个(?!工作日|月|小时|星期)|次|人|名|万?元|字|页|份|分钟|件|篇|万?平方米|%|部|条|亿元?"
SHARE = (
    rf"{BOUND}(?:{NUMBER}/{NUMBER}|{NUMBER}分之{NUMBER}|过?半数)(?:以上)?"
    r"(?:的?[一-龥]{0,4}成员)?"
)
UNITS: tuple[tuple[str, str], ...] = (  # what a question counts, and the units that count it
    (r"钱|元|块|费|额度|报销|报多少", r"万?元|亿元?|%"),
    (r"几分钟|多少分钟", r"分钟|小时"),
    (r"字", r"字"),
    (r"几?次|几回", r"次"),
    (r"面积|多大|平", r"万?平方米|亩|公里"),
    (r"人", r"人|名"),
    ("", ANY_UNIT),
)
MEASURES: dict[Kind, tuple[str, ...]] = {  # the first pattern found anywhere in the clause wins
    Kind.WHEN_AHEAD: (rf"提[前早]{NUMBER}{CLOCK}(?:以上)?", rf"{NUMBER}{CLOCK}之?前"),
    Kind.TIME_LIMIT: (TIME, DAY),
    Kind.FREQUENCY: (
        rf"每{NUMBER}?个?(?:年|季度?|月|周|天|日|星期)[^，,；;。每]{{0,6}}?{NUMBER}次",
        rf"(?:一年|全年){NUMBER}次",
        r"不定期(?:召开)?",
        rf"每{NUMBER}?个?(?:年|季度?|月|周|天|日|星期)[一二三四五六日末初底]?(?:[上下]午|召开)?",
        r"定期|随时|根据需要(?=召开|举行|$)|按[季月年周]",
    ),
}
HOW_MANY_TIMES = re.compile(r"几[次回趟轮]|多少[次回]")
TIMES = (  # 每月召开两次, else 不少于1次
    rf"每{NUMBER}?个?(?:年|季度?|月|周|天|日|星期)[^，,；;。每]{{0,6}}?{NUMBER}次"
    rf"|{BOUND}{NUMBER}次"
)
VERDICTS = (  # how plainly a segment says yes or no
    (
        2.0,
        r"不得|严禁|禁止|不准|不允许|不许|不可|不能|不予|不再|一律|不接收|可以|可不|可(?=在|由)",
    ),
    (1.5, r"^(?:但|也|且|均|其他\w{0,6})?不(?!同|断|足|良|少)|原则上(?:不|须|应)?|一般不|视[为同]"),
    (1.0, r"都要|必须|应当|不要|参照|方可|方能|全部|不上|才能"),
    (
        0.0,
        r"不|须|(?<![相对反回适供])应(?!急|诉)|(?<![主重需首概])要(?!求)|(?<!急)需|(?<![许认])可(?![行控])",
    ),
)
PERMISSION = re.compile(
    r"能不能|可不可以|可以|能否|可否|允许|让不让|行不行|[行好成]不|[行成]吗|能|收不|得不得"
)
DUTY = re.compile(r"要不要|用不用|需不需要|是否(?:需|要|应)|还?[要用]|必须|需要|得不得")
ALLOWS = re.compile(
    r"不得|严禁|禁止|不准|不允许|不许|不可|不能|不予|可以|可(?=在|由)|不接收|同意|批准|方可|不(?!同|断|足)"
)
OBLIGES = re.compile(r"不再|可不|应当?|必须|须|不要|都要|参照|视[为同]|主动")
SAID_FOR = 2.0  # a permission where one is asked for, a duty where one is
MODAL = re.compile("|".join(pattern for _, pattern in VERDICTS))
CONDITION = re.compile(r"(?:的|时|后|前|期间|情况下?|外)$")
OPENER = re.compile(r"(?:包括|分为|为|是|由|有|遵循|实行|明确|在|需经|经|[:：])")
VAGUE_TIME = re.compile(r"立即|及时|尽快|即时|定期|随时|根据需要|一个|一次")
COUNTED = re.compile(r"几|多少")
LIMIT = re.compile(
    r"最[多少长短高低迟晚大小]|至[多少]|封顶|上限|下限|不超过|超过|以上|以内|才[能行]"
)
LIMITED = re.compile(
    r"不(?:得|应|能)?(?:超过|少于|低于|多于|高于)|超过|至[多少]|最[多少长短高低]|以[上下内]|内|控制|过半|原则上|限|应|须|只|[前底]"
)
REACH = 8  # characters
MARKED = re.compile(r"[“《][^”》]+[”》]")
PEOPLE = re.compile(r"哪些人|什么人|成员|谁组成|[哪有]几个人")
PERSON = re.compile(r"长[、,，]|主任|书记|负责(?:同志|人)|人员|委员")
NOTHING = re.compile(r"(?!)")
OF_PEOPLE = 4.0  # a list of people where people are asked for
PLACE = Callable[[Asked, str], str | None]


def cut_span(asked: Asked, clause: str) -> Span:
    """The part of a clause that answers; the words nearest to the question when none fits."""
    cutter = CUTTERS.get(asked.kind) if asked.kind else None
    found = cutter(asked, clause) if cutter else None
    if found and VAGUE_TIME.fullmatch(found) and COUNTED.search(asked.plain):
        return Span(found, VAGUE)
    if found:
        is_bound = not LIMIT.search(asked.plain) or bool(LIMITED.search(_around(clause, found)))
        return Span(found, 1.0 if is_bound and _is_sure(asked, clause, found) else PLAIN)
    if asked.kind is Kind.WHEN_AHEAD and (vague := _vaguely(asked, clause)):
        return Span(vague, VAGUE)
    return Span(_shortened(_nearest_segment(asked, clause)), 0.0)


def _around(clause: str, found: str) -> str:
    """A span with the few characters before it: 至少 may stand apart from its number."""
    start = clause.index(found)
    return clause[max(0, start - REACH) : start + len(found)]


def _vaguely(asked: Asked, clause: str) -> str | None:
    """What is to be done ahead, without a number: 原则上须提前书面报县政府办公室."""
    places = ((0.0, a, b) for a, b in segments(clause) if re.search(AHEAD, clause[a:b]))
    found = _best(asked, clause, places)
    return clause[slice(*found)].strip() if found else None


def _is_sure(asked: Asked, clause: str, found: str) -> bool:
    """Whether the words around a span are those of the question; of a person, also the act."""
    start = clause.index(found)
    if asked.kind is Kind.WHO and asked.acts:
        return is_asked_act(asked, clause[start + len(found) :])
    return focus(asked, clause, start) >= SURE


def _best(
    asked: Asked, clause: str, places: Iterable[tuple[float, int, int]]
) -> tuple[int, int] | None:
    """The (bonus, start, end) with the most of the question around it; the earliest of equals."""
    scored = [(bonus + focus(asked, clause, a), -a, (a, b)) for bonus, a, b in places]
    return max(scored)[2] if scored else None


def _measure(asked: Asked, clause: str) -> str | None:
    if asked.kind is None:
        return None
    times = (TIMES,) if asked.kind is Kind.FREQUENCY and HOW_MANY_TIMES.search(asked.plain) else ()
    return _first_matching(asked, clause, (*times, *MEASURES[asked.kind]))


def _first_matching(asked: Asked, clause: str, patterns: Iterable[str]) -> str | None:
    """The nearest match of the first pattern that matches at all."""
    for pattern in patterns:
        found = _best(asked, clause, ((0.0, *m.span()) for m in re.finditer(pattern, clause)))
        if found:
            return clause[slice(*found)]
    return None


def _verdict(asked: Asked, clause: str) -> str | None:
    places = []
    wanted = _wanted(asked)
    for start, end in segments(clause):
        plain = next((p for p, pattern in VERDICTS if re.search(pattern, clause[start:end])), None)
        if plain is not None:
            is_condition = bool(CONDITION.search(clause[start:end]))
            fitting = SAID_FOR * bool(wanted and wanted.search(clause[start:end]))
            places.append((plain + fitting - 2.0 * is_condition, start, end))
    found = _best(asked, clause, places)
    return _shortened(clause[slice(*found)]) if found else None


def _wanted(asked: Asked) -> re.Pattern[str] | None:
    """What a yes or no is asked of: whether one may, or whether one has to."""
    if PERMISSION.search(asked.plain):
        return ALLOWS
    return OBLIGES if DUTY.search(asked.plain) else None


def _enumeration(asked: Asked, clause: str) -> str | None:
    wanted = PERSON if PEOPLE.search(asked.plain) else NOTHING
    listed = (
        (OF_PEOPLE * bool(wanted.search(clause[a:b])), a, b)
        for a, b in segments(clause)
        if "、" in clause[a:b]
    )
    found = _best(asked, clause, listed)
    if found is None:
        marked = MARKED.search(clause)
        return marked[0] if marked else None
    start, end = found
    if clause[:start].endswith((":", "：")):  # what follows a colon is one list
        return clause[start:].rstrip("。；; \n")
    openers = list(OPENER.finditer(clause[start:end].split("、", 1)[0]))
    return clause[start + (openers[-1].end() if openers else 0) : end].strip()


def _quantity(asked: Asked, clause: str) -> str | None:
    """A number with the unit that the question counts in; people also as a share of a body."""
    units = next(units for said, units in UNITS if re.search(said, asked.plain))
    counted = rf"(?:分别)?{BOUND}{NUMBER}(?:{units})(?:和{NUMBER}[个份人件])?{EDGE}"
    shares = (SHARE,) if "人" in units else ()
    times = (TIME,) if units == ANY_UNIT else ()
    return _first_matching(asked, clause, (*shares, counted, *times))


def _thing(asked: Asked, clause: str) -> str | None:
    found = _best(asked, clause, ((0.0, *m.span()) for m in MARKED.finditer(clause)))
    return clause[slice(*found)].strip("“”") if found else None


def _nearest_segment(asked: Asked, clause: str) -> str:
    """The segment nearest to the question; what follows from it when it is a condition."""
    places = list(segments(clause))
    found = _best(asked, clause, ((0.0, *place) for place in places))
    if found is None:
        return clause.strip()
    following = places.index(found) + 1
    while following < len(places) and CONDITION.search(clause[slice(*found)]):
        found, following = places[following], following + 1
    return clause[slice(*found)].strip()


def _shortened(segment: str) -> str:
    """A long segment from its first 不得, 应 or 可 on: what is laid down, without for whom."""
    segment = segment.strip()
    modal = MODAL.search(segment)
    is_long = len(segment) > LONG
    return segment[modal.start() :] if is_long and modal and modal.start() else segment


CUTTERS: dict[Kind, PLACE] = {
    Kind.WHO: cut_actor,
    Kind.WHEN_AHEAD: _measure,
    Kind.TIME_LIMIT: _measure,
    Kind.FREQUENCY: _measure,
    Kind.QUANTITY: _quantity,
    Kind.WHETHER: _verdict,
    Kind.WHERE: cut_place,
    Kind.LIST: _enumeration,
    Kind.WHAT: _thing,
}
