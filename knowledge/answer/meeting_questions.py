"""Questions about meetings: who presides, attends and sits in, how often, who approves them."""

from __future__ import annotations

import re
from functools import partial

from knowledge.answer.readers import FactReader, Facts, Reader, Vocabulary, first_said

OFFICE = r"(?:政府办|府办|办公室)(?:的|里)?"
GOVERNMENT = r"(?:[县区市]|人民)*(?:政府)(?:的)?"
MEETINGS: Vocabulary = (  # in this order: 办公室主任会议 before 主任会议
    ("全体干部会议", r"全体(?:机关)?干部(?:职工)?(?:大)?会"),
    ("全体工作人员会议", r"全体工作人员(?:大)?会"),
    ("办公室党组会议", rf"{OFFICE}党组会"),
    ("政府党组会议", rf"{GOVERNMENT}党组会"),
    ("党组会议", r"党组会"),
    ("主任会议", r"主任(?:办公)?会"),
    ("常务会议", r"常[务物]会"),
    ("办公会议", r"[县区市]长办公会"),
    ("业务会议", r"业务会"),
    ("专题会议", r"专题(?:协调|研究)?会"),
    ("专项会议", r"专项会"),
    ("全体会议", r"全体(?:\(扩大\))?会|(?<!安)全会(?!务)"),
)
NAMES = rf"{OFFICE}|{GOVERNMENT}|" + "|".join(f"(?:{said})(?:议)?" for _, said in MEETINGS)
ABSENT = (  # whoever presides otherwise
    r"(?<!副)(?:[县区市]长|主任|书记|一把手)(?:临时|那天|当天|本人|要是|如果|若|万一|今天|人)?"
    r"(?:有事|有会|不在|没空|没时间|出差|外出|出门|出国|请假|休假|缺席|去不[了成]|来不了|到不了"
    r"|参加不了|走不开|开不了|不能(?:出席|参加|到会|去|来|主持)|不出席|不参加|赶不回来|不开)"
    r"(?:会议?|家|了|的?时候?|的话|时)*"
)
AWAY = r"不在|出差|外出|出门|请假|缺席|不能|不了|走不开|没空|有事|休假|出国|不出席"
CAN = r"(?:会|来|能|可以|应该|应当|该|负责)*"
CHAIR = (
    rf"谁{CAN}(?:召集和?主持|主持|召集|召开)|谁来开|谁开|(?:主持|召集)人?(?:的?(?:人|领导))?(?:是|由|归)+谁"
    rf"|(?:哪个|哪位|哪一位|什么)(?:领导|人)?{CAN}(?:主持|召集|召开)|归谁(?:主持|召集)|主持人是谁"
)
TAKES_OVER = (
    rf"{CHAIR}|(?:委托|交给|让|请|换)(?:给)?(?:谁|哪[个位]|什么人)(?:来|去)?(?:主持|召集|开|代)?"
    r"|谁(?:来|能|可以)?(?:代为?|替|顶)(?:他|为)?(?:主持|召集|开)?"
)
ALL = r"(?:都|全|主要|一般|具体|还|又)*"
JOIN = r"(?:参加|出席|参会|与会|到会|组成)"
PEOPLE = r"(?:谁|哪些(?:人员|人|领导|部门|单位)?|(?:什么|啥)(?:人|领导|单位|部门)|哪几[个位]?人?)"
MEMBERS = (
    rf"{ALL}(?:由|有|是|叫|请)*{ALL}{PEOPLE}{ALL}{CAN}(?:要|得|需要)?(?:去|来)?{JOIN}"
    rf"|(?:组成|参会|参加|出席|与会)(?:人员|成员|范围|单位|的人)(?:都|是|有|包括)*(?:{PEOPLE}|什么|啥|哪些)"
    rf"|成员(?:都|是|有|包括)*{PEOPLE}"
)
GUESTS = (
    rf"{ALL}(?:由|有|是|叫|请|邀请)*{ALL}{PEOPLE}{ALL}{CAN}(?:要|得|需要)?(?:全程|固定)?(?:来|去)?列席"
    rf"|列席(?:人员|单位|范围|的人)?(?:都|是|有|包括)*(?:{PEOPLE}|什么|啥|哪些)"
)
OFTEN = (
    r"(?:多久|多长时间|好久|几天|几个月|几周|隔多久)(?:才|要|会|能|一般)*(?:召?开|碰头?|来|搞)(?:一|1)?[次回趟]?"
    r"|(?:每|隔)(?:隔)?(?:多久|多长时间|几天|几个?月|几周)(?:召?开)?(?:一|1)?[次回趟]?"
    r"|(?:多久|多长时间|好久)(?:一|1)[次回趟]|(?:召?开)?几[次回趟]|频率|有?没?有?固定时间|定期开"
    r"|(?:(?:一|每)个?(?:年|月|周|季度)|半年)(?:召?开|要开|得开)?(?:几|多少)[次回趟]"
)
ENOUGH = (
    r"(?:最少|至少|得|要|须|必须)*(?:来|到|有|够)*(?:多少|几)(?:个)?(?:成员|组成人员|人)(?:来|到会|到场|到|出席|参加)*"
    r"(?:才|就)?(?:能|算|可以|可|有)*(?:召?开|数|有效|开会|作数)*"
    r"|法定人数|到会人数|出席人数|人数(?:有)?(?:什么|啥)?(?:要求|规定)"
)
SERVES = r"(?:承办|统筹|组织|筹备|办会|会务|牵头办)"
SERVICE = (
    rf"(?:谁|哪个?(?:单位|科室|办室|室|部门)?){CAN}(?:来)?{SERVES}"
    rf"|{SERVES}(?:工作)?(?:是|由|归|找)*(?:谁|哪个?)"
)
FOLLOW_UP = r"(?:定|议定|决定|研究)的?(?:下来)?的?(?:事项|事情|事)"
PURSUES = (
    r"(?:谁|哪个?(?:单位|科室|室|部门)?)(?:来|去|负责|盯着?|抓)*(?:督办|落实|盯办|跟踪|督促|抓)"
)
VIDEO = r"视频|远程|线上|连线"
MAY = r"能不能|能否|可以|可不可以|行不行|能.{0,8}吗|行吗|成吗"
OTHER = (  # other sides of a meeting, which have tables of their own or none
    r"纪要|记录|议题|题目|上会|材料|文件|公文|方案|通知|签|请[假价架]|新闻|报道|学习|经费|费用"
    r"|下次|上次|这次|本次|今天|明天|昨天|后天|下周|本周|这周|本月|下个?月|今年|现在|刚才"
)
SPOKEN = r"会上|时候|一般|通常|都|时|啊|呀|呢|吗|嘛|哪|家里|平时|正常|按规定|规则|规定|人民|市|里"
WIDE = r"全[县区市]性?的?(?:工作|综合性?|专项)?(?:大)?会"
ABOVE_HERE = (
    r"(?:全国|全省|全市|省里|市里|上级)性?的?.{0,10}(?:会|会议).{0,6}(?:[我本]?[县区市]|这[里儿])"
)
TOWN = r"乡镇|镇街|街镇|街道|镇里|[镇乡]长|县市区"
TOWN_HEADS = (
    rf"(?:{TOWN})(?:的|政府|办事处)?(?:行政)?"
    r"(?:一把手|主要负责(?:人|同志)|主要领导|负责人|[镇乡]长|主任)?"
)
APPROVED = (
    r"怎么(?:个)?(?:报批|审批|批|报|申请|办|走)|如何(?:报批|审批|报|申请|办)|咋(?:报批|审批|批|报|办)"
    r"|报批|审批(?:程序|流程|手续)|(?:程序|流程|手续|步骤)|报谁|[找跟向归由]?谁(?:来)?(?:批准?|审批|同意|点头|定)"
    r"|[报找]哪.{0,3}(?:批|审|同意)|哪(?:个|位|级)(?:领导)?(?:批准?|审批|同意)"
)
REGULATED = ("meeting_chair", "meeting_members", "meeting_service")


def meeting_in(plain: str) -> str | None:
    """The one meeting that a text names; None if it names none or several."""
    found = []
    for meeting, said in MEETINGS:
        plain, times = re.subn(said, "，", plain)
        found += [meeting] * bool(times)
    return found[0] if len(found) == 1 else None


def _named(plain: str, level: str) -> Facts | None:
    """The meeting, or that a meeting is meant; nothing clear if several are named."""
    meeting = meeting_in(plain)
    if meeting:
        return {"meeting": meeting}
    several = any(re.search(said, plain) for _, said in MEETINGS)
    is_meant = "会" in plain or "其他情形" in plain  # the last button where cases are many
    return None if several or not is_meant else {}


def _with(fact: str, said: Vocabulary, plain: str, level: str) -> Facts | None:
    facts = _named(plain, level)
    value = first_said(said, plain, level)
    return facts if facts is None or value is None else facts | {fact: value}


def _wide(said: Vocabulary, plain: str, level: str) -> Facts | None:
    value = first_said(said, plain, level)
    return None if value is None or meeting_in(plain) else {"wide": value}


def _of_meetings(
    table: str,
    *says: str,
    facts: FactReader = _named,
    leaves: str = "",
    bare: str = "",
    nearest: tuple[str, ...] = REGULATED,
) -> Reader:
    return Reader(
        table,
        says=says,
        leaves="|".join(filter(None, (OTHER, leaves))),
        facts=facts,
        bare="|".join(filter(None, (NAMES, SPOKEN, bare, "会议?"))),
        is_strict=True,
        presumes_meeting=False,
        nearest=nearest,
    )


GUESTS_SAID: Vocabulary = (("全程", r"全程|固定"),)
MATTERS: Vocabulary = (("任免处分", r"任免|处分|人事"),)
WIDE_MEETINGS: Vocabulary = (
    (
        "上级会议",
        r"(?:{up}|上级|全国|全省).{0,12}会.{0,8}(?:在|到|放)"
        r"|(?:在|到).{0,6}开.{0,4}全(?:国|省|{up})",
    ),
    ("办公室会议", r"(?:政府)?系统办公室会|业务培训会"),
    ("镇街分管领导参加", rf"(?:{TOWN})(?:的)?(?:政府)?分管"),
    ("分管以外参加", r"分管以外|不(?:归|是).{0,3}(?:分管|他管)|别的口|其他口"),
    ("镇街主要负责人参加", rf"(?:{TOWN}).{{0,12}}(?:参加|到会|出席)|(?:让|叫|请|喊)(?:{TOWN})"),
    ("全县性会议", r"全{level}"),
)
CHAIRS = _of_meetings("meeting_chair", CHAIR, leaves=f"{AWAY}|委托")
STAND_IN = _of_meetings("meeting_stand_in", ABSENT, TAKES_OVER)
MEMBER = _of_meetings("meeting_members", MEMBERS, leaves=f"{AWAY}|列席|主持|召集|视频|多少")
GUEST = _of_meetings(
    "meeting_guests",
    GUESTS,
    facts=partial(_with, "guests", GUESTS_SAID),
    leaves=AWAY,
    bare="全程|固定",
)
FREQUENCY = _of_meetings("meeting_frequency", OFTEN, leaves="纪要|几点|谁|多少人|迟到|几次不")
QUORUM = _of_meetings(
    "meeting_quorum",
    ENOUGH,
    facts=partial(_with, "matter", MATTERS),
    leaves=r"最多|超过几|谁",
    bare=r"讨论|决定|研究|定|干部|党员|任免|处分|人事|事项|事情|有效|算数|才",
)
SERVING = _of_meetings("meeting_service", SERVICE, leaves=f"{AWAY}|{FOLLOW_UP}|督办|{WIDE}")
PURSUED = _of_meetings(
    "meeting_follow_up", FOLLOW_UP, PURSUES, bare=r"上|归|盯|办|负责", nearest=()
)
BY_VIDEO = _of_meetings(
    "meeting_video",
    VIDEO,
    MAY,
    bare=r"参加|出席|参会|人|在外地|外地|方式|用|开|通过|网络",
    leaves=WIDE,
    nearest=(),
)
WIDE_APPROVAL = Reader(
    "wide_meeting_approval",
    says=("会", APPROVED),
    leaves=rf"{OTHER}|请示|通报|{AWAY}|会签|几天|提前|多久|规范性|项目|决策|资金|论坛|展会|庆典|培训班",
    facts=partial(_wide, WIDE_MEETINGS),
    bare=rf"{NAMES}|{SPOKEN}|{WIDE}|{TOWN_HEADS}|召开|举办|参加|性|一场|开|搞|办|组织|把|让|叫|请|喊|工作会?|大会|会|批|报"
    r"|上级|全国|全省|全市|省里|市里|商洽|部门|分管领导|分管|别的口|其他口|局长|行政|分管以外|主要",
    is_strict=True,
)
READERS = (
    STAND_IN,
    CHAIRS,
    GUEST,
    MEMBER,
    FREQUENCY,
    QUORUM,
    PURSUED,
    SERVING,
    BY_VIDEO,
    WIDE_APPROVAL,
)
