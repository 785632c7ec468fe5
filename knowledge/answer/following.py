"""Questions that lean on the one before."""

from __future__ import annotations

import re

from knowledge.answer.kinds import Kind, kind_of
from knowledge.search.words import Words

SOURCE = re.compile(r"第几条|哪[一个]?条|依据|出处|原文|哪(?:里|儿)(?:写|说|规定)")
FRAME = re.compile(
    r"^(?:那么?|要是|如果|假如|换成|换了|若是?|再问一?下?)*(?:是)?(.+?)(?:呢|怎么说|的话)*[?？。!！]*$"
)
COUNT = r"[\d.一二两三四五六七八九十百千万]+"
SUBJECTS = (  # words that stand for each other in a question: replacing one asks of another case
    r"(?:常务)?副[县区市]长|[县区市]长|(?:部门|单位)?一把手|主要负责人|办公室主任"
    r"|[分主]管领导|秘书长|局长|乡镇长|镇长|乡长|科长|副主任"
    r"|主任|班子成员|(?:普通)?(?:工作人员|职工|干部)|我",
    r"(?:常务|全体|专题|党组|主任|办公|[县区市]长办公|业务)会议?",
    rf"(?:半|{COUNT})天半?|{COUNT}(?:块钱?|元)|{COUNT}(?<=[千万])[一二三四五六七八九\d]?",
    r"(?:[县区市]|政)?府办公?室?|[县区市]政府|部门|局里|乡镇|街道",
    r"纪要|公文|文件|议案|印章|公章|请示|报告",
)
OWN_CONTENT = 2  # words that name something: a question with as many and a kind stands alone


def asks_for_source(question: str) -> bool:
    """Whether a follow-up asks where the answer stands (第几条说的)."""
    return bool(SOURCE.search(question))


def merge(previous: str, question: str, words: Words) -> str:
    """The whole question that a follow-up means.

    那副县长呢 after 县长外出谁批 asks 副县长外出谁批; a fragment with nothing to replace is put
    before the earlier question; one that asks for itself is left alone.
    """
    kind = kind_of(question)
    if kind is not None and len(words.content(question)) >= OWN_CONTENT and not _leans(question):
        return question
    frame = FRAME.match(question.strip())
    fragment = frame[1] if frame else question
    replaced = _replaced(previous, fragment)
    if replaced is not None:
        return replaced
    if kind not in (None, Kind.QUANTITY):  # 那提前几天呢: another thing asked of the same subject
        return f"{_subject_of(previous)}{fragment}"
    return f"{fragment}，{previous}"


def _leans(question: str) -> bool:
    return bool(re.match(r"那(?!个|些|种)", question)) or question.rstrip("?？。").endswith("呢")


def _replaced(previous: str, fragment: str) -> str | None:
    for pattern in SUBJECTS:
        if re.fullmatch(pattern, fragment) and (old := re.search(pattern, previous)):
            return previous[: old.start()] + fragment + previous[old.end() :]
    return None


def _subject_of(previous: str) -> str:
    """The earlier question without what it asked: its words up to the asking ones."""
    asking = re.search(r"谁|哪|几|多[久少长]|什么|啥|怎么|咋|提前|能不能|要不要|是否|吗", previous)
    return previous[: asking.start()].rstrip("，,要找跟由向得") if asking else previous
