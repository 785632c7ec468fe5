"""Questions about documents that come in: who approves them, who handles them, to whom they go."""

from __future__ import annotations

import re

from knowledge.answer.readers import WEIGHTY, WHO, Facts, Reader, Vocabulary, first_said

COMES_IN = (
    r"[报送呈](?:送|到|给|上来|来|上去)?.{0,8}(?:公文|文件|请示|的文|的件)"
    r"|来文|收文|(?:上级|下级).{0,6}(?:公文|文件|的文|的件)"
)
APPROVED = r"审批|签批|批(?![准发])"
NOT_INCOMING = (
    r"印章|用印|盖章|签发|审签|假|外出|出国|开支|报销|报账|钱|元|会议|纪要|议题|备案|名义|制发|规划"
    r"|头一道|第一道|先|审(?!批)|资金|项目|协调|意见|批示|印发(?!的)"
)
SOURCES: Vocabulary = (
    ("上级", r"上级|{up}(?:里|政府|直)?.{0,3}(?:来|发|印发|下)"),
    ("下级", r"报(?:送)?{level}政府|下级|部门|乡镇|街道|镇|[各局]|上报|报上来|报来|报送|报到"),
)
IMPORTANT = rf"{WEIGHTY}(?:重大|重要|大事|大的事)"
IN_PERSON = r"直接|不走|不经过?|越过|绕过"
TO_LEADER = r"领导(?!小组)|[县区市]长"
PAPER = r"公文|文件|的文|把文|请示|报告|材料|件"
ALLOWED = r"能|可以|行不|行吗|让不让|允许|可否|得不得|许不许"
EXCEPTIONS: Vocabulary = (
    ("领导交办", r"领导.{0,4}交[办代]|交办"),
    ("绝密", r"绝密"),
    ("涉密", r"涉密|机密|保密"),
    ("突发事件", r"突发"),
    ("涉外", r"涉外"),
)
ACTS: Vocabulary = (
    ("销毁", r"(?:文件|资料|公文).{0,6}(?:销毁|毁弃|碎|处理掉)|销毁.{0,4}(?:文件|资料)"),
    ("收文登记", r"(?:收文|来文|公文|文件).{0,6}(?:登记|编号)|登记.{0,3}(?:收文|来文)"),
    ("呈送", r"传阅|送签|呈送|呈办"),
)


def _incoming(plain: str, level: str) -> Facts | None:
    source = first_said(SOURCES, plain, level)
    facts: Facts = {"source": source} if source else {}
    if re.search(IMPORTANT, plain):
        return facts | {"matter": "重要"}
    return facts | {"matter": "一般"}


def _submitted(plain: str, level: str) -> Facts | None:
    return {"matter": first_said(EXCEPTIONS, plain, level) or "一般"}


def _handled(plain: str, level: str) -> Facts | None:
    act = first_said(ACTS, plain, level)
    return {"act": act} if act else None


READERS = (
    Reader(
        "document_handling",
        says=(WHO,),
        leaves=r"纪要|密|印章|用印|规范性|台账|签发|审|请假|资产|能不能|可以",
        facts=_handled,
    ),
    Reader(
        "direct_submission",
        says=(IN_PERSON, TO_LEADER, PAPER, ALLOWED),
        leaves=r"谁|哪|什么|批|签|圈|意见|贺信|请柬|信访|上级|汇报材料|[呈请]阅件",
        facts=_submitted,
    ),
    Reader(
        "incoming_approval",
        says=(WHO, COMES_IN, APPROVED),
        leaves=NOT_INCOMING,
        facts=_incoming,
    ),
)
