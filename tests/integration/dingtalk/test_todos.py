"""To-do lists over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.adapters.dingtalk.platform import DingTalkLine
from bot.adapters.dingtalk.todos import DingTalkTodos
from bot.core.errors import OutcomeUnknownError, OutsideServiceError, UnreachableError
from bot.core.people import PersonId
from bot.core.staff_table import Account
from bot.services.platform_records import Todo
from tests.fakes.dingtalk.process import StandIn
from tests.fakes.storage import FakeDatabase
from tests.integration.dingtalk.offices import ORG, config_of

STAFF = PersonId("changle/staff1")
TODO = Todo("guiju-changle-1-20261123-staff1", ORG, STAFF, "办理：督〔2026〕1号", date(2026, 12, 1))


@pytest.fixture
def todos(stand_in: StandIn) -> Iterator[DingTalkTodos]:
    database = FakeDatabase()
    with database.unit_of_work() as uow:
        uow.accounts.put(Account(STAFF, "union-staff1", "卞北辰"))
        uow.commit()
    line = DingTalkLine([config_of(stand_in)], lambda org, channel, api: None)
    yield DingTalkTodos(line.clients, line.loop, database.unit_of_work)
    line.close()


def test_a_to_do_stands_on_its_persons_list_and_is_found_by_its_source(
    stand_in: StandIn, todos: DingTalkTodos
) -> None:
    task = todos.create(TODO)

    [shown] = stand_in.ask("todos")
    assert (shown["owner"], shown["executorIds"]) == ("union-staff1", ["union-staff1"])
    assert shown["dueTime"] == 1796117400000  # 1 December 2026, 17:30 in the office
    assert todos.find(TODO) == task


def test_a_to_do_that_is_not_there_is_not_found(todos: DingTalkTodos) -> None:
    assert todos.find(TODO) is None


def test_the_same_source_is_the_same_to_do(stand_in: StandIn, todos: DingTalkTodos) -> None:
    assert todos.create(TODO) == todos.create(TODO)
    assert len(stand_in.ask("todos")) == 1


def test_a_to_do_is_done_and_opened_again(stand_in: StandIn, todos: DingTalkTodos) -> None:
    task = todos.create(TODO)

    todos.change(TODO, task, done=True)
    assert stand_in.ask("todos")[0]["done"] is True

    todos.change(TODO, task, done=False)
    assert stand_in.ask("todos")[0]["done"] is False


def test_what_may_have_been_created_is_said_to_be_unknown(
    stand_in: StandIn, todos: DingTalkTodos
) -> None:
    stand_in.plan({"fault": "error_after", "path": "/v1.0/todo"})

    with pytest.raises(OutcomeUnknownError):
        todos.create(TODO)

    assert todos.find(TODO) is not None


def test_what_is_gone_is_done_but_cannot_be_opened(todos: DingTalkTodos) -> None:
    todos.change(TODO, "nothing", done=True)

    with pytest.raises(OutsideServiceError):
        todos.change(TODO, "nothing", done=False)


def test_somebody_without_an_account_is_out_of_reach(todos: DingTalkTodos) -> None:
    stranger = Todo("s", ORG, PersonId("changle/nobody"), "x")

    with pytest.raises(UnreachableError):
        todos.create(stranger)


def test_a_missing_permission_is_no_missing_to_do(stand_in: StandIn, todos: DingTalkTodos) -> None:
    stand_in.order("denied", ["Todo.Todo.Read"])

    with pytest.raises(OutsideServiceError) as refusal:
        todos.find(TODO)

    assert refusal.value.code == "dingtalk_permission"
