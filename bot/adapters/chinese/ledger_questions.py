"""What a question about the ledger narrows it to."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from unicodedata import normalize

from bot.adapters.chinese.dates import read_day
from bot.adapters.chinese.extension_questions import asks_for_extensions, asks_of_own_desk
from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.adapters.chinese.unit_kinds import find_kinds, units_meant
from bot.adapters.chinese.unit_names import first_unit
from bot.core.people import Directory
from bot.core.supervision import ItemKind, ItemQuery, ItemState
from bot.core.supervision_asking import Asked, LedgerQuestion, Months
from bot.core.supervision_report import Figure

SOON_DAYS = 3

_SOURCES = re.compile(
    r"(?P<who>上级|[县市区州]长|书记|(?:[县市区]?委|政府)?领导)?的?(?P<note>批示|交办)|(?P<meeting>常务会|专题会|党组会|办公会|调度会|推进会)议?"
    r"|(?P<paper>工作报告|人大|政协|12345|议定事项)"
)
_SPECIFIC = re.compile(r"长|书记|上级")  # 领导批示 means anybody's
_BULLETIN = re.compile(r"通报(?!批评)|督查月报")
_RATE = re.compile(
    r"(?:办结|完成|按时|按期|超期)率|(?:各|每个|哪个)(?:单位|部门|局|乡镇|镇街|街道|镇|乡).{0,8}(?:情况|怎么样|好|差|快|慢)"
    r"|单位.{0,4}(?:排名|排行)|(?:办结|完成)情况"
)
_WHICH = re.compile(r"哪[个些家]")
_EACH = re.compile(r"各|每个|哪个|排名|排行|分单位|按单位")
_BY_UNIT = re.compile(
    r"(?:谁|哪[个家]?(?:单位|部门|局|乡镇|镇街)?|单位|部门).{0,6}(?:手[上里头])?(?:的)?.{0,4}(?:最多|最少|多少件)"
    r"|(?:各|每个)(?:单位|部门|局|乡镇|镇街|街道|镇|乡).{0,6}(?:手[上里头]|几件|多少)"
)
_COUNT = re.compile(r"几[件个项条]|多少|件数|数量|总数")
_LIST = re.compile(r"哪些|哪几|清单|名单|列出|列一下|明细|都有什么|是什么")
_MONTH = re.compile(rf"(?:(?P<y>20\d\d)年)?(?P<m>{NUMBER})月(?:份)?(?!{NUMBER}|底|前|内)")
_HAPPENED = (
    (re.compile(r"延期过|延过期|(?:延期|展期)(?:了|的)|申请过延期"), Figure.EXTENDED),
    (re.compile(r"退回过|被?退回(?:了|的)|打回(?:过|了|的)|返工(?:过|的)"), Figure.SENT_BACK),
)
_NOT_DONE = re.compile(r"(?:未|没有?|尚未)能?(?:全部)?(?:销号|办结|办完|完成)")
_IN_SPAN = (
    (re.compile(r"(?:超|逾)期(?!办结)"), Figure.OVERDUE),
    (re.compile(r"逾期办结|迟办结|晚办结"), Figure.LATE),
    (re.compile(r"按[时期]办结"), Figure.IN_TIME),
    (re.compile(r"办结|销号|销了|办完|完成"), Figure.DONE),
    (re.compile(r"立|登记|交办|下达|新增|督办了|布置"), Figure.ASSIGNED),
)
_OVERDUE = re.compile(r"超期|逾期|过期|超时|红灯|红牌|拖着|没有?按时|未按时|到期没办|到期未办")
_MINE = re.compile(
    r"我的|我们?(?:局|单位|镇|街道|科|处|办|这边|手上|手里)|我有|我分管|我联系|我承办|我该|我负责|我要办"
)
_EVERYTHING = re.compile(r"全部|所有|历史|累计")
_URGENT = re.compile(r"紧急|急件|特急|加急")
_VAGUE = frozenset({ItemKind.ORDINARY, ItemKind.OTHER})  # also everyday words
_STATES = (
    (re.compile(r"(?:未|没有?|待|还没|尚未)签收"), ItemState.UNSIGNED),
    (re.compile(r"待销号|等着?销号|申请办结|申请销号"), ItemState.IN_REVIEW),
    (re.compile(r"(?:已经?|都)?撤销(?:的|了)"), ItemState.CANCELLED),
    (
        re.compile(r"(?:已经?|都)(?:销号|办结|办完|完成)|销了号|销号的|办结的|办完的"),
        ItemState.CLOSED,
    ),
    (re.compile(r"办理中|正在办|在办"), ItemState.WORKING),
)
_UNDECIDED = re.compile(r"(?:待|等着?我?|要我|需要?我)(?:来|去)?(?:审核|审批|审定)")
_DUE = r"[^,。?]{0,4}(?:到期|截止|要报|要交|该报|该交|要办|期限)"
_SPANS = (
    (re.compile(r"红黄"), "lit"),
    (re.compile(r"快到期|临近|将到期|即将到期|黄灯|黄牌|要到期了"), "soon"),
    (re.compile(rf"(?:今天|今日|当天){_DUE}"), "today"),
    (re.compile(rf"(?:明天|明日){_DUE}"), "tomorrow"),
    (re.compile(rf"(?:本|这个?)(?:周|星期|礼拜){_DUE}"), "week"),
    (re.compile(rf"下个?(?:周|星期|礼拜){_DUE}"), "next_week"),
    (re.compile(rf"(?:本|这个?)月(?!底){_DUE}"), "month"),
    (re.compile(rf"下个?月(?!底){_DUE}"), "next_month"),
)
_WITHIN = re.compile(rf"(?P<count>{NUMBER})(?:天|日)(?:之|以)?内{_DUE}")
_BY = re.compile(rf"(?:前|底){_DUE}")


def read_question(text: str, today: date, directory: Directory) -> ItemQuery:
    """What a question narrows the ledger to, if anything."""
    due_from, due_to = _due(text, today)
    extension_asked = asks_for_extensions(text)
    return ItemQuery(
        kind=next((kind for kind in ItemKind if kind in text and kind not in _VAGUE), None),
        unit=first_unit(text, directory),
        mine=bool(_MINE.search(text)),
        overdue=bool(_OVERDUE.search(text)),
        urgent=bool(_URGENT.search(text)),
        due_from=due_from,
        due_to=due_to,
        state=None if extension_asked else _state(text),
        everything=bool(_EVERYTHING.search(text)),
        source=_source(text),
        extension_asked=extension_asked,
        undecided=not extension_asked and bool(_UNDECIDED.search(text)),
    )


class ChineseLedgerReader:
    """Reads what is asked of the ledger: which items, or a count, a rate, a bulletin of them."""

    def read(self, text: str, today: date, directory: Directory) -> LedgerQuestion:
        """See `bot.services.ledger_talk.LedgerReader`."""
        plain = normalize("NFKC", text)
        months = _months(plain, today)
        units_called, units = _kind_of_units(plain, directory)
        return LedgerQuestion(
            read_question(plain, today, directory),
            _asked(plain),
            months,
            None if asks_for_extensions(plain) else _figure(plain, months is not None),
            each_unit=bool(_EACH.search(plain)),
            not_done=bool(_NOT_DONE.search(plain)),
            own_desk=asks_of_own_desk(plain),
            units=units,
            units_called=units_called,
        )


def _kind_of_units(text: str, directory: Directory) -> tuple[str, tuple[str, ...]]:
    """The kind of units asked for and which they are; none where the directory cannot tell."""
    for kind in find_kinds(_WHICH.sub("各", text)):
        meant = units_meant(kind.spoken, directory)
        if meant is not None and len(meant.units) < len(directory.units):
            return kind.spoken, meant.units
    return "", ()


def _state(text: str) -> ItemState | None:
    """The state asked for; what is not done yet is open, in whatever state."""
    text = _NOT_DONE.sub(" ", text)
    return next((state for pattern, state in _STATES if pattern.search(text)), None)


def _asked(text: str) -> Asked:
    if _BULLETIN.search(text):
        return Asked.BULLETIN
    if _BY_UNIT.search(text):
        return Asked.BY_UNIT
    if _RATE.search(text):
        return Asked.RATE
    return Asked.COUNT if _COUNT.search(text) and not _LIST.search(text) else Asked.LIST


def _figure(text: str, in_span: bool) -> Figure | None:
    """What happened to the items asked for; most of it only within months that are named."""
    text = _NOT_DONE.sub(" ", text)
    patterns = (*_HAPPENED, *(_IN_SPAN if in_span else ()))
    return next((figure for pattern, figure in patterns if pattern.search(text)), None)


def _months(text: str, today: date) -> Months | None:
    """The month or the year that a question looks back on."""
    first = today.replace(day=1)
    if re.search(r"上个?月", text):
        return Months((first - timedelta(days=1)).replace(day=1))
    if re.search(r"(?:本|这个?|当)月(?!底)", text):
        return Months(first)
    if re.search(r"去年|上年|上一年", text):
        return Months(date(today.year - 1, 1, 1), is_year=True)
    if re.search(r"今年|本年|全年|年度", text):
        return Months(date(today.year, 1, 1), is_year=True)
    return _named_month(text, today)


def _named_month(text: str, today: date) -> Months | None:
    match = _MONTH.search(text)
    if match is None or not 1 <= (month := int(read_number(match["m"]))) <= 12:
        return None
    year = int(match["y"] or (today.year if month <= today.month else today.year - 1))
    return Months(date(year, month, 1))


def _source(text: str) -> str | None:
    """The part of a source by which its items are found."""
    match = _SOURCES.search(text)
    if match is None:
        return None
    who = match["who"] or ""
    note = f"{who}{match['note']}" if _SPECIFIC.search(who) else match["note"]
    return note or match["meeting"] or match["paper"]


def _due(text: str, today: date) -> tuple[date | None, date | None]:
    """The first and the last day of the deadlines asked for."""
    if (within := _WITHIN.search(text)) is not None:
        return today, today + timedelta(days=int(read_number(within["count"])))
    for pattern, name in _SPANS:
        if pattern.search(text):
            return _span(name, today)
    if _BY.search(text):
        return None, read_day(text, today)
    return None, None


def _span(name: str, today: date) -> tuple[date | None, date]:
    sunday = today + timedelta(days=6 - today.weekday())  # a week ends on Sunday
    first = today.replace(day=1)
    month_end = first + timedelta(days=monthrange(today.year, today.month)[1] - 1)
    following = month_end + timedelta(days=1)
    spans: dict[str, tuple[date | None, date]] = {
        "lit": (None, today + timedelta(days=SOON_DAYS)),
        "soon": (today, today + timedelta(days=SOON_DAYS)),
        "today": (today, today),
        "tomorrow": (today + timedelta(days=1), today + timedelta(days=1)),
        "week": (today, sunday),
        "next_week": (sunday + timedelta(days=1), sunday + timedelta(days=7)),
        "month": (today, month_end),
        "next_month": (
            following,
            following.replace(day=monthrange(following.year, following.month)[1]),
        ),
    }
    return spans[name]
