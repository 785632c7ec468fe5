"""Questions about time: how soon a document, a reply or a matter is due."""

from __future__ import annotations

import re

from bot.core.supervision import YEAR_PLAN, ItemKind
from knowledge.answer.document_questions import meeting_of
from knowledge.answer.kinds import TIME_ASKED
from knowledge.answer.readers import Facts, Reader, Vocabulary, first_said, says

TIME = rf"{TIME_ASKED}|多快|周几|星期几|最迟|最晚"
LATE = r"[没不]回|怎么算|罚|没按时|没按期|逾期|超期|过期|过了期|追究|处分|到期|到日子"
NOT_LIMIT = rf"{LATE}|意思|纪要|请假|外出|出差|归档|保存|有效|备案|谁|哪个"
ISSUED = r"印发|印出|印好|发出|下发|发下"
DRAFTED = r"送审|终稿|起草|写完|写出|写好|完成|拿出|审核完|会签"
STAGES: Vocabulary = (("印发", ISSUED), ("送审", DRAFTED))
REPLIED = r"回|复|反馈|答"
PUBLIC = r"社会|公众|公开|挂|网|群众|大家|老百姓"
PAPERS: Vocabulary = (  # what each office either regulates or not: silence can be told
    (
        "公开征求意见",
        rf"^(?!.*(?:采纳|结束[之以]?后|完了))(?=.*(?:征求|听取|征集).{{0,6}}意见).*(?:{PUBLIC})",
    ),
    ("会签回复", rf"会签.*(?:{REPLIED}|签)"),
    ("征求意见回复", rf"(?:征求.{{0,4}}意见|发函).*(?:{REPLIED})"),
    (
        "请示办复",
        r"^(?!.*(?:复后|没[答批回办]|原因|落实)).*请示.*(?:办复|答复|回复|批复|批下来|办结|办完|回音|回话)",
    ),
    ("规范性文件审查", r"(?=.*规范性文件).*(?:合法性|法制)审[查核]"),
    ("合法性审查", r"^(?!.*(?:提[前早]|天之?前|审[查核]之?前)).*(?:合法性|法制)审[查核]"),
    (
        "送文",
        r"(?=.*(?:发文|公文|文件|的文|个文|急件|文稿))(?=.*(?:提[前早]|时限)).*[送报交].*(?:府办|政府办|办公室)",
    ),
)
MATTERS: Vocabulary = (
    (
        "领导意见",
        r"^(?!.*议题)(?=.*(?:提报|报上[去来]|上报|(?:部门|镇|街)报)).*领导.{0,8}(?:意见|回话|答复|表态)",
    ),
    (
        "交办回复",
        r"(?:领导|[县区市]长).{0,6}(?:交[代办]|安排|布置).*(?:回[复话音应]|答复|反馈|办[结完好])",
    ),
    ("会定文件印发", r"(?=.*会).*(?:通过|决定|定下|议定).{0,10}文.*发"),
    ("议题材料送领导", r"(?=.*常务会)(?=.*(?:议题|材料)).*送.*领导"),
    ("上会材料送文秘办", r"材料.*(?:文秘办|会场)"),
    ("计划外督查", r"(?=.*督查).*(?:计划外|列入.{0,3}计划|不在.{0,4}计划|没在.{0,4}计划)"),
    ("文件压放", r"文(?:件|书)?.*(?:压(?!缩)|过夜|隔夜|积压)|^文件的?办理"),
    ("工作日报", r"日报.*[报印发]"),
    ("领导活动安排", r"下周.{0,4}(?:领导|市长).{0,4}(?:活动|日程).*[收报排汇]"),
)
NOT_URGENT = r"不是.{0,3}急|不急|非急|普通|一般"
URGENT = r"急件|紧急|特急|加急|急事|很急|限期"
KINDS: Vocabulary = (
    (ItemKind.FAST, r"速办"),
    (ItemKind.LONG, r"长期.{0,3}[推抓]|长期的?工作"),
    (ItemKind.COMPLEX, r"复杂的?(?:事|工作)"),
    (YEAR_PLAN, r"年初.{0,3}[定的]"),
    (ItemKind.ORDINARY, r"一般件"),
    (ItemKind.OTHER, r"一般的?事"),
)
DONE = r"反馈|办[结完好]|有结果|清零|销号|进展|完成|回"


def _staged(plain: str, level: str) -> Facts | None:
    stage, facts = first_said(STAGES, plain, level), meeting_of(plain, level)
    return facts | {"stage": stage} if stage and facts is not None else None


def _paper(plain: str, level: str) -> Facts | None:
    return _due(PAPERS, plain, level)


def _matter(plain: str, level: str) -> Facts | None:
    return _due(MATTERS, plain, level)


def _due(matters: Vocabulary, plain: str, level: str) -> Facts | None:
    matter = first_said(matters, plain, level)
    if matter is None:
        return None
    facts: Facts = {"matter": matter}
    if re.search(NOT_URGENT, plain):
        return facts | {"urgency": "一般"}
    return facts | {"urgency": "紧急"} if re.search(URGENT, plain) else facts


def _supervised(plain: str, level: str) -> Facts | None:
    kinds = [kind for kind, said in KINDS if says(plain, said, level)]
    return {"kind": kinds[0]} if len(kinds) == 1 else None


READERS = (
    Reader(
        "minutes_deadline",
        says=("纪要", TIME),
        leaves=f"{LATE}|谁|归档|保存",
        facts=_staged,
        enough=frozenset({"meeting"}),
        presumes_meeting=False,
        nearest=("minutes_signing",),
        bare=rf"会后|要在|之?内|必须|{ISSUED}|{DRAFTED}",
        tells_gaps=True,
    ),
    Reader(
        "document_deadline",
        says=(TIME,),
        leaves=f"{NOT_LIMIT}|议题",
        facts=_paper,
        enough=frozenset({"matter"}),
        tells_gaps=True,
        is_complete=True,
        unmeasured="rules.untimed",
    ),
    Reader(
        "document_deadline",
        says=(rf"{TIME}|压(?!缩)|过夜",),
        leaves=NOT_LIMIT,
        facts=_matter,
        unmeasured="rules.untimed",
    ),
    Reader(
        "supervision_deadline",
        says=(TIME, DONE),
        leaves=rf"{LATE}|上级|[省市]里|省长|[省市]领导",  # whose items are not the office's own
        facts=_supervised,
    ),
)
