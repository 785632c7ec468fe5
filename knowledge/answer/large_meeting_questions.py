"""Questions about meetings of the whole area: who approves them, how long, how many leaders."""

from __future__ import annotations

import re
from functools import partial

from knowledge.answer.meeting_questions import (
    AWAY,
    NAMES,
    OTHER,
    OWN,
    SPOKEN,
    WIDE,
    meeting_in,
)
from knowledge.answer.readers import Facts, Reader, Vocabulary, first_said

TOWN = r"乡镇|镇街|街镇|街道|镇里|[镇乡]长"
COUNTY = r"县市区|区县|县区|[县区]长"
TOWN_HEADS = (
    rf"(?:{TOWN})(?:的|政府|办事处)?(?:行政)?"
    r"(?:一把手|主要负责(?:人|同志)|主要领导|负责人|[镇乡]长|主任)?"
)
APPROVED = (
    r"怎么(?:个)?(?:报批|审批|批|报|申请|办|走)|如何(?:报批|审批|报|申请|办)|咋(?:报批|审批|批|报|办)"
    r"|报批|审批(?:程序|流程|手续)|(?:程序|流程|手续|步骤)|报谁"
    r"|[找跟向归由]?谁(?:来)?(?:批准?|审批|同意|点头|定)"
    r"|[报找]哪.{0,3}(?:批|审|同意)|哪(?:个|位|级)(?:领导)?(?:批准?|审批|同意)"
)
HERE = r"(?:我们?|咱们?|本|这)?(?:[县区](?!长|政府|直)|这[里儿边]|[咱我]们?[^,，县区市]{0,3})"
FROM_ABOVE = rf"(?:在|到|借|放|来).{{0,2}}{HERE}.{{0,4}}(?:召?开|办|搞)"
WIDE_MEETINGS: Vocabulary = (
    ("上级会议", rf"(?:{{up}}里?|上级|全国|全省|省).{{0,12}}会.{{0,8}}(?:在|到|放)|{FROM_ABOVE}"),
    ("办公室会议", r"(?:政府)?系统办公室会|业务培训会"),
    ("镇街分管领导参加", rf"(?:{TOWN})(?:的)?(?:政府)?分管"),
    ("分管以外参加", r"分管以外|不(?:归|是).{0,3}(?:分管|他管)|别的口|其他口"),
    (
        "县市区负责人参加",
        rf"(?:{COUNTY}).{{0,12}}(?:参加|到会|出席)|(?:让|叫|请|喊)(?:各)?(?:{COUNTY})",
    ),
    ("镇街主要负责人参加", rf"(?:{TOWN}).{{0,12}}(?:参加|到会|出席)|(?:让|叫|请|喊)(?:{TOWN})"),
    ("全县性会议", rf"全[{{level}}{OWN}]"),
)
SPEECHES: Vocabulary = (
    ("汇报", r"汇报"),
    ("讨论", r"讨论|发表意见"),
    ("电视电话会议", r"电视电话会|视频会"),
    ("会议", r"会"),
)
LASTS = (
    r"(?:最长|最多|一般|能|可以|要|得)*(?:开|讲|说|汇报|发言|讨论)*(?:多久|多长时间|多长|几个?(?:小时|钟头|天|分钟)|多少(?:分钟|时间))"
    r"(?!一?[次回趟])|时间(?:上限|限制|要求)"
)
LEADERS = r"(?:几|多少)(?:个|位|名)(?:市|县|区)?领导"
FORMS = r"(?:什么|啥|哪种|怎样的?)(?:样的?)?(?:形式|方式)"
BARE = (
    rf"{NAMES}|{SPOKEN}|{WIDE}|{TOWN_HEADS}|{COUNTY}|召开|举办|参加|性|一场|开|搞|办|组织|把|让|叫|请|喊"
    r"|工作会?|大会|会议?|批|报|上级|全国|全省|全市|省里|市里|商洽|部门|分管领导|分管|别的口"
    r"|其他口|局长|行政|分管以外|主要|安排|出席|去|只|能|几|最好|电视电话|视频|上|汇报|讨论|发言"
)


def _wide(said: Vocabulary, plain: str, level: str) -> Facts | None:
    value = first_said(said, plain, level)
    return None if value is None or meeting_in(plain) else {"wide": value}


def _whole_area(plain: str, level: str) -> Facts | None:
    return {"wide": "全县性会议"} if re.search(rf"全[{level}{OWN}]", plain) else None


def _speech(plain: str, level: str) -> Facts | None:
    """Of a meeting with a name no length is written; of what is said there, it may be."""
    kind = first_said(SPEECHES, plain, level)
    if kind is None or (kind not in ("汇报", "讨论") and meeting_in(plain)):
        return None
    return {"speech": kind}


APPROVAL = Reader(
    "wide_meeting_approval",
    says=(APPROVED, "会"),
    leaves=rf"{OTHER}|请示|通报|{AWAY}|会签|几天|提前|多久|规范性|项目|决策|资金|论坛|展会|庆典|培训班",
    facts=partial(_wide, WIDE_MEETINGS),
    bare=BARE,
    is_strict=True,
    tells_gaps=True,
    is_complete=True,
)
FROM_OUTSIDE = Reader(  # told as a story: 省厅想借咱区开个现场会, 能先答应吗
    "wide_meeting_approval",
    says=(
        r"会",
        FROM_ABOVE,
        r"全[国省市]|省[厅里]|市[局里]|部里|上级|国家",
        r"答应|答复|应下|同意|怎么办|怎么回|报批|报谁|谁批|行不行",
    ),
    leaves=r"纪要|议题|请[假价架]|费用|经费|接待",
    facts=lambda _plain, _level: {"wide": "上级会议"},
)
LENGTH = Reader(
    "meeting_length",
    says=(LASTS, "会|汇报|发言"),
    leaves=r"纪要|议题|材料|文件|通知|签|请[假价架]|谁|提前|之前|几天[内前]|召开|下次|今天|明天|培训",
    facts=_speech,
    bare=BARE,
    is_strict=True,
)
ATTENDED = Reader(
    "meeting_leaders",
    says=(LEADERS, "会"),
    leaves=OTHER,
    facts=_whole_area,
    bare=BARE,
    is_strict=True,
)
FORM = Reader(
    "meeting_form",
    says=(FORMS, "会"),
    leaves=OTHER,
    facts=_whole_area,
    bare=rf"{BARE}|用|采用|采取|哪种",
    is_strict=True,
)
READERS = (FROM_OUTSIDE, APPROVAL, LENGTH, ATTENDED, FORM)
