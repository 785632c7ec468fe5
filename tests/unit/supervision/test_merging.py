from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.errors import InvalidInputError, NotAllowedError, RefusedError
from bot.core.people import Person, PersonId, Rank, Role
from bot.core.supervision import Item, ItemState, Progress
from bot.core.supervision_merging import merge, unmerge
from bot.core.supervision_parts import open_parts, parts_of
from bot.core.supervision_steps import close, report, require_open
from tests.fakes.clock import FakeClock
from tests.unit.supervision.stage import CHANGLE, sample_item

NOW = FakeClock().now()
OFFICE = Person(
    PersonId("changle/supervisor1"),
    CHANGLE,
    "某人",
    "督查室",
    "督查专员",
    Rank.STAFF,
    frozenset({Role.STAFF, Role.SUPERVISOR}),
)
LEAD = replace(OFFICE, id=PersonId("changle/a"), unit="发展和改革局", roles=frozenset({Role.STAFF}))
ASSISTING = replace(LEAD, id=PersonId("changle/b"), unit="教育和体育局")
MAIN = sample_item(1)
OTHER = replace(
    sample_item(2), lead_unit="财政局", assist_units=("统计局", "教育和体育局"), signed_at=NOW
)


def said(item: Item, person: Person, done: bool = False, percent: int | None = None) -> Item:
    return report(item, person, Progress(NOW, person.id, "进展", percent), done)


def test_a_merged_item_points_to_the_main_one_whose_assisting_units_its_own_become() -> None:
    merged = merge(OTHER, MAIN, OFFICE, NOW)

    assert (merged.item.state, merged.item.merged_into) == (ItemState.CANCELLED, MAIN.number)
    assert merged.item.overdue_days(date(2027, 6, 1)) == 0
    assert merged.main.assist_units == ("教育和体育局", "财政局", "统计局")
    assert merged.main.lead_unit == MAIN.lead_unit


def test_an_item_is_not_merged_into_itself_nor_with_one_that_is_over() -> None:
    with pytest.raises(InvalidInputError, match="merge_same"):
        merge(MAIN, MAIN, OFFICE, NOW)
    for state in (ItemState.CLOSED, ItemState.CANCELLED):
        with pytest.raises(RefusedError, match="item_state"):
            merge(OTHER, replace(MAIN, state=state), OFFICE, NOW)
        with pytest.raises(RefusedError, match="item_state"):
            merge(replace(OTHER, state=state), MAIN, OFFICE, NOW)


def test_whoever_reports_on_a_merged_item_is_told_the_main_one() -> None:
    merged = merge(OTHER, MAIN, OFFICE, NOW).item

    with pytest.raises(RefusedError) as refusal:
        require_open(merged)

    assert (refusal.value.code, refusal.value.details["main"]) == ("item_merged", MAIN.number)


def test_taking_a_merger_back_undoes_it() -> None:
    merged = merge(OTHER, MAIN, OFFICE, NOW)

    back = unmerge(merged.item, merged.main, (), OFFICE)

    assert back.item == OTHER
    assert back.main == MAIN


def test_an_item_that_was_not_signed_for_waits_for_it_again() -> None:
    merged = merge(replace(OTHER, signed_at=None), MAIN, OFFICE, NOW)

    back = unmerge(merged.item, merged.main, (), OFFICE)

    assert back.item.state is ItemState.UNSIGNED


def test_a_unit_that_reported_on_the_main_item_or_came_twice_stays_there() -> None:
    first = merge(OTHER, MAIN, OFFICE, NOW)
    third = replace(sample_item(3), lead_unit="统计局", assist_units=())
    second = merge(third, first.main, OFFICE, NOW)
    reporting = replace(LEAD, unit="财政局", id=PersonId("changle/c"))

    main = said(second.main, reporting)
    back = unmerge(first.item, main, (second.item,), OFFICE)

    assert back.main.assist_units == ("教育和体育局", "财政局", "统计局")


def test_a_merger_is_taken_back_though_the_main_item_is_closed_by_then() -> None:
    merged = merge(OTHER, MAIN, OFFICE, NOW)
    closed = replace(merged.main, state=ItemState.CLOSED)

    back = unmerge(merged.item, closed, (), OFFICE)

    assert (back.item.state, back.main) == (ItemState.WORKING, closed)


def test_only_a_merged_item_can_be_taken_out_and_only_of_its_own_main_one() -> None:
    merged = merge(OTHER, MAIN, OFFICE, NOW)

    for item, main in ((OTHER, MAIN), (merged.item, sample_item(7))):
        with pytest.raises(RefusedError, match="item_not_merged"):
            unmerge(item, main, (), OFFICE)


def test_nobody_but_the_supervision_office_merges_or_takes_back() -> None:
    merged = merge(OTHER, MAIN, OFFICE, NOW)

    with pytest.raises(NotAllowedError, match="supervision_merge_not_allowed"):
        merge(OTHER, MAIN, LEAD, NOW)
    with pytest.raises(NotAllowedError, match="supervision_unmerge_not_allowed"):
        unmerge(merged.item, merged.main, (), LEAD)


def test_the_main_item_shows_what_each_assisting_unit_reports_of_its_part() -> None:
    item = replace(MAIN, assist_units=("教育和体育局", "财政局"))

    item = said(said(item, LEAD, percent=30), ASSISTING, percent=60)

    [education, finance] = parts_of(item)
    assert (education.unit, education.last, education.is_done) == (
        "教育和体育局",
        item.progress[-1],
        False,
    )
    assert (finance.unit, finance.last) == ("财政局", None)
    assert [p.unit for p in item.progress] == ["发展和改革局", "教育和体育局"]


def test_an_assisting_unit_finishes_its_part_and_not_the_item() -> None:
    item = said(MAIN, ASSISTING, done=True)

    assert item.state is ItemState.WORKING
    assert open_parts(item) == ()
    assert open_parts(said(item, ASSISTING)) == ("教育和体育局",)


def test_closing_asks_about_open_parts_and_does_as_it_is_told() -> None:
    with pytest.raises(RefusedError) as refusal:
        close(MAIN, OFFICE, NOW)

    assert refusal.value.code == "item_parts_open"
    assert refusal.value.details["units"] == "教育和体育局"
    assert close(MAIN, OFFICE, NOW, despite_parts=True).state is ItemState.CLOSED
    assert close(said(MAIN, ASSISTING, done=True), OFFICE, NOW).state is ItemState.CLOSED
