"""What is kept about a real platform, in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.core.people import OrgId, PersonId
from bot.core.staff_table import Account, Department, org_of
from bot.services.platform_records import Filing, TodoRow
from tests.fakes.tables import Session


class FakeAccountRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def replace(
        self, org: OrgId, departments: Sequence[Department], accounts: Sequence[Account]
    ) -> None:
        self.leave([account.person for account in self.listing(org)])
        for account in accounts:
            self.put(account)
        self._session.tables.departments[org] = tuple(departments)

    def put(self, account: Account) -> None:
        self._session.tables.accounts[account.person] = account

    def leave(self, people: Collection[PersonId]) -> None:
        accounts = self._session.tables.accounts
        for person in people:
            if person in accounts:
                accounts[person] = replace(accounts[person], active=False)

    def get(self, person: PersonId) -> Account | None:
        return self._session.tables.accounts.get(person)

    def listing(self, org: OrgId) -> list[Account]:
        found = [a for a in self._session.tables.accounts.values() if org_of(a.person) == org]
        return sorted(found, key=lambda account: account.person)

    def departments(self, org: OrgId) -> list[Department]:
        return sorted(self._session.tables.departments.get(org, ()), key=lambda each: each.id)


class FakeFilingRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, filing: Filing) -> Filing:
        return self._session.tables.filings.setdefault(filing.request.key, filing)

    def get(self, key: str) -> Filing | None:
        return self._session.tables.filings.get(key)

    def put(self, filing: Filing) -> None:
        self._session.tables.filings[filing.request.key] = filing

    def unanswered(self, org: OrgId) -> list[Filing]:
        filings = self._session.tables.filings.values()
        found = [f for f in filings if f.request.org == org and f.approval is None]
        return sorted(found, key=lambda filing: (filing.opened_at, filing.request.key))


class FakeTodoRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, source: str) -> TodoRow | None:
        return self._session.tables.todos.get(source)

    def put(self, row: TodoRow) -> None:
        self._session.tables.todos[row.todo.source] = row

    def open(self) -> list[TodoRow]:
        found = [row for row in self._session.tables.todos.values() if not row.done]
        return sorted(found, key=lambda row: row.todo.source)
