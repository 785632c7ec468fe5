"""What a question wants of its short answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answer.asked import Asked, subject_in
from knowledge.answer.subjects import meetings_in

MANY = r"(?:几|多少|好多)"
UNITS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(said), re.compile(unit))
    for said, unit in (  # what a question counts, and the units that count it
        (rf"钱|{MANY}[块元]|额度|报多少", r"元|%"),
        (rf"{MANY}分钟|[讲说]多[久长]|(?:发言|汇报).{{0,8}}(?:多[久长]|时间|限时)", r"分钟|小时"),
        (r"小时|钟头", r"小时"),
        (r"工作日", r"工作日"),
        (rf"{MANY}个?月", r"月"),
        (rf"{MANY}年", r"年"),
        (rf"{MANY}个?(?:星期|周|礼拜)", r"周|星期|月"),
        (rf"{MANY}天", r"天|日|周|小时|月"),
        (r"哪天|多久|好久|多长", r"天|日|周|小时|月|年|次"),
        (rf"{MANY}个?字|字数", r"字"),
        (rf"{MANY}[次回趟遍轮场]", r"次|审"),
        (rf"面积|多大|{MANY}平", r"平方米|亩|公里"),
        (rf"{MANY}页|页数", r"页"),
        (rf"{MANY}份|份数", r"份"),
        (rf"{MANY}个?[人名位]|人数|比例|半数", r"人|名|/|分之|半数"),
        (rf"{MANY}[个部件篇项条]", r"个|部|件|篇|项|事"),
    )
)
PERMISSION = re.compile(
    r"能不能|可不可以|可以|能否|可否|允许|让不让|行不行|[行好成]不|[行成]吗|能|收不|得不得"
)
DUTY = re.compile(r"要不要|用不用|需不需要|是否(?:需|要|应)|还?[要用]|必须|需要|得不得")
ALLOWS = re.compile(
    r"不得|严禁|禁止|不准|不允许|不许|不可|不能|不予|可以|可(?=在|由)|不接收|同意|批准|方可"
    r"|不(?!同|断|足)"
)
OBLIGES = re.compile(r"不再|可不|应当?|必须|须|不要|都要|参照|视[为同]|主动")
COUNTED = re.compile(r"几|多少")
A_NUMBER = re.compile(  # 几天, 多少钱; not 好几天, 这几天
    rf"(?<![好这那前头过])(?:{MANY}个?(?:工作日|天|日|小时|钟头|分钟|月|年|周|星期|礼拜|[次回趟遍字页份])"
    rf"|{MANY}[钱块元])"
)
LIMIT = re.compile(
    r"最[多少长短高低迟晚大小]|至[多少]|封顶|上限|下限|不超过|超过|以上|以内|才[能行]"
)
PEOPLE = re.compile(r"哪些人|什么人|成员|谁组成|[哪有]几个人")
FINALLY = re.compile(r"最后|最终|到底|拍板|定下来")
OF_WHOM = re.compile(r"请[假价架]|[找跟向给]")
FIRST = re.compile(r"先(?!进|后)|第一[道个关步]|[审签批]完|之前|初[审步]")
SEVERAL = re.compile(
    r"(?:哪|都?有|要|那|这)([两二三四五六七八])(?:个(?!月|工作日)|[种项样类道条级份方位大件家环])?"
)
NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
OR = re.compile(r"还是")
ASKED_FOR = re.compile(
    r"(?:什么|啥子?|哪个|哪些|哪几[个种份条道家样]?|几[种道条样]|哪[种份类项句条])([一-龥]{1,4})"
)
NOT_NOUN = re.compile(r"[是的了在要得能会上来去批管做]")
OF_MEETING = re.compile(r"(?:什么|啥|哪个|哪些|哪种)会|会上")


@dataclass(frozen=True)
class Wanted:
    """Read once from a question, held against every piece of every clause."""

    kind: str
    verdict: re.Pattern[str] | None  # of a yes or no: whether one may, or whether one has to
    unit: re.Pattern[str] | None
    nouns: tuple[str, ...]  # of what kind of thing: 什么制度
    is_counted: bool
    is_number: bool  # 几天, 多少钱: nothing but a number of them answers
    is_limit: bool
    is_of_people: bool
    is_of_meeting: bool
    is_of_whom: bool  # 跟谁, 找谁
    is_last: bool  # who decides in the end
    is_first: bool
    is_choice: bool  # 会前还是会上
    several: int  # how many things: 哪四项; 0 if it is not said
    meetings: frozenset[str]
    subject: frozenset[str]


@lru_cache(64)
def wanted(asked: Asked) -> Wanted:
    """What a question wants."""
    plain = asked.plain
    nouns = (NOT_NOUN.split(noun)[0] for noun in ASKED_FOR.findall(plain))
    return Wanted(
        kind=asked.kind.value if asked.kind else "none",
        verdict=ALLOWS if PERMISSION.search(plain) else OBLIGES if DUTY.search(plain) else None,
        unit=next((unit for said, unit in UNITS if said.search(plain)), None),
        nouns=tuple(noun for noun in nouns if noun),
        is_counted=bool(COUNTED.search(plain)),
        is_number=bool(A_NUMBER.search(plain)),
        is_limit=bool(LIMIT.search(plain)),
        is_of_people=bool(PEOPLE.search(plain)),
        is_of_meeting=bool(OF_MEETING.search(plain)),
        is_of_whom=bool(OF_WHOM.search(plain)),
        is_last=bool(FINALLY.search(plain)),
        is_first=bool(FIRST.search(plain)),
        is_choice=bool(OR.search(plain)),
        several=NUMERALS[said[1]] if (said := SEVERAL.search(plain)) else 0,
        meetings=meetings_in(plain),
        subject=subject_in(plain),
    )
