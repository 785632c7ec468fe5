"""Questions that lean on the one before: what they replace in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.answer.kinds import Kind, kind_of
from knowledge.search.words import Words, normalise

LEVEL = "[县区市]"
COUNT = r"[\d.]*[\d一二两三四五六七八九十百千万]+"
BOUND = r"(?:超过|不到|不满|不足|多于|少于|大于|小于|至少)?"
BOUNDED = r"(?:以[上下内外]|之内|多)?"
DAYS = rf"(?:半天|半日|半个月|{COUNT}(?:个?(?:工作)?[天日]半?|周|个?(?:星期|礼拜|月)))"
MONEY = rf"(?:{COUNT}(?:块钱?|元)|\d{{3,}}|{COUNT}(?<=[千万])[一二三四五六七八九]?)"
NOWHERE = re.compile("(?!)")
UNITS = r"乡镇|镇街|街镇|街道办?|各?部门|园区|开发区|县市区"
RANK = (
    r"(?:常务|分管|主管)?(?:的)?副(?:县|区|市)长|(?:县|区|市)长(?!办公|专用)|(?:县|区|市)政府党组成员"
    rf"|(?:{UNITS}|单位|[县区市]直(?:部门|单位)|科室|局里?|政?府办(?:公室)?|办公室)的?"
    r"(?:一把手|主要负责(?:人|同志)|主要领导|负责人|副?主任|班子成员|副职"
    r"|(?:普通|一般)?(?:工作人员|干部职工|职工|干部|科员))"
    r"|部门一把手|一把手|二把手|主要负责(?:人|同志)|主要领导|副?秘书长|副?局长|乡镇长|副?[镇乡科股处]长"
    r"|[分主]管领导|副?主任|班子成员|党组成员|副职|正职|书记|科员"
    r"|(?:普通|一般|机关)?(?:工作人员|干部职工|职工|干部)|(?<!帮)我(?!们?[县区市])"
)
MEETING = (
    rf"(?:{LEVEL}?政府)?(?:常务|全体|专题|党组|党委|主任|办公|业务|专项|调度|动员|协调|学习|{LEVEL}长办公)会议?"
    rf"|全{LEVEL}性?的?(?:工作)?(?:会议?|大会)|部门会议?|(?:电视电话|视频)会议?"
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
SAID_OF_URGENT = "紧急|加急|特急|急件|急事|急需|从速"
FRAME = re.compile(
    r"^(?:那么?|要是|如果|假如|假设|若是?|换成|换了|改成|再问一?下?|还有|至于|@?小规|[,，]"
    r"|他们的?|那边的?|人家的?|我们的?|咱们?的?)*"
    r"(?:是|碰到|遇到)?(?P<core>.+?)"
    r"(?:(?:情况|时候|之|以|的话)下?|的话|又?(?:怎么|咋|如何)(?:说|办|规定)的?|呢|吧|呀|啊|嘛)*[?。!~,]*$"
)
ASKING = re.compile(
    r"(?:[向找跟由归经给][^向找跟由归经给]{0,1}?)?(?:应该?|应当|需要?|(?<!纪)要)?(?:[向找跟由归给报])?"
    r"(?:谁|哪|几[天个次日]|多[久少长]|什么|啥|怎么|咋|如何|提[前早]|能不能|可不可以|要不要|用不用|是否|有没有|吗)"
)
ASKED_FIRST = re.compile(
    r"^(?:请问|由|该|应该)*(?:谁|哪(?:个|位|级)?(?:领导|部门|人)?)(?:来|负责|能|可以|有权)*"
    r"(?P<act>签发|审签|签批|签字|签|审批|批准|批|审核|审查|主持|召集|管)"
)
# Whom something is done to, or left to.
NOT_SUBJECT = rf"[向找跟报由经给叫让派请换](?:分管|主管|常务)?的?(?:{RANK})"
ACTS = re.compile(  # what is done with whatever the last question was about
    r"提前|报告|签发|批准|审批|审核|同意|办完|办结|办理|主持|负责|保管|管理|请示|书面|临时|一个|两个"
    r"|最多能?|最少|最长|最晚|几个|几点|一个月|不要|不能|参加|来定|书面材料|之前|以后|时候|平时|需要|处理|公开|[一二三四五六七八九十\d]+.?"
)
SHORT_NOUNS = re.compile(r"[车章钱假文班票](?!件)|会(?!不会)(?![批签办有能是])")
AWAY = "不在|外出|出差|离开|缺席|因故|不能"
ABSENT = re.compile(
    rf"(?P<who>{RANK})(?:都|也|刚好|正好|临时)*(?:不在家?|出差了?|外出了?|出去了?|请假了?|休假了?|没在)"
)
TO_WHOM = r"(?<![向找跟报由经给])"
HEAD = re.compile(  # what 紧急的 and 副县长主持的 describe
    rf"{MEETING}|会议|{DOCUMENT_NOUN}|(?:督办|批示|信访|交办)(?:事项|件)?|事项|信息|事件|议题"
)
FILLERS = re.compile(r"[的要请去是在用花报万休,，、]|情况|时候|事$|那种|这种|一共|总共")


@dataclass(frozen=True)
class Meant:
    """What a follow-up means.

    `case` was put beside the earlier question without replacing anything in it; `is_covered` says
    that a rule which does not name the case holds for it all the same (longer, farther). `nearby`
    is to be looked for in the article that answered before anything else is asked.
    """

    question: str
    case: str = ""
    is_covered: bool = False
    nearby: re.Pattern[str] | None = None
    is_nearby_first: bool = False


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


def merge(previous: str, question: str, words: Words) -> Meant:
    """The whole question that a follow-up means.

    那副县长呢 after 县长外出谁批 asks 副县长外出谁批: the fact of the same kind is replaced, or
    joined where none was named. One that asks for itself is left alone.
    """
    plain, core = _plain(previous), _core(question, words)
    kind = kind_of(core)
    if kind is not None and stands_alone(question, words):
        return Meant(core if leans(question) else question)
    absent = ABSENT.fullmatch(core)
    if absent and not (re.search(LEAVE, plain) and re.search(LEAVE, core)):
        # Who stands in is what the rules say of it.
        nearby = re.compile(
            f"{absent['who'][-2:]}.{{0,6}}(?:{AWAY})|(?:{AWAY}).{{0,4}}期间|委托.{{0,16}}(?:主持|召集|签|批|代)"
        )
        asked = f"{absent['who']}外出期间由谁主持工作"
        return Meant(asked, nearby=nearby, is_nearby_first=True)
    if kind is None or (kind is Kind.QUANTITY and not re.search("几|多少", core)):
        return _with_facts(plain, core, words)
    return Meant(f"{_subject_of(plain)}{core}")


def leans(question: str) -> bool:
    """Whether a sentence is worded as one that goes on from the one before."""
    plain = _plain(question)
    begins = re.match(r"(?:@?小规,?)?(?:那(?!个|些|种)|要是|如果|假如|换成|换了|改成|至于)", plain)
    return bool(begins) or plain.rstrip("?。!~").endswith("呢")


def stands_alone(question: str, words: Words) -> bool:
    """Whether a sentence asks, and says itself of what."""
    core = _core(question, words)
    if kind_of(core) is None or is_partial(core, words):
        return False
    return _names_subject(core) or not leans(question)


def is_partial(question: str, words: Words) -> bool:
    """Whether a question does not say of what it asks: 跟谁请, 一个月最多能上几个."""
    plain = _plain(question)
    if _names_subject(plain):
        return False
    left = re.sub(NOT_SUBJECT, "", plain)
    if SHORT_NOUNS.search(left):
        return False
    return all(len(word) == 1 or ACTS.fullmatch(word) for word in words.content(left))


def _names_subject(plain: str) -> bool:
    subject = re.sub(NOT_SUBJECT, "", plain)
    subject = re.sub(r"报告|建议|决定|通知|意见|文(?!件)", "", subject)  # done as often as named
    return any(re.search(p, subject) for p in (RANK, MEETING, DOCUMENT_NOUN, LEAVE))


def _plain(text: str) -> str:
    return "".join(normalise(text).split())


def _core(question: str, words: Words) -> str:
    plain = words.corrected(_plain(question))
    frame = FRAME.match(plain)
    return frame["core"] if frame else plain


def _with_facts(previous: str, core: str, words: Words) -> Meant:
    """The earlier question with the facts of a fragment in it."""
    facts = _facts_in(core)
    question: str | None = previous
    for kind, fact in facts:
        put = kind.put(question or previous, _as_asked(kind, fact))
        if put is None and kind is RANKS:  # what is theirs to do in the same matter
            posts = re.compile(_posts(fact, words))
            return Meant(previous, fact, nearby=posts, is_nearby_first=True)
        question = put or f"{fact},{question}"
    if facts:
        adds = all(k.adds and (k.named or k.said).search(previous) is None for k, _ in facts)
        is_urgent = any(kind is URGENCY for kind, _ in facts)
        nearby = re.compile(SAID_OF_URGENT) if is_urgent and adds else None
        return Meant(question or previous, core if adds else "", not is_urgent, nearby)
    asked = _asked_of(previous)
    if words.is_telling(core) and asked and not re.search(f"{RANK}|{LEAVE}", previous):
        return Meant(f"{core}{asked}")  # another matter: 那合同呢 after 规范性文件谁审查
    return Meant(_modified(previous, core), case=core)


def _posts(fact: str, words: Words) -> str:
    """A pattern of the words that the rules may have for a post."""
    return "|".join(map(re.escape, (fact, *words.rule_words(fact))))


def _modified(previous: str, core: str) -> str:
    """A fragment that is no fact: before what it describes, else before the whole question."""
    noun = HEAD.search(previous) if core.endswith("的") else None
    if noun:
        return previous[: noun.start()] + core + previous[noun.start() :]
    return f"{core},{previous}"


def _as_asked(kind: FactKind, fact: str) -> str:
    """A fact as the tables' readers know it: 一周以上 for 超过一周."""
    more = re.fullmatch(f"(?:超过|多于|大于)(?P<days>{DAYS})", fact) if kind is LENGTHS else None
    return f"{more['days']}以上" if more else fact


def _facts_in(core: str) -> list[tuple[FactKind, str]]:
    """The facts that a fragment consists of; none if it says anything else besides."""
    for kind in KINDS:
        if kind.said.fullmatch(core):
            return [(kind, core)]
    left, found = core, []
    for kind in KINDS:
        said = kind.said.search(left)
        if said and kind is not DOCUMENTS:
            found.append((kind, said[0]))
            left = left[: said.start()] + left[said.end() :]
    return [] if FILLERS.sub("", left) else found


def _subject_of(previous: str) -> str:
    """The earlier question without what it asked."""
    first = ASKED_FIRST.match(previous)
    if first:
        return previous[first.end() :].rstrip("?。!")
    asking = ASKING.search(previous)
    return previous[: asking.start()].rstrip(",") if asking else previous.rstrip("?。!")


def _asked_of(previous: str) -> str:
    """What the earlier question asked, without its subject."""
    first = ASKED_FIRST.match(previous)
    if first:
        return f"由谁{first['act']}"
    asking = ASKING.search(previous)
    return previous[asking.start() :] if asking else ""


def _before_asking(previous: str, fact: str) -> str:
    return f"{_subject_of(previous)}{fact}{_asked_of(previous)}"


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
    asked = _asked_of(previous)
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
