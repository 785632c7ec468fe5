"""Storage in memory, with true rollback: the twin of the PostgreSQL adapter.

Several units of work on one `FakeDatabase` see one another's commits:

    database = FakeDatabase()
    desk = LeaveDesk(unit_of_work=database.unit_of_work, ...)
    database.unit_of_work().leaves.listing(ORG)  # outside a block: what is committed
"""

from __future__ import annotations

import threading
from collections import defaultdict
from itertools import count
from types import TracebackType
from typing import Self

from bot.services import storage
from tests.fakes.cards import FakeCallRepository, FakeCardRepository, FakeFeedbackRepository
from tests.fakes.duties import FakeDutyRepository
from tests.fakes.ledgers import (
    FakeLeaveRepository,
    FakePeopleRepository,
    FakeRuleRepository,
    FakeSupervisionRepository,
)
from tests.fakes.paces import FakePaceRepository
from tests.fakes.platform_events import FakePlatformEventRepository
from tests.fakes.platform_records import (
    FakeAccountRepository,
    FakeFilingRepository,
    FakeTodoRepository,
)
from tests.fakes.queues import FakeInboxRepository, FakeOutboxRepository
from tests.fakes.records import (
    FakeApprovalRepository,
    FakeAuditLog,
    FakeEffectLog,
    FakeLocalMessageRepository,
    FakeSettingStore,
)
from tests.fakes.tables import Tables
from tests.fakes.unanswered import FakeUnansweredRepository


class FakeDatabase:
    """What is committed. Units of work follow one another: the next waits for the last to end."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.turn = threading.RLock()
        self._serials: defaultdict[str, count[int]] = defaultdict(lambda: count(1))

    def unit_of_work(self) -> FakeUnitOfWork:
        """A new unit of work: this method is the factory that services are given."""
        return FakeUnitOfWork(self)

    def next_number(self, sequence: str) -> int:
        """The next number of a sequence; never given twice, not even after a rollback."""
        return next(self._serials[sequence])


class FakeUnitOfWork:
    """One transaction on a working copy; `commit` carries what changed into the database."""

    inbox: storage.InboxRepository
    outbox: storage.OutboxRepository
    platform_events: storage.PlatformEventRepository
    leaves: storage.LeaveRepository
    items: storage.SupervisionRepository
    duties: storage.DutyRepository
    people: storage.PeopleRepository
    rules: storage.RuleRepository
    unanswered: storage.UnansweredRepository
    audit: storage.AuditLog
    effects: storage.EffectLog
    approvals: storage.ApprovalRepository
    local_messages: storage.LocalMessageRepository
    settings: storage.SettingStore
    cards: storage.CardRepository
    feedback: storage.FeedbackRepository
    calls: storage.CallRepository
    paces: storage.PaceRepository
    accounts: storage.AccountRepository
    filings: storage.FilingRepository
    todos: storage.TodoRepository

    def __init__(self, database: FakeDatabase | None = None) -> None:
        self.database = database or FakeDatabase()
        self._before: Tables | None = None
        self._working: Tables | None = None
        self.inbox = FakeInboxRepository(self)
        self.outbox = FakeOutboxRepository(self)
        self.platform_events = FakePlatformEventRepository(self)
        self.leaves = FakeLeaveRepository(self)
        self.items = FakeSupervisionRepository(self)
        self.duties = FakeDutyRepository(self)
        self.people = FakePeopleRepository(self)
        self.rules = FakeRuleRepository(self)
        self.unanswered = FakeUnansweredRepository(self)
        self.audit = FakeAuditLog(self)
        self.effects = FakeEffectLog(self)
        self.approvals = FakeApprovalRepository(self)
        self.local_messages = FakeLocalMessageRepository(self)
        self.settings = FakeSettingStore(self)
        self.cards = FakeCardRepository(self)
        self.feedback = FakeFeedbackRepository(self)
        self.calls = FakeCallRepository(self)
        self.paces = FakePaceRepository(self)
        self.accounts = FakeAccountRepository(self)
        self.filings = FakeFilingRepository(self)
        self.todos = FakeTodoRepository(self)

    @property
    def tables(self) -> Tables:
        """The working copy; outside the block a fresh copy of what is committed."""
        return self.database.tables.copy() if self._working is None else self._working

    def next_number(self, sequence: str) -> int:
        return self.database.next_number(sequence)

    def __enter__(self) -> Self:
        self.database.turn.acquire()
        self._begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._before = self._working = None
        self.database.turn.release()

    def commit(self, *, durable: bool = True) -> None:
        if self._before is None or self._working is None:
            raise RuntimeError("commit outside the unit of work's block")
        self.database.tables.take_over(self._before, self._working)
        self._begin()

    def _begin(self) -> None:
        self._before = self.database.tables.copy()
        self._working = self._before.copy()
