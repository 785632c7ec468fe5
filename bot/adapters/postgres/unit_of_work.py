"""One transaction of PostgreSQL."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.adapters.postgres.accounts import SqlAccountRepository
from bot.adapters.postgres.approvals import SqlApprovalRepository
from bot.adapters.postgres.audit import SqlAuditLog
from bot.adapters.postgres.cards import (
    SqlCallRepository,
    SqlCardRepository,
    SqlFeedbackRepository,
)
from bot.adapters.postgres.duties import SqlDutyRepository
from bot.adapters.postgres.effects import SqlEffectLog
from bot.adapters.postgres.filings import SqlFilingRepository
from bot.adapters.postgres.inbox import SqlInboxRepository
from bot.adapters.postgres.leaves import SqlLeaveRepository
from bot.adapters.postgres.local_messages import SqlLocalMessageRepository
from bot.adapters.postgres.outbox import SqlOutboxRepository
from bot.adapters.postgres.paces import SqlPaceRepository
from bot.adapters.postgres.people import SqlPeopleRepository
from bot.adapters.postgres.platform_events import SqlPlatformEventRepository
from bot.adapters.postgres.rules import SqlRuleRepository
from bot.adapters.postgres.setting_store import SqlSettingStore
from bot.adapters.postgres.supervision import SqlSupervisionRepository
from bot.adapters.postgres.todos import SqlTodoRepository
from bot.adapters.postgres.unanswered import SqlUnansweredRepository
from bot.core.errors import OutsideServiceError
from bot.services import storage

# Lost connections, timeouts, deadlocks: the same may succeed when it is tried again.
_PASSING = (OperationalError, InterfaceError, PoolTimeoutError)


class DatabaseError(OutsideServiceError):
    """The database did not answer, or not in time; nothing of the block was kept."""

    code = "database"


class SqlUnitOfWork:
    """Repositories on one connection, which lives as long as the block.

    Raises:
        DatabaseError: on entering, within or on leaving the block; trying again may help.
    """

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

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        if self._connection is not None:
            raise RuntimeError("a unit of work within itself")
        try:
            self._connection = self._engine.connect()
        except _PASSING as error:
            raise DatabaseError() from error
        self._open(self._connection)
        return self

    def _open(self, connection: Connection) -> None:
        self.inbox = SqlInboxRepository(connection)
        self.outbox = SqlOutboxRepository(connection)
        self.platform_events = SqlPlatformEventRepository(connection)
        self.leaves = SqlLeaveRepository(connection)
        self.items = SqlSupervisionRepository(connection)
        self.duties = SqlDutyRepository(connection)
        self.people = SqlPeopleRepository(connection)
        self.rules = SqlRuleRepository(connection)
        self.unanswered = SqlUnansweredRepository(connection)
        self.audit = SqlAuditLog(connection)
        self.effects = SqlEffectLog(connection)
        self.approvals = SqlApprovalRepository(connection)
        self.local_messages = SqlLocalMessageRepository(connection)
        self.settings = SqlSettingStore(connection)
        self.cards = SqlCardRepository(connection)
        self.feedback = SqlFeedbackRepository(connection)
        self.calls = SqlCallRepository(connection)
        self.paces = SqlPaceRepository(connection)
        self.accounts = SqlAccountRepository(connection)
        self.filings = SqlFilingRepository(connection)
        self.todos = SqlTodoRepository(connection)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()  # rolls back what was not committed
        if isinstance(error, _PASSING):
            raise DatabaseError() from error

    def commit(self, *, durable: bool = True) -> None:
        if self._connection is None:
            raise RuntimeError("commit outside the unit of work's block")
        if not durable:
            self._connection.execute(text("SET LOCAL synchronous_commit TO off"))
        self._connection.commit()
