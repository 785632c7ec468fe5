"""The door to all storage ports; `tests/contract/` says what every implementation must do."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from bot.services.card_store import CallRepository, CardRepository, FeedbackRepository
from bot.services.duty_store import DutyRepository
from bot.services.ledgers import (
    LeaveRepository,
    PeopleRepository,
    RuleRepository,
    SupervisionRepository,
)
from bot.services.platform_event_store import PlatformEventRepository
from bot.services.platform_records import (
    AccountRepository,
    FilingRepository,
    PaceRepository,
    TodoRepository,
)
from bot.services.queues import (
    READ,
    REPLY,
    EntryId,
    InboxEntry,
    InboxRepository,
    InboxState,
    OutboxEntry,
    OutboxRepository,
    OutboxState,
)
from bot.services.records import (
    ApprovalRepository,
    AuditLog,
    AuditRecord,
    EffectLog,
    EffectRepeatedError,
    LocalMessage,
    LocalMessageRepository,
    SettingStore,
    UnansweredRepository,
)

__all__ = [
    "READ",
    "REPLY",
    "AccountRepository",
    "ApprovalRepository",
    "AuditLog",
    "AuditRecord",
    "CallRepository",
    "CardRepository",
    "DutyRepository",
    "EffectLog",
    "EffectRepeatedError",
    "EntryId",
    "FeedbackRepository",
    "FilingRepository",
    "InboxEntry",
    "InboxRepository",
    "InboxState",
    "LeaveRepository",
    "LocalMessage",
    "LocalMessageRepository",
    "OutboxEntry",
    "OutboxRepository",
    "OutboxState",
    "PaceRepository",
    "PeopleRepository",
    "PlatformEventRepository",
    "RuleRepository",
    "SettingStore",
    "SupervisionRepository",
    "TodoRepository",
    "UnansweredRepository",
    "UnitOfWork",
    "UnitOfWorkFactory",
]


class UnitOfWork(Protocol):
    """One transaction; leaving the block without `commit` undoes everything."""

    inbox: InboxRepository
    outbox: OutboxRepository
    platform_events: PlatformEventRepository
    leaves: LeaveRepository
    items: SupervisionRepository
    duties: DutyRepository
    people: PeopleRepository
    rules: RuleRepository
    unanswered: UnansweredRepository
    audit: AuditLog
    effects: EffectLog
    approvals: ApprovalRepository
    local_messages: LocalMessageRepository
    settings: SettingStore
    cards: CardRepository
    feedback: FeedbackRepository
    calls: CallRepository
    accounts: AccountRepository
    filings: FilingRepository
    todos: TodoRepository
    paces: PaceRepository

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self, *, durable: bool = True) -> None:
        """Make everything done in the block permanent.

        `durable` False does not wait for the disk: should the machine itself fail, the last such
        blocks may be undone, whole and in order. Only for work that is then simply done again.
        """
        ...


UnitOfWorkFactory = Callable[[], UnitOfWork]
