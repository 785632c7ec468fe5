"""Questions about the topics of meetings and their papers: who proposes and settles them, how."""

from __future__ import annotations

import re
from functools import partial

from knowledge.answer.meeting_questions import MEETINGS, NAMES, REGULATED, SPOKEN, meeting_in
from knowledge.answer.readers import FactReader, Facts, Reader, Vocabulary, first_said

TOPIC = r"议题|上会的?(?:题目|事项|事)|会上?(?:要?(?:讨论|研究|议))?的?(?:哪些)?题目|(?<!主)题目"
TO_MEETING = rf"{TOPIC}|上会|上(?:{NAMES})|(?:提交|提请|报)(?:{NAMES})+"
WHOSE = r"(?:谁|哪(?:个|位|级|些)?(?:领导|人|单位|部门)?|什么人)(?:来|能|可以|有权)*"
DECIDES = (
    rf"(?:听|由|归|报|是)*{WHOSE}(?:最后|最终|拍板)*(?:确定|审定|决定|定|拍板|说了算|把关|敲定)"
    rf"|听{WHOSE}的"
)
PROPOSES = rf"{WHOSE}(?:提出?|申报|报送?)(?!批|请)"
AGREES = rf"(?:报|找|经|由|让|要)*{WHOSE}(?:同意|点头|批准?|审核|审)"
HOW = (
    r"(?:怎么|如何|咋|怎样)(?:才能|样)?(?:个)?(?:上报|报送|报|提交|提|申报|申请|弄|走|办|上)?"
    r"|(?:程序|流程|步骤|手续)(?:是|有|都)?(?:什么|啥|哪些|怎样|怎么走)?|走(?:什么|啥|哪些)(?:程序|流程)"
)
MOST = (
    r"(?:最多|一次|一般|每次|每月|每个月|一个月|当月|能|可以|上|塞|报|安排|有|不超过)*"
    r"(?:几|多少)个?"
)
NOT_TAKEN = (
    r"(?:哪些?|什么|啥)(?:样)?(?:的?(?:情况|情形|议题|事项|事|题目))*(?:下|的)?(?:一律|原则上|会|要)*(?:被)?"
    r"(?:不能|不得|不予|不可以|不许|不准|不让|不会|退回|打回|不)(?:提交|提请|安排|被|上|拿|退|研究|讨论)*"
    r"|(?:负面|十条)清单|上不了会|退回.{0,3}(?:情形|情况)"
)
LATE = r"临时(?:动议|增加|加|提出?|报|追加|想加|塞)*(?:的|个|一个)?"
SUBORDINATE = (
    r"(?:局|部门|单位|我们)(?:下[面属]|底下)的?(?:一个)?.{0,4}(?:中心|站|所)"
    r"|二级单位|下属(?:单位|机构)?|所属(?:单位|机构)|底下的?(?:二级)?(?:单位|机构)|事业单位"
)
DISPUTED = r"异议|分歧|谈不拢|意见不(?:一致|统一)|协商不(?:一致|成|下来)|达不成一致"
WHAT_THEN = r"怎么[办弄处]|咋办|谁.{0,2}协调|报谁|找谁|如何"
PREPARED = (
    r"(?:上会|提交|报送|提请|报)(?:会议)?(?:之)?前(?:要|得|应|须|需要?|必须|应当)?(?:先)?(?:做|完成|履行|走|经过|干|准备)?"
    r"(?:好)?(?:哪些|什么|啥)"
)
PAPERS = r"材料|会议文件|汇报稿|资料"
AHEAD = (
    r"提[前早](?:多久|多长时间|几(?:个工作日|天|日)|多少天|好久|什么时候)|早几天"
    r"|(?:几天|多久|多长时间|多少天)之?前|什么时候(?:之前)?(?:报|送|交)"
)
DRAFTS = rf"{WHOSE}(?:牵头)?(?:起草|写|准备|撰写|弄)"
CHECKS = rf"{WHOSE}(?:负责)?(?:审签|批印|审核|把关|签批|签字|签|审)"
OTHER = (
    r"纪要|主持|列席|请[假价架]|公文|印章|盖章|新闻|通知|督办|规范性|合法|法制|司法|听证|公开|草案|预算|资金|项目"
    r"|几分钟|发言|汇报多|下次|上次|这次|本次|今天|明天"
)
SAID = (
    rf"{NAMES}|{SPOKEN}|会议?|讨论|研究|题目|议题|上会|每次|提请|提交|审议|的事|部门|单位|局"
    r"|想|拿|到|有|个|报|送|给|把|交"
)
MEETING_TABLES = ("topic_decider", "topic_route", *REGULATED)


def _about(plain: str, level: str) -> Facts | None:
    meeting = meeting_in(plain)
    if meeting:
        return {"meeting": meeting}
    return None if any(re.search(said, plain) for _, said in MEETINGS) else {}


def _with(fact: str, said: Vocabulary, plain: str, level: str) -> Facts | None:
    facts, value = _about(plain, level), first_said(said, plain, level)
    return facts if facts is None or value is None else facts | {fact: value}


def _consulted(plain: str, level: str) -> Facts | None:
    whom = first_said(CONSULTED, plain, level)
    return {"whom": whom} if whom else None


def _of_topics(
    table: str,
    *says: str,
    facts: FactReader = _about,
    leaves: str = "",
    bare: str = "",
    unmeasured: str | None = None,
    nearest: tuple[str, ...] = (),
) -> Reader:
    return Reader(
        table,
        says=says,
        leaves="|".join(filter(None, (OTHER, leaves))),
        facts=facts,
        bare="|".join(filter(None, (SAID, bare))),
        unmeasured=unmeasured,
        is_strict=True,
        nearest=nearest,
    )


# 上会 alone is said of meetings as such, above all of the 常务会议.
STAGES: Vocabulary = (("上会", r"上会|常[务物]会"),)
CONSULTED: Vocabulary = (
    ("乡镇", r"[乡镇]|街道|县区|县市区|区县"),
    ("部门", r"部门|[局委](?!长)|单位"),
)
PROPOSERS: Vocabulary = (("下属单位", SUBORDINATE), ("一般", r""))
RECEIVERS: Vocabulary = (
    ("县领导", r"(?:[县区市])?(?:政府)?领导"),
    ("办公室", r"文秘|办公室|府办|政府办"),
)
PROPOSER = _of_topics(
    "topic_proposer",
    TOPIC,
    PROPOSES,
    facts=partial(_with, "proposer", PROPOSERS),
    leaves=f"{DECIDES}|材料|{SUBORDINATE}",
)
SUBORDINATES = Reader(
    "topic_proposer",
    says=(SUBORDINATE, rf"{TO_MEETING}|{TOPIC}", r"报|提"),
    leaves=OTHER,
    facts=partial(_with, "proposer", PROPOSERS),
)
CONSULT = Reader(
    "topic_consultation",
    says=(
        r"决策|提请|定的|决定|上会|重大事项|议题",
        r"(?:涉及|牵扯|牵涉|影响|关系|动)到?.{0,8}(?:[乡镇]|街道|县区|县市区|部门)",
        r"(?:听|征求|问|商量|意见|通气|沟通).{0,12}",
        r"要不要|先|提前|之前|事先|还是|吗",
    ),
    leaves=r"公文|会签|发文|公平竞争|谁",
    facts=_consulted,
)
SETTLED = rf"(?:最后|最终|到底|末了).{{0,3}}{WHOSE}(?:拍板|决定|确定|定)"
MONEYED = Reader(
    "topic_money_review",
    says=(TO_MEETING, r"钱|资金|经费", WHOSE, r"审|过目|同意|点头"),
    leaves=r"纪要|主持|列席|请[假价架]|专项资金|预算|几天|多久|材料",
    facts=_about,
)
READERS = (
    SUBORDINATES,
    CONSULT,
    MONEYED,
    _of_topics(
        "topic_dispute_end",
        TO_MEETING,
        DISPUTED,
        SETTLED,
        leaves=PAPERS,
        bare=r"还是|还|经|协调[来去]*|协商|部门之间|之间|跟|仍|最后|最终|到底|上",
    ),
    _of_topics(
        "topic_dispute",
        TO_MEETING,
        DISPUTED,
        WHAT_THEN,
        leaves=PAPERS,
        bare=r"还|经|协调|协商|部门之间|之间|跟|仍",
    ),
    _of_topics(
        "topic_late",
        TO_MEETING,
        LATE,
        leaves="谁|召开|主持",
        bare=r"能不能|可以|可不可以|行不行|受理|行|能|吗|收|加|再|还|开?之前|会前|才",
    ),
    _of_topics(
        "topic_refused",
        rf"{TO_MEETING}|清单",
        NOT_TAKEN,
        leaves=f"{PAPERS}|谁",
        bare=r"会议研究|会|研究|讨论|上|是|有|一律|十条|负面清单|政府",
    ),
    _of_topics(
        "topic_preparation", PREPARED, TO_MEETING, leaves=f"谁|{AHEAD}", bare=r"程序|工作|准备|事项"
    ),
    _of_topics(
        "topic_count",
        TOPIC,
        MOST + rf"(?:{TOPIC})|(?:{TOPIC}){MOST}",
        leaves="谁",
        bare=r"数量|一个月|一次|最多",
        nearest=MEETING_TABLES,
    ),
    _of_topics(
        "topic_decider",
        TOPIC,
        DECIDES,
        facts=partial(_with, "stage", STAGES),
        leaves=f"{PAPERS}|提出|提议",
        bare=r"最后|最终|上会",
        nearest=MEETING_TABLES,
    ),
    PROPOSER,
    _of_topics("topic_approver", TOPIC, AGREES, leaves=f"{PAPERS}|最后|最终|每次"),
    _of_topics(
        "topic_route",
        TO_MEETING,
        HOW,
        leaves=f"谁|{AHEAD}|材料|{LATE}|{DISPUTED}",
        bare=r"才能|上|想|个|一个|件|事情|要",
    ),
)
SENT_UP = r"上级|[报送给往](?:给|到)?[省市州](?:里|政府)"  # papers of no meeting of ours
PAPER_READERS = (  # before those of documents: 会议材料 are none
    _of_topics(
        "material_notice",
        PAPERS,
        AHEAD,
        facts=partial(_with, "receiver", RECEIVERS),
        leaves="谁|召开|怎么",
        bare=rf"{PAPERS}|送达|送到|送|手上|手里|会前|得|最迟|汇报|领导|文秘办?",
        unmeasured="rules.beforehand",
        nearest=MEETING_TABLES,
    ),
    _of_topics("material_drafter", PAPERS, DRAFTS, leaves=f"提前|{SENT_UP}", bare=f"{PAPERS}|汇报"),
    _of_topics(
        "material_review", PAPERS, CHECKS, leaves=f"提前|起草|{SENT_UP}", bare=f"{PAPERS}|汇报"
    ),
)
