"""Questions about meetings: who presides, attends and sits in, how often, who approves them."""

from __future__ import annotations

import re
from dataclasses import replace
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
    ("办公会议", r"(?:[县区市]长)?办公会"),
    ("业务会议", r"业务会"),
    ("专题会议", r"专题(?:协调|研究)?会"),
    ("综合性会议", r"(?:[县区市]长主持(?:召开)?的)?全[县区市]性?综合性?(?:工作)?会"),
    ("专项会议", r"专项会"),
    ("全体会议", r"全体(?:\(扩大\))?会|(?<!安)全会(?!务)"),
)
NAMES = rf"{OFFICE}|{GOVERNMENT}|" + "|".join(f"(?:{said})(?:议)?" for _, said in MEETINGS)
ABSENT = (  # whoever presides otherwise
    r"(?<!副)(?:[县区市]长|主任|书记|一把手)(?:临时|那天|当天|本人|要是|如果|若|万一|今天|人)?"
    r"(?:有事|有会|不在|没空|没时间|出差|外出|出门|出国|请假|休假|缺席|去不[了成]|来不了|到不了"
    r"|不来|参加不了|走不开|开不了|不能(?:出席|参加|到会|去|来|主持)|不出席|不参加|赶不回来|不开)"
    r"(?:会议?|家|了|的?时候?|的话|时)*"
)
AWAY = r"不在|不来|出差|外出|出门|请假|缺席|不能|不了|走不开|没空|有事|休假|出国|不出席"
CAN = r"(?:会|来|能|可以|应该|应当|该|负责)*"
CHAIR = (
    rf"(?:谁|哪些(?:领导|人)){CAN}(?:召集和?主持|主持|召集|召开|开)|谁来开|(?:主持|召集)人?(?:的?(?:人|领导))?(?:是|由|归)+谁"
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
SERVES = r"(?:承办|统筹|组织|筹备|张罗|操办|办会|会务|牵头办)"
SERVICE = (
    rf"(?:谁|哪个?(?:单位|科室|办室|室|部门)?){CAN}(?:来)?{SERVES}"
    rf"|{SERVES}(?:工作)?(?:是|由|归|找|落在|交给)*(?:谁|哪个?)"
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
SPOKEN = (
    r"会上|开会|时候|一般|通常|都|时|啊|呀|呢|吗|嘛|哪|家里|平时|正常|按规定|规则|规定|人民|市|里"
)
WIDE = r"全[县区市]性?的?(?:工作|综合性?|专项)?(?:大)?会"
OWN = "县区"  # what a question says of its own office when it is put to the others as well
HEADS = {
    "主任会议": "主任",
    "全体干部会议": "主任",
    "全体工作人员会议": "主任",
    "党组会议": "书记",
    "办公室党组会议": "书记",
    "政府党组会议": "书记|[县区市]长",
}
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


def _without_head(plain: str, level: str) -> Facts | None:
    """The meeting whose own head is away: a 主任 does not preside over the 常务会议."""
    facts = _named(plain, level)
    head = HEADS.get(str((facts or {}).get("meeting")), rf"(?<!副)[{level}{OWN}]长|一把手")
    return facts if re.search(head, plain) else None


def _of_whom(plain: str, level: str) -> Facts | None:
    """Whose meetings are meant: the government's unless its office is named."""
    if meeting_in(plain):
        return None
    is_office = re.search(r"政府办|府办|办公室", plain)
    return {"whose": "办公室" if is_office else "政府"}


def _substituted(plain: str, level: str) -> Facts | None:
    meeting, own = meeting_in(plain), re.search(rf"副{level}长", plain)
    return {"meeting": meeting} if meeting and not own else None


def _decided(plain: str, level: str) -> Facts | None:
    matter = first_said(DECIDED, plain, level)
    return {"matter": matter} if matter and not meeting_in(plain) else None


def _of_meetings(
    table: str,
    *says: str,
    facts: FactReader = _named,
    leaves: str = "",
    bare: str = "",
    nearest: tuple[str, ...] = REGULATED,
    presumes_meeting: bool = False,
) -> Reader:
    return Reader(
        table,
        says=says,
        leaves="|".join(filter(None, (OTHER, leaves))),
        facts=facts,
        bare="|".join(filter(None, (NAMES, SPOKEN, bare, "会议?"))),
        is_strict=True,
        presumes_meeting=presumes_meeting,
        nearest=nearest,
    )


GUESTS_SAID: Vocabulary = (("全程", r"全程|固定|从头.{0,4}到尾|自始至终"),)
DECIDED: Vocabulary = (  # what the whole government has to decide
    ("财政预算", r"财政预算|财政预决算|预决算|预算(?!管理|内|外|上)"),
    ("规划计划", r"国民经济|(?:发展|重大|中长期)(?:的)?(?:规划|计划)|五年规划"),
    ("重大项目", r"(?:重大|大型)(?:建设)?项目"),
)
MATTERS: Vocabulary = (("任免处分", r"任免|处分|人事"),)
CHAIRS = _of_meetings("meeting_chair", CHAIR, leaves=f"{AWAY}|委托")
STAND_IN = _of_meetings("meeting_stand_in", ABSENT, TAKES_OVER, facts=_without_head)
MEMBER = _of_meetings("meeting_members", MEMBERS, leaves=f"{AWAY}|列席|主持|召集|视频|多少")
GUEST = _of_meetings(
    "meeting_guests",
    GUESTS,
    facts=partial(_with, "guests", GUESTS_SAID),
    leaves=AWAY,
    bare="全程|固定|从头|到尾|自始至终|[局委]的?一把手|几个|局",
)
FREQUENCY = _of_meetings(
    "meeting_frequency",
    OFTEN,
    leaves="纪要|几点|谁|多少人|迟到|几次不|开了|已经|一共",
    presumes_meeting=True,
)
COUNTED = replace(FREQUENCY, says=(OFTEN, r"几[次回趟]"), unmeasured="rules.untimed")
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
KINDS = Reader(
    "meeting_kinds",
    says=(r"(?:几|哪几|哪些|多少)种|哪些会议制度|会议制度|哪些会议?(?=$|[?？啊呀呢])", "会"),
    leaves=rf"{OTHER}|谁|列席|主持|开会",
    facts=_of_whom,
    bare=rf"{NAMES}|{SPOKEN}|会议?制度|会议?|一共|总共|共|实行|分|咱|们|都",
    is_strict=True,
)
SUBSTITUTE = Reader(
    "meeting_substitute",
    says=(
        r"会.{0,20}(?:列席|参加|出席|去|来|到)|(?:列席|参加|出席).{0,8}会",
        r"(?:让|叫|派|由|请|能|安排|换)[^，,。]{0,4}(?:副[局镇乡主职手]|别人|他人|其他人|副职|分管|同事|下面的人)"
        r"[^，,。]{0,6}(?:顶|替|代|去|参加)|(?:别人|他人|副职|副局长)(?:代替|代|替|顶)",
    ),
    leaves=r"纪要|主持|议题|县长不|市长不|区长不",
    facts=_substituted,
    presumes_meeting=False,
    nearest=("leave_approval", *REGULATED),
)
RIGHT_MEETING = Reader(
    "meeting_for_matter",
    says=(r"(?:哪个|哪些|什么|啥|哪种|哪)(?:样)?的?会", r"定|讨论|审议|研究|上|议|过"),
    leaves=r"纪要|主持|参加|列席|请[假价架]|召开|几次|谁",
    facts=_decided,
)
READERS = (
    STAND_IN,
    CHAIRS,
    GUEST,
    MEMBER,
    COUNTED,
    FREQUENCY,
    QUORUM,
    PURSUED,
    SERVING,
    BY_VIDEO,
    KINDS,
    SUBSTITUTE,
    RIGHT_MEETING,
)
