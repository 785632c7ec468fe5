"""Which decision table a question is for, and the facts it states; None when in doubt."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.core.people import Rank
from bot.core.procedures import Fact
from bot.core.rules import Edition
from knowledge.answer.amounts import amount_in
from knowledge.answer.facts import DAYS, days_in, meetings_in, names_other_post, ranks_in
from knowledge.search.words import normalise

WHO = re.compile(r"谁|哪(?:个|位|一位|些|级|几位)|[找跟向给归到]哪|(?:什么|啥)(?:人|领导)")
LEAVE = re.compile(
    r"请.{0,6}[假架价]|告假|[休年病事婚产]假|休.{1,4}天|外出|出差|出访|出[县区市](?![长直])"
    r"|出国|出趟?门|出去"
    r"|离开|离[县区市云咸]|去.{1,6}(?:出差|学习|培训|开会)"
)
APPROVAL = re.compile(
    r"批|准(?!备)|同意|点头|拍板|说了算|请假|请[价架]|告假|请示"
    r"|[跟向找给和](?:谁|哪).{0,6}(?:请|说|讲|报|申请|打招呼|$)|谁.{0,3}(?:签字|签)"
)
NOT_LEAVE = re.compile(  # other things that are said of people who go out
    r"主持|代为|代行|替|顶|补位|销假|回来|返回|报销|补助|费|方案|带队|陪|用车|派车|车|采访|总结"
    r"|护照|证件|证明|材料|旷工|处分|联系|登记|备案|通报|报备|迟到|值班|调研|考察"
    r"|怎么办|出国|假条|会议|参会"
)
REVERSED = re.compile(  # who goes out, not who approves it
    r"(?<![跟向找给和与由])(?:谁|哪些人?|什么人|哪几[个位])(?:要|能|可以|需要)?.{0,2}"
    r"(?:请假|外出|出差|休假)"
)
ABSENT = re.compile(
    r"请.{0,4}[假价架]|缺席|去不[了成]|来不了|[参出]不了|到不了|开不了|走不开"
    r"|(?:不能|无法|没法|没空|没时间).{0,3}(?:参加|出席|到会|开会|去)"
)
GONE = re.compile(r"外出|出差|出访|出国|休假|出门|不在|请假|走了|离开")
STANDS_IN = re.compile(r"主持|代(?!表)|顶|补位|替|牵头|管")
AHEAD = re.compile(
    r"提[前早].{0,4}(?:多久|多长时?间?|(?:几|多少)个?(?:工作)?[天日]?|好久|什么时候)|早几天|(?:几|多少)天之?前"
)
PAPERS = re.compile(r"什么|啥|哪些|手续|证明|材料")
SIGN = re.compile(r"签发|审签|签署|签字|签批|谁签|签(?=$|[?吗呢的])|哪.{0,4}签|谁来签|签名")
NOT_SIGN = re.compile(
    r"印章|公章|盖章|用印|大印|会签|协议|合同|起草|印发|几天|多久|圈阅|批示|收文"
    r"|呈签|假条|发票|单子|报销|报账"
)
FIRST_STEPS = re.compile(r"审核|初审|先.{0,4}[审过看]|把关|送审|校核|审阅")
SPENDING = re.compile(
    r"开支|支出|花|买|采购|报账|报销|报(?=\d|[一二两三四五六七八九十])|钱|费用|块|元|用款|付款"
)
NOT_SPENDING = re.compile(
    r"发票|票据|专项|接待|用餐|招标|政府采购|固定资产|预算(?!上)|补助|工资|差旅|谁用|谁花"
)
SPENT_APPROVAL = re.compile(r"批|同意|审核|审批|签|点头|拍板|说了算|审|研究")
SETTLED = re.compile(r"报账|报销")
FILLERS = (
    r"[县区市]?(?:政府|府)(?:办公室|办)?|办公室|名义|制发|下发|发|以|用|出|请问|最后|最终|到底"
    r"|应该|应当|需要|一下|一份|一个|这个|那个|这份|那份|这种|会议|纪要|公文|文件|单位|领导|材料"
    r"|东西|事假|事情|怎么|提前|笔|单|我们?|想|要|得|须|需|由|来|是|该|了|的|能|文|字"
    r"|个|这|有|在|县|区"
)
SAID = {  # what a question may say beside its facts without naming another subject
    "leave": re.compile(
        "|".join([*(p.pattern for p in (WHO, LEAVE, APPROVAL, AHEAD, DAYS)), FILLERS, "报告?"])
    ),
    "signing": re.compile("|".join([*(p.pattern for p in (WHO, SIGN)), FILLERS])),
    "spending": re.compile(
        "|".join([*(p.pattern for p in (WHO, SPENDING, SPENT_APPROVAL)), FILLERS])
    ),
}
HAN = re.compile(r"[\u4e00-\u9fff]")
LONGEST = 60  # characters: a longer text tells a story, of which the patterns read scraps
LEFT_OVER = 2  # characters that say nothing of their own
LEVEL = re.compile(r"([县区市])人民政府")
ABOVE = {"县": "[市州]", "区": "市", "市": "省"}  # the government that an office reports to
Facts = dict[str, Fact]


@dataclass(frozen=True)
class TableQuestion:
    """What is asked of a table; `plain` is the question in one spelling."""

    table: str
    facts: Facts
    plain: str

    @property
    def is_bare(self) -> bool:
        """Whether nothing is named but what the table decides and facts that it knows."""
        if {"rank", "meeting", "amount"} & set(self.facts):
            return True
        said = next(said for name, said in SAID.items() if name in self.table)
        left = HAN.findall(said.sub("", self.plain))
        return len(left) <= (LEFT_OVER if self.facts else 0)


DOCUMENTS: tuple[tuple[str, str], ...] = (  # in this order: the first that a question says
    ("规范性文件备案", r"规范性文件.{0,4}备案|备案.{0,6}规范性文件"),
    ("督查通报", r"督查通报"),
    ("值班要情", r"值班要情"),
    ("县政府公报", r"政府公报|县公报"),
    ("工作通报", r"工作通报"),
    ("主要负责人外出审批", r"外出.{0,4}审批|外出(?:审批)?单"),
    ("主要负责人出国审批", r"出国.{0,4}审批"),
    ("人事任免", r"任免"),
    ("人大议案", r"议案"),
    ("规范性文件", r"规范性文件"),
    ("命令决定", r"政府(?:发布)?的?(?:命令|决定)|(?:命令|决定)由?谁"),
    ("会议决定或例行事项", r"例行|会议?(?:上|已经)?(?:决定|定了?|议定)的?(?:事|文)"),
    ("部门请示", r"(?:部门|局里?|[县区]政府).{0,4}[报送给](?:送|到)?{level}政府.{0,6}(?:请示|文)"),
    (
        "报上级部门",
        r"[报给送往向跟与发](?:送|到)?{up}"
        r"(?:上?政府(?:的|各|有关)*部门|上?的?厅局?|上?里?的?[局委厅]|直|里的?部门)",
    ),
    ("上报上级政府", r"[报给送往向](?:送|到)?(?:上级|{up}(?:人民)?)政府|报(?:送|到)?{up}里"),
    ("办公室发文", r"(?:政府办(?:公室)?|府办|办公室)的?(?:名义|发|制发|下发|公文|文(?!秘))"),
    (
        "政府发文",
        r"(?<![报给送往向到呈])(?<![报给送往向到呈]{level})(?:{level}|人民)*政府的?"
        r"(?:名义|发文|下?发的|公文|文(?!秘))",
    ),
)
MATTERS: tuple[tuple[str, str], ...] = (
    (
        "几位分管",
        r"(?:[几两三多数]|好几)[个位名].{0,2}(?:副[县区市]长|领导).{0,6}管|交叉|都分?管",
    ),
    ("涉及面广", r"涉及面广|面比较广"),
    ("重要", r"重要|重大"),
    ("业务", r"业务"),
    ("日常", r"日常|回复|商洽"),
    ("一般", r"一般|普通|平常|一位副"),
)


def read_question(question: str, edition: Edition) -> TableQuestion | None:
    """The table that a question to an office is clearly for, with its facts."""
    plain, level = "".join(normalise(question).split()), LEVEL.search(edition.title)
    if level is None or len(plain) > LONGEST:
        return None
    return next((found for reader in READERS if (found := reader(plain, level[1]))), None)


def _spending(plain: str, level: str) -> TableQuestion | None:
    if not (WHO.search(plain) and SPENDING.search(plain) and SPENT_APPROVAL.search(plain)):
        return None
    amount = amount_in(plain)
    if NOT_SPENDING.search(plain) or (amount is None and not re.search("开支|花|买", plain)):
        return None
    facts: Facts = {"act": "报账" if SETTLED.search(plain) else "开支"}
    if amount is not None:
        facts["amount"] = amount
    return TableQuestion("spending_approval", facts, plain)


def _minutes(plain: str, level: str) -> TableQuestion | None:
    if "纪要" not in plain or not _is_signing(plain):
        return None
    meetings = meetings_in(plain)
    if len(meetings) > 1:
        return None
    facts: Facts = {"meeting": meetings[0]} if meetings else {}
    return TableQuestion("minutes_signing", facts, plain)


def _document(plain: str, level: str) -> TableQuestion | None:
    if "纪要" in plain or not _is_signing(plain) or amount_in(plain) is not None:
        return None
    document = next((kind for kind, said in DOCUMENTS if _says(plain, said, level)), None)
    matter = next((kind for kind, said in MATTERS if re.search(said, plain)), None)
    facts: Facts = {"document": document} if document else {}
    return TableQuestion("document_signing", facts | ({"matter": matter} if matter else {}), plain)


def _says(plain: str, said: str, level: str) -> bool:
    return bool(re.search(said.replace("{level}", level).replace("{up}", ABOVE[level]), plain))


def _is_signing(plain: str) -> bool:
    is_other = NOT_SIGN.search(plain) or FIRST_STEPS.search(plain)
    return bool(WHO.search(plain) and SIGN.search(plain) and not is_other)


def _stand_in(plain: str, level: str) -> TableQuestion | None:
    is_asked = WHO.search(plain) and GONE.search(plain) and STANDS_IN.search(plain)
    ranks = ranks_in(plain, level)
    if not is_asked or len(ranks) != 1 or names_other_post(plain) or "会" in plain:
        return None
    return TableQuestion("leave_stand_in", _leave_facts(plain, ranks), plain)


def _notice(plain: str, level: str) -> TableQuestion | None:
    ranks = ranks_in(plain, level)
    is_asked = AHEAD.search(plain) and LEAVE.search(plain)
    if not is_asked or len(ranks) > 1 or names_other_post(plain) or meetings_in(plain):
        return None
    return TableQuestion("leave_notice", _leave_facts(plain, ranks), plain)


def _material(plain: str, level: str) -> TableQuestion | None:
    if not PAPERS.search(plain) or WHO.search(plain):
        return None
    if re.search(r"病假", plain):
        return TableQuestion("leave_material", {"kind": "病假"}, plain)
    return None


def _meeting_absence(plain: str, level: str) -> TableQuestion | None:
    meetings = meetings_in(plain)
    is_asked = ABSENT.search(plain) and (WHO.search(plain) or re.search("[怎咋]么?请", plain))
    if len(meetings) != 1 or not is_asked or re.search("主持|委托|代[替开]|议题|纪要", plain):
        return None
    ranks = [Rank.BUREAU_HEAD] if "列席" in plain else ranks_in(plain, level)
    if not ranks and re.search(r"(?<![个位些])领导", plain):
        ranks = [Rank.DEPUTY]
    if len(ranks) > 1 or names_other_post(plain):
        return None
    facts: Facts = {"kind": "meeting", "meeting": meetings[0]}
    return TableQuestion("leave_approval", facts | ({"rank": ranks[0]} if ranks else {}), plain)


def _leave(plain: str, level: str) -> TableQuestion | None:
    ranks = ranks_in(plain, level)
    is_asked = WHO.search(plain) and LEAVE.search(plain) and APPROVAL.search(plain)
    if not is_asked or len(ranks) > 1 or names_other_post(plain) or meetings_in(plain):
        return None
    if NOT_LEAVE.search(plain) or REVERSED.search(plain):
        return None
    return TableQuestion("leave_approval", _leave_facts(plain, ranks) | {"kind": "leave"}, plain)


def _leave_facts(plain: str, ranks: list[Rank]) -> Facts:
    days, inside = (
        days_in(plain),
        re.search(r"[县区市云咸](?:内|里面)|不出[县区市]|没出[县区市]", plain),
    )
    facts: Facts = {"out_of_area": not inside}
    if ranks:
        facts["rank"] = ranks[0]
    if "常委" in plain:
        facts["deputy_in_committee"] = True
    return facts if days is None else facts | {"days": days}


READERS: tuple[Callable[[str, str], TableQuestion | None], ...] = (
    _meeting_absence,
    _minutes,
    _document,
    _stand_in,
    _notice,
    _material,
    _leave,
    _spending,
)
