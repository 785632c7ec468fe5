"""The demo month on storage in memory, with the real desks and the true readers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.adapters.chinese.leave_reader import ChineseLeaveReader
from bot.cli.demo import WORK, load, show
from bot.core.clock import OFFICE_TIME
from bot.core.errors import NotFoundError, RefusedError
from bot.core.leave import LeaveState
from bot.core.people import PersonId
from bot.core.supervision import ItemState
from bot.core.supervision_report import Figure
from bot.services.tick import Ticker
from bot.wiring import Wiring
from tests.fakes.desks import CHANGLE, YUNYANG, Desks

IN_NOVEMBER = datetime(2026, 11, 23, 9, tzinfo=OFFICE_TIME)


@pytest.fixture
def wiring() -> Wiring:
    desks = Desks(leave_reader=ChineseLeaveReader())  # type: ignore[arg-type]
    desks.clock.set(IN_NOVEMBER)
    made = desks.wiring()
    ticker = Ticker(
        made.leave_desk,
        made.supervision_desk,
        made.unanswered_desk,
        made.bulletin_desk,
        made.delivery,
        made.approval_desk,
    )
    return replace(made, settable_clock=desks.clock, ticker=ticker)


def test_a_month_is_played_in_all_its_states(wiring: Wiring) -> None:
    period = load(wiring, WORK)

    report = wiring.bulletin_desk.draw_up(CHANGLE, period).report
    assert (period.first, period.last) == (date(2026, 10, 1), date(2026, 10, 31))
    assert {case.item.state for case in report.cases} >= {
        ItemState.WORKING,
        ItemState.IN_REVIEW,
        ItemState.CLOSED,
        ItemState.CANCELLED,
    }
    for figure in set(Figure) - {Figure.UNSIGNED}:
        assert report.count(figure), figure
    assert wiring.bulletin_desk.draw_up(YUNYANG, period).report.count(Figure.UNSIGNED)


def test_the_leaves_of_the_month_were_asked_for_and_approved(wiring: Wiring) -> None:
    load(wiring, WORK)

    leaves = wiring.leave_desk.listing(CHANGLE)
    assert sorted(leave.state for leave in leaves) == [
        LeaveState.OVERDUE,
        LeaveState.RETURNED,
        LeaveState.RETURNED,
    ]


def test_the_clock_goes_on_from_where_it_was(wiring: Wiring) -> None:
    load(wiring, WORK)

    assert wiring.clock.now().date() == IN_NOVEMBER.date()


def test_a_second_time_changes_nothing(wiring: Wiring) -> None:
    first = show(wiring, CHANGLE, load(wiring, WORK))

    assert show(wiring, CHANGLE, load(wiring, WORK)) == first
    assert "督查事项办理情况的通报" in first


def test_other_work_in_the_ledgers_is_left_alone(wiring: Wiring) -> None:
    with wiring.unit_of_work() as uow:
        supervisor = uow.people.person(PersonId("changle/supervisor1"))
    wiring.supervision_desk.register(supervisor, "立项:财政局12月1日前报送方案", "turn")

    with pytest.raises(RefusedError, match="demo_ledger_in_use"):
        load(wiring, WORK)

    assert len(wiring.supervision_desk.listing(CHANGLE)) == 1


def test_a_real_platform_is_never_played_on(wiring: Wiring) -> None:
    with pytest.raises(NotFoundError, match="local_platform_only"):
        load(replace(wiring, settable_clock=None), WORK)
