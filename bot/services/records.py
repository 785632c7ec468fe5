"""Ports of what is noted on the side, and of what the embedded platform keeps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.core.approvals import Approval, ApprovalState
from bot.core.errors import RefusedError
from bot.core.messages import Push
from bot.core.people import OrgId
from bot.core.rules import AnswerStatus
from bot.core.unanswered import GroupId, GroupState, QuestionGroup, UnansweredQuestion


class UnansweredRepository(Protocol):
    """The unanswered desk: questions as they come, then sorted into groups."""

    def add(
        self, org: OrgId, question: str, status: AnswerStatus, nearest: int | None, at: datetime
    ) -> None:
        """Store a question, to be sorted later."""
        ...

    def listing(self, org: OrgId) -> list[UnansweredQuestion]:
        """Questions of an office, latest first."""
        ...

    def hold(self, org: OrgId) -> None:
        """Let nobody else sort the office's questions until the unit of work ends."""
        ...

    def unsorted(self, org: OrgId) -> list[UnansweredQuestion]:
        """The questions of an office that are in no group, oldest first."""
        ...

    def place(self, question: UnansweredQuestion) -> None:
        """Store a question's group, meaning and text."""
        ...

    def in_groups(self, groups: Sequence[GroupId]) -> dict[GroupId, list[UnansweredQuestion]]:
        """The questions of these groups, oldest first."""
        ...

    def next_group_id(self) -> GroupId:
        """An id that no stored group has."""
        ...

    def add_group(self, group: QuestionGroup) -> None:
        """Store a new group."""
        ...

    def group(self, org: OrgId, group_id: GroupId) -> QuestionGroup:
        """A group of an office, locked until the unit of work ends.

        Raises:
            NotFoundError: the office has none of this id ("unanswered_unknown").
        """
        ...

    def update_group(self, group: QuestionGroup) -> None:
        """Store a changed group."""
        ...

    def groups(self, org: OrgId, states: Sequence[GroupState] = ()) -> list[QuestionGroup]:
        """The groups of an office in these states (none named: in all), oldest first."""
        ...


@dataclass(frozen=True)
class AuditRecord:
    """One audit row; `chain` is the SM3 of the previous row's chain and this row's content, hex."""

    id: int
    at: datetime
    org: OrgId
    actor: str
    action: str
    subject: str
    details: Mapping[str, Any] = field(default_factory=dict)
    chain: str = ""


class AuditLog(Protocol):
    """Append-only record of who did what; never message text."""

    def append(
        self,
        org: OrgId,
        actor: str,
        action: str,
        subject: str,
        at: datetime,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a row to the chain."""
        ...

    def listing(self, org: OrgId, limit: int = 200) -> list[AuditRecord]:
        """Rows of an office, latest first."""
        ...

    def about(self, org: OrgId, subject: str) -> list[AuditRecord]:
        """Rows of an office about one subject ("leave:17"), oldest first."""
        ...

    def first_break(self) -> int | None:
        """The id of the first row that does not follow from the one before; None: all whole."""
        ...


class EffectRepeatedError(RefusedError):
    """A turn tried to have the same effect twice."""

    code = "effect_repeated"


class EffectLog(Protocol):
    """What a turn has already done, so that a turn that is repeated does nothing twice."""

    def subject(self, key: str) -> str | None:
        """What the effect `key` ("<turn>:<action>") made; None if it has not happened."""
        ...

    def subjects(self, keys: Collection[str]) -> dict[str, str]:
        """As `subject`, of many effects at once; those that have not happened are left out."""
        ...

    def has_any(self, turn_key: str) -> bool:
        """Whether a turn has had any effect."""
        ...

    def record(self, key: str, subject: str) -> None:
        """Note an effect in the transaction that has it.

        Raises:
            EffectRepeatedError: the effect is noted already, perhaps by a turn that ran beside
                this one; everything done in the block must go.
        """
        ...

    def record_all(self, effects: Mapping[str, str]) -> None:
        """As `record`, of many effects at once, subjects by key; raises as that does."""
        ...


class ApprovalRepository(Protocol):
    """Approvals that the embedded platform carries itself."""

    def add(self, approval: Approval) -> bool:
        """Store a new approval; False: there is one for its request's key already."""
        ...

    def get(self, approval: str) -> Approval:
        """Return an approval by its id, locked until the unit of work ends.

        Raises:
            NotFoundError: there is none (code "approval_unknown").
        """
        ...

    def by_key(self, key: str) -> Approval | None:
        """The approval of a request's key; None if there is none."""
        ...

    def update(self, approval: Approval) -> None:
        """Store a changed approval."""
        ...

    def listing(self, state: ApprovalState | None = None) -> list[Approval]:
        """All approvals, or those in a state, latest first."""
        ...


@dataclass(frozen=True)
class LocalMessage:
    """A push as the embedded platform delivered it."""

    id: int
    at: datetime
    push: Push


class LocalMessageRepository(Protocol):
    """What the embedded platform delivered to people and groups."""

    def add(self, push: Push, at: datetime) -> bool:
        """Deliver a push; False: one with its key was delivered before, and it stays single."""
        ...

    def listing(self, to: str) -> list[LocalMessage]:
        """What a person or a group got, oldest first."""
        ...


class SettingStore(Protocol):
    """A few values that every process of the installation shares, such as the local clock."""

    def get(self, key: str) -> Any | None:
        """The value of a key as plain JSON; None if it was never put."""
        ...

    def put(self, key: str, value: Any) -> None:
        """Store or replace a value that JSON can hold."""
        ...

    def keep(self, key: str, value: Any) -> Any:
        """Store a value unless there is one, and return the one that is there.

        Of processes that start side by side all get the same.
        """
        ...
