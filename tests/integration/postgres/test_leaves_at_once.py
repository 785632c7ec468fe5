"""What happens to leaves at the same moment, on two devices or by two people."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from bot.core.errors import RefusedError
from bot.core.leave import Leave, LeaveState, LeaveStateError
from bot.core.leave_links import WAITING
from bot.services.leave import LeaveDesk
from bot.services.leave_cases import approval_key
from bot.services.storage import EffectRepeatedError, UnitOfWorkFactory
from tests.integration.postgres.test_concurrency import side_by_side
from tests.unit.leave.stage import Stage, directory, person, thread

USER = person("changle/staff1")
APPROVER, HEAD = person("changle/section_chief").id, person("changle/head").id
LEAVE = "12月1日至3日年休假"


@pytest.fixture
def stage() -> Stage:
    return Stage(orgs=())


@pytest.fixture
def desk(stage: Stage, unit_of_work_factory: UnitOfWorkFactory) -> LeaveDesk:
    with unit_of_work_factory() as uow:
        uow.people.save(directory("changle"))
        uow.commit()
    return replace(stage.desk, unit_of_work=unit_of_work_factory)


def filed(desk: LeaveDesk, turn: str = "t1") -> Leave:
    desk.draft(USER, thread(USER.id), LEAVE)
    leave = desk.confirm(USER, thread(USER.id), turn)
    desk.filed(approval_key(leave.id), f"approval-{leave.id}")
    return leave


def granted(desk: LeaveDesk) -> Leave:
    return desk.settle(approval_key(filed(desk).id), True, HEAD)


def state_of(desk: LeaveDesk, leave: Leave) -> LeaveState:
    return next(found.state for found in desk.listing(leave.org) if found.id == leave.id)


def test_a_draft_confirmed_on_eight_devices_is_filed_once(desk: LeaveDesk) -> None:
    desk.draft(USER, thread(USER.id), LEAVE)

    def confirm(number: int) -> str:
        try:
            desk.confirm(USER, thread(USER.id), f"turn{number}")
        except RefusedError as error:
            return error.code
        return "filed"

    answers = side_by_side(8, confirm)

    assert sorted(answers) == ["filed"] + ["leave_draft_none"] * 7
    assert len(desk.listing(USER.org)) == 1


def test_a_turn_that_is_worked_twice_at_once_files_once(desk: LeaveDesk) -> None:
    desk.draft(USER, thread(USER.id), LEAVE)

    def confirm(_: int) -> bool:
        try:
            desk.confirm(USER, thread(USER.id), "the same turn")
        except (RefusedError, EffectRepeatedError):
            return False
        return True

    side_by_side(4, confirm)

    assert len(desk.listing(USER.org)) == 1


def test_of_answers_at_once_one_holds(desk: LeaveDesk) -> None:
    leave = filed(desk)

    def answer(number: int) -> LeaveState:
        return desk.settle(approval_key(leave.id), number % 2 == 0, HEAD).state

    states = side_by_side(6, answer)

    assert len(set(states)) == 1
    with desk.unit_of_work() as uow:
        events = uow.leaves.events([leave.id])[leave.id]
    decided = [event for event in events if event.state in (states[0],)]
    assert len(decided) == 1


def test_two_devices_that_change_one_leave_file_one_change(desk: LeaveDesk) -> None:
    old = granted(desk)
    for number in range(4):
        desk.begin_change(USER, old.id, f"device{number}", "推迟一天")

    def confirm(number: int) -> str:
        try:
            desk.confirm(USER, f"device{number}", f"turn{number}")
        except RefusedError as error:
            return error.code
        return "filed"

    answers = side_by_side(4, confirm)

    assert sorted(answers) == ["change_waiting"] * 3 + ["filed"]
    waiting = [leave for leave in desk.listing(old.org) if leave.state in WAITING]
    assert [leave.replaces for leave in waiting] == [old.id]


@pytest.mark.parametrize("attempt", range(3))
def test_an_approval_that_meets_a_withdrawal_ends_in_one_of_both(
    desk: LeaveDesk, attempt: int
) -> None:
    old = granted(desk)
    desk.begin_extension(USER, old.id, thread(USER.id), "续假一天")
    new = desk.confirm(USER, thread(USER.id), "t2")
    work = (
        lambda: desk.settle(approval_key(new.id), True, HEAD),
        lambda: desk.withdraw(USER, old.id, "t3"),
        lambda: desk.withdraw(USER, new.id, "t4"),
        desk.tick,
    )

    def act(number: int) -> None:
        with suppress(LeaveStateError):  # what is withdrawn already is not withdrawn again
            work[(number + attempt) % len(work)]()

    side_by_side(4, act)

    assert (state_of(desk, old), state_of(desk, new)) == (
        LeaveState.WITHDRAWN,
        LeaveState.WITHDRAWN,
    )


def test_a_return_meets_the_approval_of_an_extension(stage: Stage, desk: LeaveDesk) -> None:
    old = granted(desk)
    stage.go_to(date(2026, 12, 3))
    desk.tick()
    desk.begin_extension(USER, old.id, thread(USER.id), "续假一天")
    new = desk.confirm(USER, thread(USER.id), "t2")
    work = (
        lambda: desk.settle(approval_key(new.id), True, HEAD),
        lambda: desk.return_from(USER, old.id, "t3"),
        desk.tick,
    )

    side_by_side(3, lambda number: work[number]())

    assert state_of(desk, old) is LeaveState.RETURNED
    assert state_of(desk, new) is LeaveState.WITHDRAWN


def test_the_approval_of_a_change_meets_that_of_what_it_replaces(desk: LeaveDesk) -> None:
    old = filed(desk)
    desk.begin_change(USER, old.id, thread(USER.id), "推迟一天")
    new = desk.confirm(USER, thread(USER.id), "t2")

    side_by_side(2, lambda n: desk.settle(approval_key((old, new)[n].id), True, APPROVER))

    assert (state_of(desk, old), state_of(desk, new)) == (
        LeaveState.WITHDRAWN,
        LeaveState.APPROVED,
    )
