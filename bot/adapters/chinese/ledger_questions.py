"""What a question about the ledger narrows it to."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.adapters.chinese.dates import read_day
from bot.adapters.chinese.numerals import NUMBER, read_number
from bot.adapters.chinese.unit_names import find_units
from bot.core.people import Directory
from bot.core.supervision import ItemKind, ItemQuery, ItemState

SOON_DAYS = 3

_OVERDUE = re.compile(r"超期|逾期|过期|超时|红灯|红牌|拖着|没有?按时|未按时|到期没办|到期未办")
_MINE = re.compile(
    r"我的|我们?(?:局|单位|镇|街道|科|处|办|这边|手上|手里)|我有|我分管|我联系|我承办|我该|我负责|我要办"
)
_EVERYTHING = re.compile(r"全部|所有|历史|累计")
_URGENT = re.compile(r"紧急|急件|特急|加急")
_VAGUE = frozenset({ItemKind.ORDINARY, ItemKind.OTHER})  # also everyday words
_STATES = (
    (re.compile(r"(?:未|没有?|待|还没|尚未)签收"), ItemState.UNSIGNED),
    (re.compile(r"待审核|待销号|等着?(?:审核|销号)|申请办结|申请销号"), ItemState.IN_REVIEW),
    (re.compile(r"(?:已经?|都)?撤销(?:的|了)"), ItemState.CANCELLED),
    (
        re.compile(r"(?:已经?|都)(?:销号|办结|办完|完成)|销了号|销号的|办结的|办完的"),
        ItemState.CLOSED,
    ),
    (re.compile(r"办理中|正在办|在办"), ItemState.WORKING),
)
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
    units = find_units(text, directory)
    listed = [mention.name for mention in units if directory.unit(mention.name)]
    return ItemQuery(
        kind=next((kind for kind in ItemKind if kind in text and kind not in _VAGUE), None),
        unit=listed[0] if listed else None,
        mine=bool(_MINE.search(text)),
        overdue=bool(_OVERDUE.search(text)),
        urgent=bool(_URGENT.search(text)),
        due_from=due_from,
        due_to=due_to,
        state=next((state for pattern, state in _STATES if pattern.search(text)), None),
        everything=bool(_EVERYTHING.search(text)),
    )


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
