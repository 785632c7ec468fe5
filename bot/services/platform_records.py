"""Ports of what we keep about a real platform: accounts, approvals on the way, to-dos, limits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.approvals import ApprovalRequest
from bot.core.people import OrgId, PersonId
from bot.core.staff_table import Account, Department


class AccountRepository(Protocol):
    """What a platform lists of the people of offices, as it lists it."""

    def replace(
        self, org: OrgId, departments: Sequence[Department], accounts: Sequence[Account]
    ) -> None:
        """Take over a whole list; members that are not in it are kept as not active."""
        ...

    def put(self, account: Account) -> None:
        """Store or replace one member."""
        ...

    def leave(self, people: Collection[PersonId]) -> None:
        """Note that members have left."""
        ...

    def get(self, person: PersonId) -> Account | None:
        """One member, active or not; None if the platform never listed him."""
        ...

    def listing(self, org: OrgId) -> list[Account]:
        """Every member of an office, those who left too, by id."""
        ...

    def departments(self, org: OrgId) -> list[Department]:
        """Every department of an office, by id."""
        ...


@dataclass(frozen=True)
class Filing:
    """An approval on its way to a platform, noted before the call that files it.

    `mark` stands in the form, so that the approval is found again. `tried_at`: of a call that may
    have had its effect; `looked_at`: when the platform was last asked how it stands.
    """

    request: ApprovalRequest
    mark: str
    opened_at: datetime
    tried_at: datetime | None = None
    approval: str | None = None  # the platform's id, once it is known
    looked_at: datetime | None = None


class FilingRepository(Protocol):
    """The intents behind approvals on a real platform."""

    def open(self, filing: Filing) -> Filing:
        """Store a new filing, or return the one of its request's key as it stands, locked."""
        ...

    def get(self, key: str) -> Filing | None:
        """The filing of a request's key, locked until the unit of work ends; None: none."""
        ...

    def put(self, filing: Filing) -> None:
        """Store a changed filing."""
        ...

    def unanswered(self, org: OrgId) -> list[Filing]:
        """The filings of an office whose approval is not known, the oldest first."""
        ...


@dataclass(frozen=True)
class Todo:
    """Something on a person's to-do list; `source` is ours and unique there."""

    source: str
    org: OrgId
    person: PersonId
    subject: str
    due: date | None = None


@dataclass(frozen=True)
class TodoRow:
    """A to-do as we keep it. `task`: the platform's id; None while that is not known."""

    todo: Todo
    task: str | None = None
    done: bool = False
    failures: int = 0
    not_before: datetime | None = None  # of the next try


class TodoRepository(Protocol):
    """What stands on the platform's to-do lists."""

    def get(self, source: str) -> TodoRow | None:
        """The row of a source; None if there is none."""
        ...

    def put(self, row: TodoRow) -> None:
        """Store or replace a row."""
        ...

    def open(self) -> list[TodoRow]:
        """The rows that are not done, of all offices, by source."""
        ...


@dataclass(frozen=True)
class Limit:
    """At most so many in any span of time, exactly: no burst on top of a steady rate."""

    most: int
    span_s: float


class PaceRepository(Protocol):
    """When what has a limit was done; for one name one process comes after the other."""

    def take(self, name: str, limits: Sequence[Limit], now: datetime, count: int = 1) -> float:
        """Note that something is done `count` times now, if all limits let it; else note nothing.

        Returns:
            How long until it fits, in seconds; 0.0: it was noted.
        """
        ...

    def rest(self, name: str, until: datetime) -> None:
        """Let nothing through until then."""
        ...
