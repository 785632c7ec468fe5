"""When an office reminds of its matters: its table, and a default for what the table leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.core.office_hours import OFFICE_HOURS, OfficeHours
from bot.core.procedures import Procedures, Row
from bot.core.supervision import Occasion

REMINDER_TABLE = "supervision_reminders"


class Stage(StrEnum):
    """What a row of the table speaks of."""

    SIGNING = "签收"  # working days after receipt
    AHEAD = "临近到期"  # working days before the deadline, its own day apart
    PROGRESS = "进展"  # of long items, every so many weeks
    UNIT = "单位主要负责人"  # working days overdue until each of these three is told
    OFFICE = "督查室"
    LEADER = "分管领导"
    YELLOW = "黄灯"  # calendar days to the deadline; red is overdue
    HOURS = "工作时间"


ESCALATED = {
    Stage.UNIT: Occasion.ESCALATED_UNIT,
    Stage.OFFICE: Occasion.ESCALATED_OFFICE,
    Stage.LEADER: Occasion.ESCALATED_LEADER,
}
STAGES = {  # which row a reminder rests on; the others rest on the deadline itself
    Occasion.UNSIGNED: Stage.SIGNING,
    Occasion.DUE_SOON: Stage.AHEAD,
    Occasion.PROGRESS_DUE: Stage.PROGRESS,
    **{occasion: stage for stage, occasion in ESCALATED.items()},
}


@dataclass(frozen=True)
class ReminderPlan:
    """The stages of one office; None or an empty tuple switches one off."""

    to_sign: int | None = 1
    ahead: tuple[int, ...] = (3, 1)
    cycle: timedelta | None = timedelta(weeks=2)
    escalations: tuple[tuple[int, Occasion], ...] = (
        (1, Occasion.ESCALATED_UNIT),
        (3, Occasion.ESCALATED_OFFICE),
        (5, Occasion.ESCALATED_LEADER),
    )
    yellow_days: int = 3
    hours: OfficeHours = OFFICE_HOURS
    rows: Mapping[Stage, Row] = field(default_factory=lambda: MappingProxyType({}))

    def row_of(self, occasion: Occasion) -> Row | None:
        """The row of the office's table that a reminder rests on, if there is one."""
        stage = STAGES.get(occasion)
        return self.rows.get(stage) if stage else None


DEFAULT_PLAN = ReminderPlan()


def plan_of(procedures: Procedures) -> ReminderPlan:
    """The plan that an office's table `supervision_reminders` lays down.

    A row with `off: true` switches its stage off; a stage without a row keeps the default.
    """
    rows = {
        stage: row
        for stage in Stage
        if (row := procedures.decide(REMINDER_TABLE, {"stage": stage.value}).row) is not None
    }
    default = DEFAULT_PLAN
    yellow = _amounts(rows.get(Stage.YELLOW), (default.yellow_days,))
    hours = rows.get(Stage.HOURS)
    return ReminderPlan(
        to_sign=_first(_amounts(rows.get(Stage.SIGNING), (default.to_sign,))),
        ahead=tuple(sorted(_amounts(rows.get(Stage.AHEAD), default.ahead), reverse=True)),
        cycle=_cycle(rows.get(Stage.PROGRESS)),
        escalations=_escalations(rows),
        yellow_days=_first(yellow) or 0,
        hours=_hours(hours) if hours else default.hours,
        rows=MappingProxyType(rows),
    )


def _amounts(row: Row | None, default: tuple[int | None, ...]) -> tuple[int, ...]:
    if row is None:
        return tuple(amount for amount in default if amount is not None)
    if row.outcome.get("off"):
        return ()
    listed = row.outcome.get("amounts", [row.outcome.get("amount")])
    return tuple(int(amount) for amount in listed)


def _first(amounts: tuple[int, ...]) -> int | None:
    return amounts[0] if amounts else None


def _cycle(row: Row | None) -> timedelta | None:
    weeks = _first(_amounts(row, (2,)))
    return timedelta(weeks=weeks) if weeks else None


def _escalations(rows: Mapping[Stage, Row]) -> tuple[tuple[int, Occasion], ...]:
    usual = {occasion: count for count, occasion in DEFAULT_PLAN.escalations}
    found = (
        (_first(_amounts(rows.get(stage), (usual[occasion],))), occasion)
        for stage, occasion in ESCALATED.items()
    )
    return tuple((count, occasion) for count, occasion in found if count is not None)


def _hours(row: Row) -> OfficeHours:
    opens, closes = (time.fromisoformat(row.outcome[name]) for name in ("opens", "closes"))
    return OfficeHours(opens, closes)
