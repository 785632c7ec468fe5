"""A platform's list of people that tests may change, or that does not answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.errors import OutsideServiceError
from bot.core.people import OrgId
from bot.core.staff_table import Account, Department, StaffTable


class FakeContacts:
    """One office's people; `silent` is raised instead of an answer."""

    def __init__(self, table: StaffTable, accounts: Sequence[Account] = ()) -> None:
        self.staff_table = table
        self.accounts = list(accounts)
        self.known_departments = [Department("1", table.office.name)]
        self.silent: OutsideServiceError | None = None
        self.asked = 0

    def orgs(self) -> Sequence[OrgId]:
        return [self.staff_table.office.id]

    def table(self, org: OrgId) -> StaffTable:
        return self.staff_table

    def departments(self, org: OrgId) -> list[Department]:
        self._ask()
        return self.known_departments

    def members(self, org: OrgId, departments: Sequence[Department]) -> list[Account]:
        self._ask()
        return list(self.accounts)

    def member(self, org: OrgId, user: str) -> Account | None:
        self._ask()
        return next((account for account in self.accounts if account.user == user), None)

    def _ask(self) -> None:
        self.asked += 1
        if self.silent is not None:
            raise self.silent
