"""Which kind of leave a sentence speaks of."""

from __future__ import annotations

import re

from bot.core.leave import LeaveKind

_TIME_DUE = r"调休|补休|倒休|换休|串休"
# What the kind's own word does not tell: kept, so that whoever approves reads it.
_SPOKEN = re.compile(
    r"陪产假|陪护假|(?:独生子女|父母|老人|配偶)?护理假|照料假|丧假|育儿假|哺乳假|流产假|献血假|考试假"
    rf"|工伤假?|{_TIME_DUE}|疗休?养假?|挂职(?:锻炼)?|下乡|驻村"
)
# Kinds that are called by their names; the first that is found counts.
_NAMED: tuple[tuple[LeaveKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            LeaveKind.MEETING,
            r"会议请假|请会议假|会.{0,12}(?:不能|无法|没法|不了|来不了|赶不上|缺席)"
            r"|(?:不能|无法|没法)(?:参加|出席).{0,20}会",
        ),
        (
            LeaveKind.PRIVATE_ABROAD,
            r"因私.{0,4}(?:出国|出境|护照)|(?:出国|出境).{0,6}(?:旅游|旅行|探亲|度假|看)|私事?出(?:国|境)",
        ),
        (LeaveKind.ANNUAL, r"年休|年假|公休|带薪休假"),
        (LeaveKind.SICK, r"病假|工伤"),
        (LeaveKind.PERSONAL, r"事假|私假"),
        (LeaveKind.MARRIAGE, r"婚假"),
        (LeaveKind.MATERNITY, r"产假|陪护假|(?<!子女)(?<!父母)(?<!老人)护理假"),
        (LeaveKind.FAMILY_VISIT, r"探亲"),
        (
            LeaveKind.OTHER,
            rf"丧假|育儿假|哺乳假|护理假|照料假|献血假|考试假|{_TIME_DUE}|疗休?养|挂职|其他|其它",
        ),
        (LeaveKind.BUSINESS_TRIP, r"出(?:一?[趟次]|个)?差|公出|因公|出访|公务"),
        (LeaveKind.TRAINING, r"培训|党校|进修|研修|学习(?!强国)|轮训|脱产"),
    )
)
_MEETING_LEFT = re.compile(r"^(?P<before>[^;。]*?)会议?[^。;]{0,6}请个?假")
_ATTENDS = re.compile(r"(?:去|到|赴|前往|参加|出席|开)[^,。;]{0,14}$")
FAMILY = (
    r"(?:孩子|小孩|儿子|女儿|娃|家人|家里|父|母|爸|妈|老人|爱人|妻|丈夫|老婆|老公|岳"
    r"|公公|婆婆|爷|奶)"
)
_ILLNESS = (
    r"(?:生病|看病|发烧|发热|感冒|住院|手术|就医|就诊|不舒服|复查|体检|牙疼|肚子疼|头疼|头晕"
    r"|腰疼|扭伤|骨折)"
)
# Nothing but what somebody suffers from: 感冒发烧, 我牙疼得厉害.
ILLNESS_TOLD = re.compile(
    rf"(?:我|本人|有点|昨晚|今早|突然)*{_ILLNESS}[^,。;]{{0,8}}(?:[,、]?{_ILLNESS})?[了吧。]*"
)
# Kinds that what people tell of points to.
_HINTED: tuple[tuple[LeaveKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            LeaveKind.PERSONAL,
            rf"{FAMILY}.{{0,6}}{_ILLNESS}|参加.{{0,8}}(?:婚礼|葬礼|聚会|家长会|同学会|追悼会)|(?:陪|带|送|接|照顾|看望).{{0,6}}{FAMILY}",
        ),
        (LeaveKind.SICK, rf"{_ILLNESS}|病了|(?<!看)(?<!生)病(?!历|房)"),
        (LeaveKind.MARRIAGE, r"(?:我|本人)?(?:要|去)?(?:结婚|办婚礼|领证)"),
        (LeaveKind.MATERNITY, r"生孩子|生产(?=请|休)|分娩|待产|陪产"),
        (
            LeaveKind.BUSINESS_TRIP,
            r"(?:去|到|赴|前往).{0,12}(?:开(?!.{0,4}(?:家长|同学|班))[^,。;]{0,12}会|参会|调研|考察|汇报|招商|对接|办事|督查|检查|参观|洽谈|验收|参加|出席|参展|跑)"
            r"|外出(?!打工)|招商|下乡|驻村|蹲点|入户"
            r"|(?:出国|出境)[^,。;]{0,4}(?:考察|访问|交流|招商|参展|洽谈|谈判|参会|开会)"
            r"|(?:开会|参会)[^。;]{0,8}假|请假[^。;]{0,8}(?:开会|参会)",
        ),
        (
            LeaveKind.PERSONAL,
            r"有(?:点|些|个)?(?:急|私|要紧)?事|私事|家事|家里|个人事务|办点|搬家|家长会|接送",
        ),
        (LeaveKind.ANNUAL, r"休假|休息(?=.{0,3}天|$)|旅游|度假"),
    )
)
_BARE = {
    "年": LeaveKind.ANNUAL,
    "休": LeaveKind.ANNUAL,
    "事": LeaveKind.PERSONAL,
    "病": LeaveKind.SICK,
    "婚": LeaveKind.MARRIAGE,
    "产": LeaveKind.MATERNITY,
    "会": LeaveKind.MEETING,
    "公": LeaveKind.BUSINESS_TRIP,
    "学": LeaveKind.TRAINING,
}


def read_kind(text: str, is_answer: bool) -> LeaveKind | None:
    """The kind that a sentence names or points to; `is_answer` takes its first character for it."""
    if _leaves_meeting(text):
        return LeaveKind.MEETING
    for kinds in (_NAMED, _HINTED):
        for kind, pattern in kinds:
            if pattern.search(text):
                return kind
    if not is_answer:
        return None
    bare = text.strip(",。的 ").removeprefix("请")
    return _BARE.get(bare[:1]) if len(bare) <= 3 else None


def spoken_kind(text: str) -> str | None:
    """The word for a kind that the contract's own kinds do not tell (丧假, 调休, 下乡)."""
    match = _SPOKEN.search(text)
    return match[0] if match else None


def _leaves_meeting(text: str) -> bool:
    """Whether leave is asked from a meeting (常务会请假), not for one (去市里开会,请假)."""
    match = _MEETING_LEFT.search(text)
    return match is not None and not _ATTENDS.search(match["before"])
