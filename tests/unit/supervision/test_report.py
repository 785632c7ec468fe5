"""Figures of a bulletin, each by the items behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from bot.core.clock import OFFICE_TIME
from bot.core.errors import InvalidInputError
from bot.core.supervision import Item, ItemId, ItemState
from bot.core.supervision_history import ItemEvent, ItemHistory
from bot.core.supervision_report import Figure, Period, Report, month_period, report_on, year_period
from tests.contract.samples import ITEM

STATES = {
    "registered": ItemState.UNSIGNED,
    "finished": ItemState.IN_REVIEW,
    "closed": ItemState.CLOSED,
    "cancelled": ItemState.CANCELLED,
    "merged": ItemState.CANCELLED,
}
NOVEMBER = date(2026, 11, 1)
IN_DECEMBER = datetime(2026, 12, 7, 9, tzinfo=OFFICE_TIME)
YELLOW_DAYS = 3


def day(text: str) -> date:
    month, _, number = text.partition("-")
    return date(2026, int(month), int(number))


def history(
    deadline: str | None, number: int = 1, unit: str = "财政局", **days: str
) -> ItemHistory:
    """An item told by its days; the second event of a kind ends in 2, `>` moves the deadline."""
    due, moved = (day(deadline) if deadline else None), None
    events = []
    for name, said in days.items():
        event = name.rstrip("2")
        when, _, to = said.partition(">")
        moved = day(to) if to else moved
        at = datetime.combine(day(when), time(10), OFFICE_TIME)
        state = STATES.get(event, ItemState.WORKING)
        events.append(ItemEvent(event, at, None, state, moved or due))
    last = events[-1]
    item: Item = replace(
        ITEM,
        id=ItemId(number),
        number=f"督〔2026〕{number}号",
        lead_unit=unit,
        assigned_day=events[0].at.date(),
        deadline=last.deadline,
        state=last.state,
        closed_at=last.at if last.state is ItemState.CLOSED else None,
        progress=(),
    )
    return ItemHistory(item, tuple(events))


def report(*told: ItemHistory, month: date = NOVEMBER, now: datetime = IN_DECEMBER) -> Report:
    return report_on(told, month_period(month, now), YELLOW_DAYS)


def figures(told: ItemHistory, **when: Any) -> set[Figure]:
    cases = report(told, **when).cases
    return set(cases[0].figures) if cases else set()


def test_what_is_closed_after_an_application_by_the_deadline_is_in_time() -> None:
    told = history("11-20", registered="11-2", signed="11-3", finished="11-20", closed="11-24")

    assert figures(told) == {
        Figure.ASSIGNED,
        Figure.DUE,
        Figure.DUE_DONE,
        Figure.DUE_IN_TIME,
        Figure.DONE,
        Figure.IN_TIME,
    }


def test_the_last_application_counts_when_one_was_sent_back() -> None:
    told = history(
        "11-20",
        registered="11-2",
        finished="11-19",
        sent_back="11-23",
        finished2="11-25",
        closed="11-26",
    )

    assert {Figure.SENT_BACK, Figure.DONE, Figure.LATE, Figure.DUE_DONE} <= figures(told)
    assert Figure.IN_TIME not in figures(told)


def test_an_application_that_was_sent_back_counts_no_more_when_the_item_is_closed_at_last() -> None:
    told = history("11-20", registered="11-2", finished="11-19", sent_back="11-23", closed="11-26")

    assert Figure.LATE in figures(told)
    assert Figure.LATE in figures(history("11-20", registered="11-2", closed="11-23"))


def test_an_item_that_was_extended_is_held_to_its_new_deadline() -> None:
    told = history(
        "11-20", registered="11-2", extended="11-18>11-30", finished="11-28", closed="11-30"
    )

    assert {Figure.EXTENDED, Figure.IN_TIME, Figure.DUE_IN_TIME} <= figures(told)


def test_a_deadline_that_moved_after_the_month_does_not_undo_that_it_was_overdue() -> None:
    told = history("11-20", registered="11-2", extended="12-3>12-20")

    [case] = report(told).cases

    assert Figure.OVERDUE in case.figures
    assert case.overdue_days == 11
    assert Figure.EXTENDED not in case.figures


def test_a_deadline_on_the_last_day_of_a_month_that_is_over_has_passed() -> None:
    told = history("11-30", registered="11-2")

    assert Figure.OVERDUE in figures(told)
    assert Figure.OVERDUE not in figures(told, now=datetime(2026, 11, 30, 18, tzinfo=OFFICE_TIME))


def test_what_waits_for_review_since_its_deadline_is_not_overdue() -> None:
    in_time = history("11-20", registered="11-2", finished="11-20")
    late = history("11-20", registered="11-2", finished="11-23")

    assert figures(in_time) >= {Figure.IN_REVIEW, Figure.OPEN, Figure.DUE}
    assert Figure.OVERDUE not in figures(in_time)
    assert {Figure.IN_REVIEW, Figure.OVERDUE} <= figures(late)


def test_yellow_ends_where_red_begins() -> None:
    assert Figure.NEARING in figures(history("12-1", registered="11-2"))
    assert Figure.NEARING in figures(history("12-4", registered="11-2"))
    assert Figure.NEARING not in figures(history("12-5", registered="11-2"))
    assert Figure.NEARING not in figures(history("11-30", registered="11-2"))


def test_an_item_without_a_deadline_is_neither_due_nor_in_time() -> None:
    told = history(None, registered="11-2", finished="11-20", closed="11-20")

    assert figures(told) == {Figure.ASSIGNED, Figure.DONE}


@pytest.mark.parametrize("event", ["cancelled", "merged"])
def test_what_was_taken_back_is_counted_as_that_alone(event: str) -> None:
    days = {"registered": "11-2", event: "11-10"}
    told = history("11-20", 1, "财政局", **days)

    assert figures(told) == {Figure.CANCELLED}
    assert figures(told, month=date(2026, 12, 1)) == set()


def test_what_happened_after_the_period_is_unknown_to_it() -> None:
    told = history("12-20", registered="11-2", signed="12-1", finished="12-2", closed="12-3")

    assert figures(told) == {Figure.ASSIGNED, Figure.OPEN, Figure.UNSIGNED}
    assert figures(told, month=date(2026, 10, 1)) == set()


def test_every_due_item_is_done_waiting_or_overdue() -> None:
    told = [
        history("11-10", 1, registered="11-2", finished="11-9", closed="11-12"),
        history("11-10", 2, registered="11-2", finished="11-9"),
        history("11-10", 3, registered="11-2", finished="11-19"),
        history("11-10", 4, registered="11-2"),
        history("11-30", 5, registered="11-2"),
    ]

    found = report(*told)

    waiting = {c.item.id for c in found.of(Figure.IN_REVIEW)} - {
        c.item.id for c in found.of(Figure.OVERDUE)
    }
    parts = found.count(Figure.DUE_DONE) + len(waiting) + found.count(Figure.OVERDUE)
    assert parts == found.count(Figure.DUE) == 5


def test_units_come_with_the_best_first_and_those_with_nothing_due_last() -> None:
    told = [
        history("11-20", 1, "甲局", registered="11-2", finished="11-23", closed="11-24"),
        history("11-20", 2, "乙局", registered="11-2", finished="11-19", closed="11-24"),
        history("12-20", 3, "丙局", registered="11-2"),
        history("11-20", 4, "丁局", registered="11-2"),
    ]

    found = report(*told)

    assert found.units == ("乙局", "甲局", "丁局", "丙局")
    assert [found.rate(Figure.DUE_DONE, unit) for unit in found.units] == [1.0, 1.0, 0.0, None]
    assert [case.item.id for case in found.of(Figure.DUE, "丁局")] == [4]


def test_a_unit_whose_only_matter_was_taken_back_is_not_told_of() -> None:
    assert report(history("11-20", registered="11-2", cancelled="11-10")).units == ()


def test_the_figures_of_the_units_add_up() -> None:
    told = [
        history("11-20", n, unit, registered="11-2", finished="11-18", closed="11-24")
        for n, unit in enumerate(["甲局", "乙局", "乙局"], start=1)
    ]

    found = report(*told)

    for figure in Figure:
        assert sum(found.count(figure, unit) for unit in found.units) == found.count(figure)


def test_a_month_that_runs_is_told_until_now() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=OFFICE_TIME)

    running = month_period(NOVEMBER, now)

    assert (running.last, running.seen_on, running.is_over) == (day("11-23"), day("11-23"), False)
    assert running.previous(now) == Period(
        date(2026, 10, 1), date(2026, 10, 31), datetime(2026, 11, 1, tzinfo=OFFICE_TIME)
    )
    assert year_period(2026, now).previous(now).first == date(2025, 1, 1)


def test_a_month_that_has_not_begun_has_no_report() -> None:
    with pytest.raises(InvalidInputError, match="report_period_ahead"):
        month_period(date(2026, 12, 1), datetime(2026, 11, 30, 23, tzinfo=OFFICE_TIME))
