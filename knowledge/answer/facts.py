"""The facts that a question states: who, how long, which meeting; read by small patterns."""

from __future__ import annotations

import re

from bot.core.people import Rank
from knowledge.ingest.numerals import to_number

COUNT = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)"
HALF_DAY, WEEK, MONTH = 0.5, 7.0, 30.0
DAYS = re.compile(
    rf"(?<![这那过前早第])(?:(?P<half>半天|半日)|(?P<days>{COUNT})(?:天|日假)(?P<more>半)?"
    rf"|(?P<weeks>{COUNT})(?:个?(?:星期|礼拜)|周)|(?P<halfmonth>半个?月)|(?P<months>{COUNT})个月)"
)
AHEAD = re.compile(rf"提[前早]\S{{0,2}}?{COUNT}个?(?:工作)?[天日周]|{COUNT}天之?前")

TOWN = r"乡镇|街镇|镇街|街道办?|开发区|管委会|产业园区?|各?镇|各?乡|园区|县市区政府"
HEADED = r"的?(?:一把手|主要负责(?:人|同志)|主要领导|负责人|主任|老大)"
UNIT_HEAD = r"一把手|主要负责(?:人|同志)|主要领导|负责人|老大"
OFFICE = r"(?:{level}?政?府办(?:公室)?|办公室)?的?"
OTHERS = (  # posts of whom the tables say nothing: then a question is not theirs
    r"[局委]办公室|副(?:[局镇乡科股处]长|职|书记|调研员|秘书长|总)|书记|秘书长|助理|咨询员"
    r"|挂职|跟班|驻村|借调|聘用|司机|驾驶员|退休|下属|内设|老干部|老师"
    r"|教师|医生|代表|委员|顾问|法官|检察官|院长|校长|社区"
    r"|企业|公司|董事长|经理|群众|实习|临时工|二级单位|[州省]长"
)
RANKS: tuple[tuple[Rank, str], ...] = (  # each is blanked where found: none is read twice
    (Rank.DEPUTY, r"(?:分管|常务)?的?副{level}长|{level}政府党组成员"),
    (Rank.OFFICE_DEPUTY, rf"{OFFICE}(?:副主任|班子成员)"),
    (Rank.OFFICE_DIRECTOR, r"(?:{level}?政?府办(?:公室)?|办公室)的?主任"),
    (
        Rank.BUREAU_STAFF,
        r"(?:局|镇|乡|街道|部门|单位)(?:里|上|机关)?的?(?:普通|一般)*"
        r"(?:干部|工作人员|职工|科员|办事员|同志)|我们?是?[^，,我]{0,4}[局镇乡委]的",
    ),
    (Rank.TOWN_HEAD, rf"(?:{TOWN})[^，,。的局]{{0,14}}?{HEADED}|[镇乡]长|{{lower}}"),
    (Rank.SECTION_CHIEF, r"[科股]长|办室的?负责人|(?:科室|股室|办室|室)(?:主任|负责人)"),
    (
        Rank.BUREAU_HEAD,
        rf"(?:部门|[县区市]直|单位|[局委办])[^，,。]{{0,4}}?(?:{UNIT_HEAD})"
        r"|[局委]主任|局长|一把手|主要负责(?:人|同志)",
    ),
    (Rank.HEAD, r"{level}长(?!办公会|专用章)"),
    (
        Rank.STAFF,
        rf"科员|办事员|{OFFICE}(?:普通|一般|机关)*的?(?:干部职工|干部|职工|工作人员)"
        r"|办公室的人|我们办公室|同事",
    ),
)
LOWER = {"市": r"[县区]长"}  # heads of what lies below a city
NOBODY = r"(?!)"


def ranks_in(plain: str, level: str) -> list[Rank]:
    """The ranks that a text names in an office of a level (县, 区, 市), each once."""
    found = []
    for rank, pattern in RANKS:
        named = pattern.replace("{level}", level).replace("{lower}", LOWER.get(level, NOBODY))
        plain, times = re.subn(named, "，", plain)
        if times:
            found.append(rank)
    return found


def names_other_post(plain: str) -> bool:
    """Whether a text names a post of which no table says anything."""
    return bool(re.search(OTHERS, plain))


def days_in(plain: str) -> float | None:
    """The days of a leave, in halves; None if a text names none, or several lengths."""
    found = {_days(match) for match in DAYS.finditer(AHEAD.sub("", plain))}
    return found.pop() if len(found) == 1 else None


def _days(match: re.Match[str]) -> float:
    if match["half"]:
        return HALF_DAY
    if match["halfmonth"]:
        return MONTH / 2
    if match["days"]:
        return _number(match["days"]) + HALF_DAY * bool(match["more"])
    weeks, months = match["weeks"], match["months"]
    return _number(weeks) * WEEK if weeks else _number(months) * MONTH


def _number(numeral: str) -> float:
    return float(numeral) if numeral[0].isdigit() else float(to_number(numeral) or 0)
