"""A platform's accounts in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.adapters.postgres.codec import load, to_row
from bot.adapters.postgres.platform_tables import account as account_table
from bot.adapters.postgres.platform_tables import department
from bot.core.people import OrgId, PersonId
from bot.core.staff_table import Account, Department, org_of


class SqlAccountRepository:
    """Members and departments as a platform lists them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace(
        self, org: OrgId, departments: Sequence[Department], accounts: Sequence[Account]
    ) -> None:
        table = account_table
        gone = update(table).where(table.c.org == org).values(active=False)
        self._connection.execute(gone)
        if accounts:
            self._put(accounts)
        self._connection.execute(delete(department).where(department.c.org == org))
        rows = [to_row(each) | {"org": org} for each in departments]
        if rows:
            self._connection.execute(insert(department), rows)

    def put(self, account: Account) -> None:
        self._put([account])

    def _put(self, accounts: Sequence[Account]) -> None:
        rows = [to_row(account) | {"org": org_of(account.person)} for account in accounts]
        new = upsert(account_table)
        stored = new.on_conflict_do_update(
            index_elements=["person"], set_={name: new.excluded[name] for name in rows[0]}
        )
        self._connection.execute(stored, rows)

    def leave(self, people: Collection[PersonId]) -> None:
        table = account_table
        gone = update(table).where(table.c.person.in_(people)).values(active=False)
        self._connection.execute(gone)

    def get(self, person: PersonId) -> Account | None:
        wanted = select(account_table).where(account_table.c.person == person)
        row = self._connection.execute(wanted).mappings().one_or_none()
        return None if row is None else load(Account, row)

    def listing(self, org: OrgId) -> list[Account]:
        table = account_table
        wanted = select(table).where(table.c.org == org).order_by(table.c.person)
        return [load(Account, row) for row in self._connection.execute(wanted).mappings()]

    def departments(self, org: OrgId) -> list[Department]:
        wanted = select(department).where(department.c.org == org).order_by(department.c.id)
        return [load(Department, row) for row in self._connection.execute(wanted).mappings()]
