"""Which document a question names, and who signs, reviews or drafts it."""

from __future__ import annotations

import re

from bot.core.meetings import meetings_in
from knowledge.answer.amounts import amount_in
from knowledge.answer.readers import WEIGHTY, WHO, Facts, Reader, Vocabulary, first_said

SIGN = r"签发|审签|批印|签署|签字|签批|谁签|签(?=$|[?吗呢的啊呀嘛吧])|哪.{0,4}签|谁来签|签名"
NOT_SIGN = (
    r"印章|公章|盖章|用印|大印|会签(?![完后过])|协议|合同|起草|印发|几天|多久|圈阅|批示|收文|来文|上级(?:来|印发|发|下发)|下级|报上来"
    r"|呈签|假条|发票|单子|报销|报账"
)
FIRST_SIGN = r"审签"
REVIEW = r"审核|初审|审查|把关|审定|(?:谁|哪.{0,3})来?审(?![签批议计])|审(?=$|[?吗呢的])"
NOT_REVIEW = (
    r"(?:签发|审签)(?!之?前)|起草|议题|方案|预算|票|单据|报销|报账|合同|协议|网站|信息(?!公开)|备案|公平竞争|评估"
    r"|风险|资金|几天|多久|开支|元|块|到期|有效期|完备|(?:谁|哪.{0,4})(?:来)?(?:批准|同意|点头)|(?:部门|局里?)(?:自己)?(?:制定|印|发|出|的规范)"
)
DRAFT = r"(?:谁|哪.{0,3})来?编|起草|撰拟|草拟|拟稿|(?<!没)写(?!明)|编辑|整理"
NOT_DRAFT = r"文号|编号|字号|签|审|报告|方案|总结|讲话|解读|几天|多久|几次|写几|写多少|工作报"
FIRST_STEPS = r"审核|初审|先.{0,4}[审过看]|把关|送审|校核|审阅"
DOCUMENTS: Vocabulary = (  # in this order: the first that a question says
    ("规范性文件解读", r"解读"),
    ("会议新闻稿", r"新闻稿|(?:登报|见报|发报纸|上报纸)的?稿"),
    ("会议通知", r"全体会议?的?(?:会议)?通知"),
    ("代拟稿", r"代拟|(?:代|替)[县区市]?政府起草"),
    ("办公室发文", r"办公室[与和跟][县区市]委办(?:公室)?联合"),
    ("党政联合行文", r"党政联合|(?:县委|区委|市委)和?[县区市]政府联合"),
    ("党组报县委", r"党组.{0,4}[报给向].{0,2}[县区市]委"),
    ("政协通报", r"[向给]?[县区市]?政协.{0,4}(?:通报|情况)"),
    ("县长交代", r"{level}长.{0,4}(?:专门)?交[代待]的(?:文|公文|文件)"),
    ("规范性文件备案", r"规范性文件.{0,4}备案|备案.{0,6}规范性文件"),
    ("督查通报", r"督查通报"),
    ("值班要情", r"值班要情"),
    ("县政府公报", r"政府公报|县公报"),
    ("工作通报", r"工作通报"),
    ("主要负责人外出审批", r"外出.{0,4}审批|外出(?:审批)?单"),
    ("主要负责人出国审批", r"出国.{0,4}审批"),
    ("人事任免", r"任免|任命|免职|(?:干部|提拔)的?(?:任用|公文|文件|文)"),
    ("人大议案", r"议案"),
    ("规范性文件", r"规范性文件"),
    ("命令决定", r"政府(?:发布)?的?(?:命令|决定)|(?:命令|(?<!处分)(?<!奖励)(?<!表彰)决定)由?谁"),
    ("会议决定或例行事项", r"例行|会议?(?:上|已经)?(?:决定|定了?|议定)的?(?:事|文)"),
    (
        "部门请示",
        r"报送{level}政府审批的公文|[报打送呈](?:送|给|到)?{level}政府的?(?:请示|公文|文件)"
        r"|[往向给]{level}(?:政府|里)[报打送呈].{0,3}(?:请示|文)|(?:部门|局里?|乡镇|镇里?|街道)往上报的(?:文|公文|请示)|(?:部门|局里?|乡镇|镇里?|镇?街道?|[县区]政府).{0,4}[报送给](?:送|到)?{level}政府.{0,6}"
        r"(?:请示|文|公文|文件)",
    ),
    (
        "报上级部门",
        r"[报给送往向跟与发找](?:送|到)?{up}"
        r"(?:上?政府(?:的|各|有关)*部门|上?的?厅局?|上?里?的?(?:[一某哪][个家])?[局委厅]|直|里的?部门)",
    ),
    ("重大方针政策", r"重大(?:的)?(?:方针|政策)"),
    ("上报上级办公厅", r"[报给送往向](?:送|到)?{up}(?:政府|府)办"),
    (
        "上报上级政府",
        r"[报给送往向](?:送|到)?(?:上级|[^,，部门局]{0,3}{up}(?:人民)?)政府|报(?:送|到)?{up}里",
    ),
    ("办公室发文", r"(?:政府办(?:公室)?|府办|办公室)的?(?:名义|发|制发|下发|公文|文(?!秘))"),
    (
        "政府发文",
        r"(?<![报给送往向到呈县区市省州乡镇委和与、])(?<![报给送往向到呈]{level})(?:{level}|人民)*政府的?"
        r"(?:名义|发文|下?发的|公文|文(?!秘))",
    ),
)
OF_A_UNIT = (  # what a bureau issues itself, of which no signer is written
    r"(?<![个家些])(?:局里?|部门|[乡镇]里?|街道|单位)(?:自己|单独)?(?:的|[发出印]的?|制定的?)(?:行政)?规范性文件"
)
OF_GOVERNMENT = ("几位分管", "涉及面广")  # such matters are the government's own documents
GOVERNMENT = re.compile(
    r"([县区市省州])(?:人民)?政府"
)  # of another level: its documents are not ours
MATTERS: Vocabulary = (
    (
        "几位分管",
        r"(?:[几两三多数]|好几)[个位名].{0,2}(?:副[县区市]长|领导).{0,6}管|交叉|都分?管",
    ),
    ("几个部门", r"(?:[几两三多数]|好几)[个家].{0,4}(?:部门|局|单位)"),
    ("涉及面广", r"涉及面广|面比较广"),
    ("重要", rf"{WEIGHTY}(?:重要|重大)"),
    ("业务", r"业务"),
    ("商洽", r"商[洽恰]"),
    ("党政会签", r"[县区市]委办(?:公室)?.{0,3}联合"),
    ("日常", r"日常|回复"),
    ("一般", r"一般|普通|平常|一位副"),
)


def meeting_of(plain: str, level: str) -> Facts | None:
    """The meeting that a question names; None if there are several."""
    meetings = meetings_in(plain)
    if len(meetings) > 1 or meetings == ["其他会议"]:
        return None
    return {"meeting": meetings[0]} if meetings else {}


def _documents(plain: str, level: str) -> Facts | None:
    if amount_in(plain) is not None or re.search(OF_A_UNIT, plain):
        return None
    said = {"document": DOCUMENTS, "matter": MATTERS}
    found = {fact: first_said(words, plain, level) for fact, words in said.items()}
    if found["document"] is None and any(a != level for a in GOVERNMENT.findall(plain)):
        return None
    if found["matter"] in OF_GOVERNMENT and found["document"] is None:
        found["document"] = "政府发文"
    return {fact: value for fact, value in found.items() if value}


def _countersigned(plain: str, level: str) -> Facts | None:
    """The kind of paper; where none is named, any office paper is meant."""
    paper = first_said(COUNTERSIGNED, plain, level)
    return {"paper": paper} if paper else {}


def _one_document(plain: str, level: str) -> Facts | None:
    """The document, if one is named: most reviews and drafts are of what no table knows."""
    facts = _documents(plain, level)
    return facts if facts and "document" in facts else None


COUNTERSIGNED: Vocabulary = (
    ("规范性文件", r"规范性文件"),
    ("议题", r"议题|上会|常务会"),
    ("请示", r"请示|部门|局|单位|职权|分歧|报送|往上报|报{level}"),
    ("公文", r"副[县区市]长|分管|领导|政府|名义|发文|下发"),
)
MEETING = frozenset({"meeting"})
READERS = (
    Reader(
        "countersigning",
        says=("会签", f"{WHO}|哪些"),
        leaves="纪要|几天|多久|时限|回复|答复|会签[完后过]|先会签|不一致|协调|协商|牵头|意见",
        facts=_countersigned,
        bare="会签|文件|公文|材料|哪些人|哪几个|参加|一起|签字|[找跟要签]",
        enough=frozenset({"paper"}),
        is_complete=True,
    ),
    Reader(
        "minutes_first_signing",
        says=("纪要", WHO, FIRST_SIGN),
        leaves=f"{NOT_SIGN}|{FIRST_STEPS}",
        facts=meeting_of,
        enough=MEETING,
        option="minutes_signing",
    ),
    Reader(
        "minutes_signing",
        says=("纪要", WHO, SIGN),
        leaves=f"{NOT_SIGN}|{FIRST_STEPS}",
        facts=meeting_of,
        enough=MEETING,
        tells_gaps=True,
        is_complete=True,
    ),
    Reader(
        "minutes_review",
        says=("纪要", WHO, REVIEW),
        leaves=NOT_REVIEW,
        facts=meeting_of,
        enough=MEETING,
        tells_gaps=True,
        nearest=("minutes_signing",),
    ),
    Reader(
        "minutes_drafting",
        says=("纪要", WHO, DRAFT),
        leaves=NOT_DRAFT,
        facts=meeting_of,
        enough=MEETING,
    ),
    Reader(
        "document_first_signing",
        option="document_signing",
        says=(WHO, FIRST_SIGN),
        leaves=f"纪要|{NOT_SIGN}|{FIRST_STEPS}",
        facts=_one_document,
    ),
    Reader(
        "document_signing",
        says=(WHO, SIGN),
        leaves=f"纪要|{NOT_SIGN}|{FIRST_STEPS}",
        facts=_documents,
        tells_gaps=True,
        neighbour="会议纪要",
    ),
    Reader(
        "document_review",
        says=(WHO, REVIEW),
        leaves=f"纪要|{NOT_REVIEW}",
        facts=_one_document,
    ),
    Reader(
        "document_drafting",
        says=(WHO, DRAFT),
        leaves=f"纪要|{NOT_DRAFT}",
        facts=_one_document,
    ),
)
