"""Questions about documents and minutes: who signs them."""

from __future__ import annotations

from knowledge.answer.amounts import amount_in
from knowledge.answer.facts import meetings_in
from knowledge.answer.readers import WHO, Facts, Reader, Vocabulary, first_said

SIGN = r"签发|审签|签署|签字|签批|谁签|签(?=$|[?吗呢的])|哪.{0,4}签|谁来签|签名"
NOT_SIGN = (
    r"印章|公章|盖章|用印|大印|会签|协议|合同|起草|印发|几天|多久|圈阅|批示|收文"
    r"|呈签|假条|发票|单子|报销|报账"
)
FIRST_STEPS = r"审核|初审|先.{0,4}[审过看]|把关|送审|校核|审阅"
DOCUMENTS: Vocabulary = (  # in this order: the first that a question says
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
MATTERS: Vocabulary = (
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


def _meeting(plain: str, level: str) -> Facts | None:
    meetings = meetings_in(plain)
    if len(meetings) > 1:
        return None
    return {"meeting": meetings[0]} if meetings else {}


def _document(plain: str, level: str) -> Facts | None:
    if amount_in(plain) is not None:
        return None
    said = {"document": DOCUMENTS, "matter": MATTERS}
    found = {fact: first_said(words, plain, level) for fact, words in said.items()}
    return {fact: value for fact, value in found.items() if value}


MINUTES = Reader(
    "minutes_signing",
    says=("纪要", WHO, SIGN),
    leaves=f"{NOT_SIGN}|{FIRST_STEPS}",
    facts=_meeting,
    enough=frozenset({"meeting"}),
)
DOCUMENT = Reader(
    "document_signing",
    says=(WHO, SIGN),
    leaves=f"纪要|{NOT_SIGN}|{FIRST_STEPS}",
    facts=_document,
)
READERS = (MINUTES, DOCUMENT)
