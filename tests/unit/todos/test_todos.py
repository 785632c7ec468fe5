"""What stands on people's to-do lists follows the ledgers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.adapters.texts import YamlTexts
from bot.core.approvals import Approval, ApprovalState
from bot.core.errors import OutcomeUnknownError, OutsideServiceError, UnreachableError
from bot.core.people import PersonId
from bot.core.supervision import Item, ItemState
from bot.services.todos import CALLS, TodoDesk
from tests.contract.samples import CLERK, DIRECTORY, ITEM, NOW, ORG, OTHER_ORG, REQUEST
from tests.fakes.clock import FakeClock
from tests.fakes.storage import FakeDatabase
from tests.fakes.todo_lists import FakeTodoLists

OWNER, OTHER = (person.id for person in DIRECTORY.people[:2])
MATTER = replace(ITEM, person=OWNER, state=ItemState.UNSIGNED, deadline=date(2026, 12, 1))


class World:
    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.clock = FakeClock()
        self.lists = FakeTodoLists(ORG)
        self.desk = TodoDesk(self.database.unit_of_work, self.clock, self.lists, YamlTexts())
        with self.database.unit_of_work() as uow:
            uow.people.save(DIRECTORY)
            uow.commit()

    def add(self, item: Item) -> None:
        with self.database.unit_of_work() as uow:
            uow.items.add(item, CLERK, NOW)
            uow.commit()

    def update(self, item: Item) -> None:
        with self.database.unit_of_work() as uow:
            uow.items.update(item, "changed", CLERK, NOW)
            uow.commit()

    def ask(self, approval: Approval) -> None:
        with self.database.unit_of_work() as uow:
            if not uow.approvals.add(approval):
                uow.approvals.update(approval)
            uow.commit()

    def open(self) -> list[tuple[PersonId, str]]:
        return [(todo.person, todo.subject) for todo in self.lists.open()]


@pytest.fixture
def world() -> World:
    return World()


def test_who_answers_for_an_item_has_it_on_the_list_once(world: World) -> None:
    world.add(MATTER)

    world.desk.tick()
    world.desk.tick()

    assert world.open() == [(OWNER, f"签收：{MATTER.number} {MATTER.content}")]
    assert world.lists.open()[0].due == date(2026, 12, 1)
    assert world.lists.created == 1


def test_what_the_list_says_follows_the_item(world: World) -> None:
    world.add(MATTER)
    world.desk.tick()

    world.update(replace(MATTER, state=ItemState.WORKING, deadline=date(2026, 12, 9)))
    world.desk.tick()

    assert world.open() == [(OWNER, f"办理：{MATTER.number} {MATTER.content}")]
    assert world.lists.open()[0].due == date(2026, 12, 9)
    assert world.lists.created == 1


def test_an_item_in_review_is_done_and_comes_back_when_it_is_returned(world: World) -> None:
    world.add(replace(MATTER, state=ItemState.WORKING))
    world.desk.tick()

    world.update(replace(MATTER, state=ItemState.IN_REVIEW))
    world.desk.tick()
    assert world.open() == []

    world.update(replace(MATTER, state=ItemState.WORKING))
    world.desk.tick()
    assert len(world.open()) == 1
    assert world.lists.created == 1


def test_an_item_that_passes_to_another_leaves_the_first_list(world: World) -> None:
    world.add(MATTER)
    world.desk.tick()

    world.update(replace(MATTER, person=OTHER))
    world.desk.tick()

    assert [person for person, _ in world.open()] == [OTHER]


def test_an_approver_has_the_request_on_the_list_while_it_is_his_turn(world: World) -> None:
    approval = Approval("p-1", replace(REQUEST, approvers=(OWNER, OTHER)), ApprovalState.RUNNING)
    world.ask(approval)
    world.desk.tick()
    assert world.open() == [(OWNER, f"审批：{REQUEST.title}")]

    world.ask(replace(approval, step=1))
    world.desk.tick()
    assert [person for person, _ in world.open()] == [OTHER]

    world.ask(replace(approval, step=2, state=ApprovalState.AGREED))
    world.desk.tick()
    assert world.open() == []


def test_an_office_without_to_do_lists_is_left_alone(world: World) -> None:
    request = replace(REQUEST, org=OTHER_ORG)
    world.ask(Approval("p-1", request, ApprovalState.RUNNING))

    world.desk.tick()

    assert world.lists.created == 0


def test_what_may_have_been_created_is_looked_up_first(world: World) -> None:
    world.add(MATTER)
    world.lists.troubles = [OutcomeUnknownError("dingtalk_silent")]
    world.desk.tick()

    world.clock.advance(minutes=1)
    world.desk.tick()

    assert world.lists.created == 1
    with world.database.unit_of_work() as uow:
        assert [row.task is not None for row in uow.todos.open()] == [True]


def test_a_failure_is_tried_again_later_and_more_rarely(world: World) -> None:
    world.add(MATTER)
    world.lists.troubles = [OutsideServiceError("dingtalk_down") for _ in range(100)]

    for _ in range(6 * 60):
        world.desk.tick()
        world.clock.advance(minutes=1)

    assert 5 < 100 - len(world.lists.troubles) < 12


def test_one_whom_nobody_reaches_does_not_hold_up_the_others(world: World) -> None:
    world.add(MATTER)
    world.add(replace(MATTER, id=type(MATTER.id)(MATTER.id + 1), number="督〔2026〕77号"))
    world.lists.troubles = [UnreachableError()]

    world.desk.tick()

    assert len(world.open()) == 1


def test_a_silent_platform_is_asked_once_an_office_and_beat(world: World) -> None:
    world.add(MATTER)
    world.add(replace(MATTER, id=type(MATTER.id)(MATTER.id + 1), number="督〔2026〕77号"))
    world.lists.troubles = [OutsideServiceError("dingtalk_down") for _ in range(9)]

    world.desk.tick()

    assert len(world.lists.troubles) == 8


def test_one_beat_makes_no_more_calls_than_it_may(world: World) -> None:
    for n in range(CALLS + 5):
        world.add(replace(MATTER, id=type(MATTER.id)(100 + n), number=f"督〔2026〕{100 + n}号"))

    world.desk.tick()
    assert world.lists.created == CALLS

    world.clock.advance(minutes=1)
    world.desk.tick()
    assert world.lists.created == CALLS + 5


def test_what_was_put_off_is_not_forgotten_when_it_is_no_longer_wanted(world: World) -> None:
    world.add(MATTER)
    world.lists.troubles = [OutcomeUnknownError("dingtalk_silent")]
    world.desk.tick()
    world.update(replace(MATTER, state=ItemState.CANCELLED))

    world.clock.set(world.clock.now() + timedelta(minutes=1))
    world.desk.tick()

    assert world.open() == []
