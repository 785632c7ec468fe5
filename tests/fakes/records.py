"""What is noted on the side, and what the embedded platform keeps, in memory."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.adapters.postgres.chain import chained, first_break
from bot.core.approvals import Approval, ApprovalState
from bot.core.errors import NotFoundError
from bot.core.messages import Push
from bot.core.people import OrgId
from bot.services.storage import (
    AuditRecord,
    EffectRepeatedError,
    LocalMessage,
)
from tests.fakes.tables import Session


class FakeAuditLog:
    def __init__(self, session: Session) -> None:
        self._session = session

    def append(
        self,
        org: OrgId,
        actor: str,
        action: str,
        subject: str,
        at: datetime,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        table = self._session.tables.audit
        previous = next(reversed(table.values())).chain if table else ""
        number = self._session.next_number("audit")
        record = AuditRecord(number, at, org, actor, action, subject, dict(details or {}))
        table[number] = replace(record, chain=chained(previous, record))

    def listing(self, org: OrgId, limit: int = 200) -> list[AuditRecord]:
        records = self._session.tables.audit.values()
        return [r for r in reversed(records) if r.org == org][:limit]

    def about(self, org: OrgId, subject: str) -> list[AuditRecord]:
        records = self._session.tables.audit.values()
        return [r for r in records if (r.org, r.subject) == (org, subject)]

    def first_break(self) -> int | None:
        return first_break(self._session.tables.audit.values())


class FakeEffectLog:
    def __init__(self, session: Session) -> None:
        self._session = session

    def subject(self, key: str) -> str | None:
        return self._session.tables.effects.get(key)

    def subjects(self, keys: Collection[str]) -> dict[str, str]:
        effects = self._session.tables.effects
        return {key: effects[key] for key in keys if key in effects}

    def has_any(self, turn_key: str) -> bool:
        return any(key.startswith(f"{turn_key}:") for key in self._session.tables.effects)

    def record(self, key: str, subject: str) -> None:
        if key in self._session.tables.effects:
            raise EffectRepeatedError(key=key)
        self._session.tables.effects[key] = subject

    def record_all(self, effects: Mapping[str, str]) -> None:
        for key, subject in effects.items():
            self.record(key, subject)


class FakeApprovalRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, approval: Approval) -> bool:
        if self.by_key(approval.request.key) is not None:
            return False
        self._session.tables.approvals[approval.id] = approval
        return True

    def get(self, approval: str) -> Approval:
        found = self._session.tables.approvals.get(approval)
        if found is None:
            raise NotFoundError("approval_unknown", approval=approval)
        return found

    def by_key(self, key: str) -> Approval | None:
        approvals = self._session.tables.approvals.values()
        return next((a for a in approvals if a.request.key == key), None)

    def update(self, approval: Approval) -> None:
        self.get(approval.id)
        self._session.tables.approvals[approval.id] = approval

    def listing(self, state: ApprovalState | None = None) -> list[Approval]:
        approvals = reversed(self._session.tables.approvals.values())
        return [approval for approval in approvals if state in (None, approval.state)]


class FakeLocalMessageRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, push: Push, at: datetime) -> bool:
        table = self._session.tables.local_messages
        if push.key in table:
            return False
        table[push.key] = LocalMessage(self._session.next_number("local_message"), at, push)
        return True

    def listing(self, to: str) -> list[LocalMessage]:
        messages = self._session.tables.local_messages.values()
        return [message for message in messages if message.push.to == to]


class FakeSettingStore:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: str) -> Any | None:
        stored = self._session.tables.settings.get(key)
        return None if stored is None else json.loads(stored)

    def put(self, key: str, value: Any) -> None:
        self._session.tables.settings[key] = json.dumps(value)

    def keep(self, key: str, value: Any) -> Any:
        return json.loads(self._session.tables.settings.setdefault(key, json.dumps(value)))
