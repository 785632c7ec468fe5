"""Supervision (督查督办): one item of the ledger and the states it may take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from bot.core.errors import InvalidInputError, RefusedError
from bot.core.people import OrgId, PersonId
from bot.core.rules import Citation

ItemId = NewType("ItemId", int)


WORK_REPORT = "政府工作报告"  # what it lays down is due by the year's end where the rules say so
YEAR_PLAN = "年初确定"  # the row of the deadline table that says so


class ItemKind(StrEnum):
    """How fast the item must move; the office's table turns it into a deadline."""

    FAST = "速办"
    ORDINARY = "一般"
    LONG = "长期"
    COMPLEX = "复杂"
    OTHER = "其他"


class ItemState(StrEnum):
    """Where an item stands."""

    UNSIGNED = "待签收"
    WORKING = "办理中"
    IN_REVIEW = "待审核"
    CLOSED = "已销号"
    CANCELLED = "已撤销"


NEXT_STATES: dict[ItemState, frozenset[ItemState]] = {
    ItemState.UNSIGNED: frozenset({ItemState.WORKING, ItemState.CANCELLED}),
    # 退回 leads from review back to work: the one way back, and it is an event of its own.
    ItemState.WORKING: frozenset({ItemState.IN_REVIEW, ItemState.CLOSED, ItemState.CANCELLED}),
    ItemState.IN_REVIEW: frozenset({ItemState.WORKING, ItemState.CLOSED, ItemState.CANCELLED}),
    ItemState.CLOSED: frozenset(),
    ItemState.CANCELLED: frozenset(),
}
OPEN_STATES = frozenset(state for state, ways in NEXT_STATES.items() if ways)


def item_number(year: int, serial: int) -> str:
    """The number of an item as the ledger shows it: 督〔2026〕15号."""
    return f"督〔{year}〕{serial}号"


class ItemStateError(RefusedError):
    """The item is not in a state in which this could be done."""

    code = "item_state"


class Occasion(StrEnum):
    """Why a reminder is sent; with the item and its day it is the unique key."""

    ASSIGNED = "assigned"
    UNSIGNED = "unsigned"  # not signed for within a working day
    DUE_SOON = "due_soon"  # 3 and 1 working days before
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"  # every working morning
    PROGRESS_DUE = "progress_due"  # long items, every two weeks
    ESCALATED_UNIT = "escalated_unit"  # to the head of the unit
    ESCALATED_OFFICE = "escalated_office"  # to the supervision office
    ESCALATED_LEADER = "escalated_leader"  # to the leader in charge


@dataclass(frozen=True)
class Reference:
    """A paper or a meeting that is named, never kept: its title, number (文号), day, address."""

    title: str
    number: str = ""
    day: date | None = None
    url: str = ""


@dataclass(frozen=True)
class Progress:
    """One report on an item.

    `percent` is 0..100, None if no figure was given. `unit` is the one it speaks for, `done` that
    this unit's part is; older reports have neither.
    """

    at: datetime
    by: PersonId
    text: str
    percent: int | None = None
    unit: str = ""
    done: bool = False
    references: tuple[Reference, ...] = ()

    def __post_init__(self) -> None:
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise InvalidInputError("progress_percent", percent=self.percent)


@dataclass(frozen=True)
class SentReminder:
    """A reminder that went out, or is on its way; `status` is that of its outbox row.

    `day` is the one it was noted for, which with item, occasion and `to` makes it unique.
    """

    at: datetime
    occasion: Occasion
    to: str
    status: str
    day: date


@dataclass(frozen=True)
class Item:
    """One matter under supervision. Immutable: a change gives a new object."""

    id: ItemId
    org: OrgId
    number: str  # 督〔2026〕15号
    content: str
    source: str
    kind: ItemKind
    lead_unit: str
    registered_unit: bool  # False: 未登记单位, accepted after a confirmation
    assist_units: tuple[str, ...]
    person: PersonId | None  # who answers for it in the lead unit
    supervisor: PersonId  # who watches over it in the supervision office
    leader: PersonId | None  # the leader in charge
    urgent: bool
    assigned_day: date
    deadline: date | None  # None: a long item without an end
    deadline_rule: Citation | None
    state: ItemState
    signed_at: datetime | None = None
    closed_at: datetime | None = None
    extension_to: date | None = None  # asked for, not yet decided
    progress: tuple[Progress, ...] = ()
    links: tuple[Reference, ...] = ()  # the meeting or the papers it comes from
    merged_into: str | None = None  # the main item's number (并案); the state is then 已撤销
    joined_units: tuple[str, ...] = ()  # those that assist the main item because of it
    cycle: int | None = None  # days between the reports of a long item; None: as the table says

    def to(self, state: ItemState) -> Item:
        """The same item in another state.

        Raises:
            ItemStateError: no way leads there.
        """
        if state not in NEXT_STATES[self.state]:
            raise ItemStateError(number=self.number, state=self.state)
        return replace(self, state=state)

    def overdue_days(self, today: date) -> int:
        """Calendar days past the deadline; 0 when in time, closed or without a deadline."""
        if self.deadline is None or self.state not in OPEN_STATES:
            return 0
        return max((today - self.deadline).days, 0)


@dataclass(frozen=True)
class ItemParts:
    """What one sentence says about a new item; None means it does not say."""

    content: str | None = None
    lead_unit: str | None = None
    assist_units: tuple[str, ...] = ()
    kind: ItemKind | None = None
    deadline: date | None = None
    source: str | None = None
    urgent: bool | None = None
    person: str | None = None  # who answers for it, by name
    supervisor: str | None = None  # by name
    assigned_day: date | None = None
    links: tuple[Reference, ...] = ()
    each_of: tuple[str, ...] = ()  # lead units of which each is to have an item of its own
    left_out: tuple[str, ...] = ()  # units like them that the words do not take in
    cycle: int | None = None  # days between the reports that it asks for: 每周报送


@dataclass(frozen=True)
class ItemQuery:
    """What a question about the ledger narrows it to; None and False mean that it does not say.

    `due_from` and `due_to` are both included; `everything` counts closed items in.
    """

    unit: str | None = None
    kind: ItemKind | None = None
    mine: bool = False
    overdue: bool = False
    urgent: bool = False
    due_from: date | None = None
    due_to: date | None = None
    state: ItemState | None = None
    everything: bool = False
    source: str | None = None  # a part of it: 批示, 常务会
    extension_asked: bool = False  # and not decided on yet
    undecided: bool = False  # in review, or with an extension asked for

    def fits(self, item: Item, today: date) -> bool:
        """Whether an item is one of those asked for; `mine` is for the caller to judge."""
        if self.unit not in (None, item.lead_unit, *item.assist_units):
            return False
        if self.kind not in (None, item.kind) or (self.overdue and not item.overdue_days(today)):
            return False
        if self.source is not None and self.source not in item.source:
            return False
        if not self._waits(item):
            return False
        return self._in_state(item) and self._due(item) and (item.urgent or not self.urgent)

    def _waits(self, item: Item) -> bool:
        """Whether an item waits for the decision that is asked for, if one is."""
        asked = item.extension_to is not None
        if self.extension_asked:
            return asked
        return not self.undecided or asked or item.state is ItemState.IN_REVIEW

    def _in_state(self, item: Item) -> bool:
        if self.state is not None:
            return item.state is self.state
        return self.everything or item.state in OPEN_STATES

    def _due(self, item: Item) -> bool:
        if self.due_from is None and self.due_to is None:
            return True
        if item.deadline is None:
            return False
        return (self.due_from or date.min) <= item.deadline <= (self.due_to or date.max)
