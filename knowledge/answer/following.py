"""Questions that lean on the one before: what they mean in full."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.answer.kinds import Kind, kind_of
from knowledge.answer.replacing import (
    DAYS,
    DOCUMENT_NOUN,
    DOCUMENTS,
    HEAD,
    KINDS,
    LEAVE,
    LENGTHS,
    MEETING,
    MONEY,
    RANK,
    RANKS,
    URGENCY,
    FactKind,
    asked_of,
    same_head,
    subject_of,
)
from knowledge.search.words import Words, normalise

LONG_SUBJECT = 12  # characters
SAID_OF_URGENT = "紧急|加急|特急|急件|急事|急需|从速"
FRAME = re.compile(
    r"^(?:那么?|要是|如果|假如|假设|若是?|换成|换了|改成|再问一?下?|还有|至于|@?小规|[,，]"
    r"|他们的?|那边的?|人家的?|我们的?|咱们?的?)*"
    r"(?:是|碰到|遇到)?(?P<core>.+?)"
    r"(?:(?:情况|时候|之|以|的话)下?|的话|又?(?:怎么|咋|如何)(?:说|办|规定)的?|呢|嘞|咧|呐|吧|呀|啊|嘛)*[?。!~,]*$"
)
# Whom something is done to, or left to.
WHICH = re.compile(r"哪[个位](?=[来去能可]?[定开批签审管弄搞写主保起拍]|$)")  # as people say 谁
USUAL = re.compile(r"^(?:普通|平常|常规|寻常|正常)的?$")  # what the rules call 一般
NOT_SUBJECT = rf"[向找跟报由经给叫让派请换](?:分管|主管|常务)?的?(?:{RANK})"
ACTS = re.compile(  # what is done with whatever the last question was about
    r"提前|[发报送交]给|报告|签发|批准|审批|审核|同意|办完|办结|办理|主持|负责|保管|管理|请示|书面|临时|一个|两个"
    r"|印发?|出稿|送审?|反馈|回复|答复|签字|盖章|起草|先审|公布|发布|通过|列席|召开|陪同|到会"
    r"|会[前后]|最多能?|最少|最长|最晚|几个|几点|一个月|不要|不能|参加|来定|书面材料|之前|以后|时候|平时|需要|处理|公开|[一二三四五六七八九十\d]+.?"
)
DONE = re.compile(  # 起草呢 after 谁签发
    "(?:最后|先)?(?:起草|拟稿|草拟|审核|审签|审定|初审|签发|会签|主持|召集|承办|印发|编辑|解释|批准|审批|保管|督办|整理)"
)
SHORT_NOUNS = re.compile(r"[车章钱假文班票](?!件)|会(?!不会)(?![批签办有能是])")
HANGING = re.compile(  # what is left of what was asked
    r"(?:最[多少迟晚早]|至少|一般|到底|一个月|每[月年]|一年|能上|可以|[留给得需应能是在来]|(?<!纪)要|[,，]?这)+$"
)
ON_LEAVE = f"{LEAVE}|[请休].{{1,6}}假"
GOING = rf"{LEAVE}|出[去门]|[出离]\w{{0,2}}[县市区省国]"
AWAY = "不在|外出|出差|离开|缺席|因故|不能"
ABSENT = re.compile(
    rf"(?P<who>{RANK})(?:都|也|刚好|正好|临时)*(?:不在家?|出差了?|外出了?|出去了?|请假了?|休假了?|没在)"
)
OFFICE = r"(?:政|县|区|市)府办(?!发|的?名义)|(?:审计|司法|财政|公安|统计|信访)局(?!长)"
THAT_ONE = re.compile(  # 常务会那个最后谁签发
    rf"(?P<named>(?:{MEETING}|{RANK}|{DOCUMENT_NOUN}|.{{2,6}}))的?那(?:个|份|种|条)(?!人)(?P<asked>.{{2,}})"
)
WHAT_THEN = re.compile(r"(?:咋|怎么|如何)(?:办|弄|整|处理|算|搞)[呢啊呀]?[?。!]*$")
FILLERS = re.compile(
    r"[的要请去是在用花报万休只光就来,，、]|分管$|情况|时候|事$|那种|这种|一共|总共|自己|本人|外?出去?(?!差)|[过超]了|了$"
)


@dataclass(frozen=True)
class Meant:
    """What a follow-up means.

    `case` was put beside the earlier question without replacing anything in it; `is_covered` says
    that a rule which does not name the case holds for it all the same (longer, farther). `nearby`
    is to be looked for in the article that answered before anything else is asked. `post` is
    all that was replaced. `others` are other ways to say the same, for when it is not certain what
    the words lean on. `asked` is what was said itself, without its opening; `named` the post, the
    meeting or the paper in it.
    """

    question: str
    case: str = ""
    is_covered: bool = False
    nearby: re.Pattern[str] | None = None
    is_nearby_first: bool = False
    post: str = ""
    others: tuple[str, ...] = ()
    asked: str = ""
    named: str = ""


def merge(previous: str, question: str, words: Words) -> Meant:
    """The whole question that a follow-up means.

    那副县长呢 after 县长外出谁批 asks 副县长外出谁批: the fact of the same kind is replaced, or
    joined where none was named. One that asks for itself is left alone.
    """
    plain, core = _plain(previous), _core(question, words)
    pointed = THAT_ONE.fullmatch(core)
    if pointed and kind_of(pointed["asked"]) is not None:
        same = merge(previous, f"{pointed['named']}呢", words).question
        return merge(same, pointed["asked"], words)
    if WHAT_THEN.search(_plain(question)) and kind_of(core) is None and not leans(question):
        asked = f"{core}怎么办"
        return Meant(asked, others=_of_same_subject(plain, asked, words), asked=asked)
    if DONE.fullmatch(core) and (subject := _subject_of_act(plain)):
        return Meant(f"{subject}由谁{core}", asked=f"由谁{core}", named=core)
    kind = None if _is_case(question, core) else kind_of(core)
    if kind is not None and stands_alone(question, words):
        return _of_its_own(plain, core if leans(question) else question, words)
    absent = ABSENT.fullmatch(core)
    if absent and not (re.search(GOING, plain) and re.search(GOING, core)):
        # Who stands in is what the rules say of it.
        nearby = re.compile(_absence_of(absent["who"]))
        asked = f"{absent['who']}外出期间由谁主持工作"
        return Meant(asked, nearby=nearby, is_nearby_first=True)
    if kind is None or (kind is Kind.QUANTITY and not re.search("几|多少", core)):
        return _with_facts(plain, core, words)
    return _asked_of_the_same(plain, core, words)


def leans(question: str) -> bool:
    """Whether a sentence is worded as one that goes on from the one before."""
    plain = _plain(question)
    begins = re.match(r"(?:@?小规,?)?(?:那(?!个|些|种)|要是|如果|假如|换成|换了|改成|至于)", plain)
    return bool(begins) or plain.rstrip("?。!~").endswith(("呢", "嘞", "咧", "呐"))


def is_fact(text: str) -> bool:
    """Whether a sentence is nothing but a post, a length, a sum or a meeting: 半天."""
    core = _plain(text).strip("?。!~,")
    found = _facts_in(core)
    return bool(found) and all(kind is not DOCUMENTS for kind, _ in found)


def points_back(question: str) -> bool:
    """Whether a question names something by its kind, as 常务会那个最后谁签发 does."""
    pointed = THAT_ONE.match(_plain(question))
    return pointed is not None and kind_of(pointed["asked"]) is not None


def stands_alone(question: str, words: Words) -> bool:
    """Whether a sentence asks, and says itself of what."""
    core = _core(question, words)
    # 可以吧 asks, and is no part of the core.
    if (kind_of(core) or kind_of(question)) is None or is_partial(core, words):
        return False
    return _names_subject(core) or not leans(question)


def names_subject(question: str, words: Words) -> bool:
    """Whether a question names a post, a meeting, a paper, a leave or money of its own."""
    return _names_subject(_core(question, words))


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
    named = (RANK, MEETING, DOCUMENT_NOUN, LEAVE, MONEY, OFFICE)
    return any(re.search(p, subject) for p in named)


def _is_case(question: str, core: str) -> bool:
    """Whether a fragment describes a case, whatever it seems to ask: 几个副县长都管的呢."""
    return core.endswith("的") and _plain(question).rstrip("?。!").endswith("呢")


def _plain(text: str) -> str:
    return "".join(normalise(text).split())


def _core(question: str, words: Words) -> str:
    plain = words.corrected(_plain(question))
    frame = FRAME.match(plain)
    core = WHICH.sub("谁", frame["core"] if frame else plain)
    return USUAL.sub("一般的", core)


def _of_its_own(previous: str, question: str, words: Words) -> Meant:
    """A question that asks for itself; of a leave, whoever was spoken of is meant still."""
    rank = re.search(RANK, previous)
    is_same = re.search(ON_LEAVE, previous) and re.search(ON_LEAVE, question)
    if rank and is_same and not re.search(f"{RANK}|{MEETING}", question):
        return Meant(f"{rank[0]}{question}")
    if _names_subject(question):
        return Meant(question, asked=question)
    return Meant(question, others=_of_same_subject(previous, question, words), asked=question)


def _asked_of_the_same(previous: str, question: str, words: Words) -> Meant:
    """A question that does not say of what, put of whatever the earlier one was about."""
    first, *others = _of_same_subject(previous, question, words)
    return Meant(first, others=tuple(others), asked=question)


def _of_same_subject(previous: str, question: str, words: Words) -> tuple[str, ...]:
    """A question behind the subject of the earlier one, or what that names."""
    subject = HANGING.sub("", subject_of(previous))
    named = "".join(word for word in words.content(subject) if words.is_telling(word)) or subject
    noun = re.search(f"{MEETING}|{DOCUMENT_NOUN}", subject)
    # What grew longer with each turn is no subject any more.
    whole = (named, subject) if len(subject) > LONG_SUBJECT else (subject, named)
    subjects = dict.fromkeys((*whole, noun[0] if noun else subject))
    return tuple(f"{one}{question}" for one in subjects)


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
        post = facts[0][1] if [kind for kind, _ in facts] == [RANKS] else ""
        case = core if adds else ""
        return Meant(question or previous, case, not is_urgent, nearby, post=post, named=core)
    asked = asked_of(previous)
    if words.is_telling(core) and asked and not re.search(f"{RANK}|{LEAVE}", previous):
        return Meant(f"{core}{asked}")  # another matter: 那合同呢 after 规范性文件谁审查
    noun = HEAD.search(previous) if core.endswith("的") else None
    modified = (f"{core}{noun[0]}{asked}",) if noun else ()
    alike = same_head(previous, core, words)
    others = (*modified, f"{core.removesuffix('的')}{asked}") if asked else ()
    others = ((alike,) if alike else ()) + others
    return Meant(_modified(previous, core), case=core, others=others)


def _absence_of(who: str) -> str:
    """A pattern of what the rules say for the absence of a post; of a deputy's by its name."""
    post = who if "副" in who else f"(?<!副){who[-2:]}"
    away = rf"{post}.{{0,6}}(?:{AWAY})"
    if "副" in who:
        return away
    return rf"{away}|(?:{AWAY}).{{0,4}}期间|委托.{{0,16}}(?:主持|召集|签|批|代)"


def _subject_of_act(previous: str) -> str:
    """What somebody did something with in the earlier question; empty if nobody was asked for."""
    if kind_of(WHICH.sub("谁", previous)) is not Kind.WHO and "谁" not in previous:
        return ""
    return HANGING.sub(
        "", re.sub("(?:最后|最终|首先|先)?(?:呈送?|报送|送)?$", "", subject_of(previous))
    )


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
    if kind is RANKS and re.match("[乡镇]里", fact):
        return "乡镇主要负责人"
    if kind is LENGTHS:
        fact = fact.replace("整", "")
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
