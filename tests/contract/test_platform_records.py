"""What every storage does with the records about a real platform."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.core.approvals import ApprovalRequest
from bot.core.people import PersonId
from bot.core.staff_table import Account, Department
from bot.services.platform_records import Filing, Todo, TodoRow
from bot.services.storage import UnitOfWorkFactory
from tests.contract.samples import CLERK, NOW, ORG, OTHER_ORG

ANNA = Account(CLERK, "union-1", "张三", "科员", ("3", "1"), ("3",))
BERT = Account(PersonId(f"{ORG}/zz"), "union-2", "李四")
STRANGER = Account(PersonId(f"{OTHER_ORG}/a"), "union-3", "王五")
DEPARTMENTS = (Department("1", "县政府"), Department("3", "秘书科", "1"))
REQUEST = ApprovalRequest("leave:1", ORG, CLERK, "请假", (("天数", "1"),), (BERT.person,))
FILING = Filing(REQUEST, "mark-1", NOW)
TODO = TodoRow(Todo("item:1", ORG, CLERK, "督〔2026〕1号", date(2026, 12, 1)))


def test_accounts_and_departments_come_back_as_they_were(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.accounts.replace(ORG, DEPARTMENTS, [ANNA, BERT])
        uow.commit()

    with new() as uow:
        assert uow.accounts.get(CLERK) == ANNA
        assert uow.accounts.listing(ORG) == [ANNA, BERT]
        assert uow.accounts.departments(ORG) == list(DEPARTMENTS)


def test_who_is_not_in_a_new_list_is_kept_as_a_leaver(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.accounts.replace(OTHER_ORG, DEPARTMENTS, [STRANGER])
        uow.accounts.replace(ORG, DEPARTMENTS, [ANNA, BERT])
        uow.accounts.replace(ORG, DEPARTMENTS[:1], [ANNA])
        uow.commit()

    with new() as uow:
        assert uow.accounts.listing(ORG) == [ANNA, replace(BERT, active=False)]
        assert uow.accounts.departments(ORG) == [DEPARTMENTS[0]]
        assert uow.accounts.listing(OTHER_ORG) == [STRANGER]


def test_one_account_changes_and_one_leaves(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        uow.accounts.replace(ORG, (), [ANNA, BERT])
        uow.accounts.put(replace(ANNA, post="科长"))
        uow.accounts.leave([BERT.person, PersonId("changle/nobody")])
        uow.commit()

    with new() as uow:
        assert uow.accounts.get(CLERK) == replace(ANNA, post="科长")
        assert uow.accounts.get(BERT.person) == replace(BERT, active=False)
        assert uow.accounts.get(STRANGER.person) is None


def test_a_filing_is_opened_once(new: UnitOfWorkFactory) -> None:
    with new() as uow:
        opened = uow.filings.open(FILING)
        again = uow.filings.open(replace(FILING, mark="mark-2"))
        uow.commit()

    assert opened == again == FILING


def test_a_changed_filing_comes_back_whole(new: UnitOfWorkFactory) -> None:
    changed = replace(FILING, tried_at=NOW, approval="p-1", looked_at=NOW + timedelta(hours=1))
    with new() as uow:
        uow.filings.open(FILING)
        uow.filings.put(changed)
        uow.commit()

    with new() as uow:
        assert uow.filings.get(REQUEST.key) == changed
        assert uow.filings.get("leave:2") is None


def test_unanswered_filings_are_those_without_an_approval(new: UnitOfWorkFactory) -> None:
    later = Filing(replace(REQUEST, key="leave:2"), "mark-2", NOW + timedelta(minutes=1))
    answered = Filing(replace(REQUEST, key="leave:3"), "mark-3", NOW, approval="p-3")
    elsewhere = Filing(replace(REQUEST, key="leave:4", org=OTHER_ORG), "mark-4", NOW)
    with new() as uow:
        for filing in (later, FILING, answered, elsewhere):
            uow.filings.open(filing)
        uow.commit()

    with new() as uow:
        assert uow.filings.unanswered(ORG) == [FILING, later]


def test_open_todos_are_those_not_done(new: UnitOfWorkFactory) -> None:
    second = replace(TODO, todo=replace(TODO.todo, source="item:2", due=None))
    tried = replace(second, task="t-2", failures=2, not_before=NOW)
    with new() as uow:
        uow.todos.put(second)
        uow.todos.put(TODO)
        uow.todos.put(tried)
        uow.commit()
    with new() as uow:
        assert uow.todos.open() == [TODO, tried]
        uow.todos.put(replace(TODO, done=True))
        uow.commit()

    with new() as uow:
        assert uow.todos.open() == [tried]
        assert uow.todos.get("item:1") == replace(TODO, done=True)
        assert uow.todos.get("item:9") is None
