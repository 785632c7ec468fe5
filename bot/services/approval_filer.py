"""Approvals filed on a real platform: once, though it has no key that keeps it from twice."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol

from bot.core.approvals import Approval, ApprovalReport, ApprovalRequest, ApprovalState
from bot.core.clock import Clock
from bot.core.errors import OutcomeUnknownError, OutsideServiceError
from bot.core.messages import Message, Push
from bot.core.people import OrgId, PersonId
from bot.core.staff_table import Account
from bot.services.approvals import begin_approval
from bot.services.outside import Texts
from bot.services.platform_records import Filing
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

# A list may lag: what is missing from it sooner proves nothing.
CERTAIN_AFTER = timedelta(seconds=60)
ANSWERED_AFTER = timedelta(seconds=15)  # or never: a call is not waited for any longer
CLOCKS_DIFFER = timedelta(minutes=5)  # between the platform and us, when its list is asked


class ApprovalApi(Protocol):
    """What a platform offers for approvals.

    `acts`: it lets us answer and call off in people's names.

    Raises:
        OutsideServiceError: not done, or not told; OutcomeUnknownError: perhaps done.
    """

    @property
    def acts(self) -> bool: ...

    def body(self, filing: Filing, account: Account | None) -> Mapping[str, Any]:
        """What starts an approval; `account` is the applicant's. Has no effect yet."""
        ...

    def start(self, org: OrgId, body: Mapping[str, Any]) -> str:
        """Start it and return its id."""
        ...

    def search(self, filing: Filing) -> str | None:
        """The first approval that bears the filing's mark, started by its applicant."""
        ...

    def is_of(self, filing: Filing, approval_id: str) -> bool:
        """Whether an approval is the one that a filing meant to start."""
        ...

    def call_off(self, approval: Approval) -> None:
        """Call a running approval off in its applicant's name."""
        ...

    def report(self, approval: Approval) -> ApprovalReport:
        """How an approval stands."""
        ...

    def answer(self, approval: Approval, by: PersonId, agree: bool, reason: str) -> None:
        """Answer in the name of whoever's turn it is."""
        ...


@dataclass(frozen=True)
class ApprovalFiler:
    """The approval side of the port `Platform`, and the `ApprovalCarrier`, for all offices."""

    api: ApprovalApi
    unit_of_work: UnitOfWorkFactory
    clock: Clock
    texts: Texts
    certain_after: timedelta = CERTAIN_AFTER
    new_mark: Callable[[], str] = lambda: secrets.token_hex(6)

    @property
    def acts(self) -> bool:
        """See `ApprovalApi`."""
        return self.api.acts

    def file(self, request: ApprovalRequest) -> str:
        """Start an approval and return its id; one that may run already is looked up first.

        Raises:
            OutsideServiceError: not filed. OutcomeUnknownError: perhaps filed.
        """
        known = self.find(request.key)
        if known is not None:
            return known
        now = self.clock.now()
        with self.unit_of_work() as uow:
            filing = uow.filings.open(Filing(request, self.new_mark(), now))
            account = uow.accounts.get(request.applicant)
            uow.commit()
        body = self.api.body(filing, account)
        self._put(replace(filing, tried_at=now))  # before the call: it may have no answer
        try:
            approval_id = self.api.start(request.org, body)
        except OutcomeUnknownError:
            raise
        except OutsideServiceError:
            self._put(filing)
            raise
        return self._started(filing, approval_id)

    def find(self, key: str) -> str | None:
        """The id of the approval filed under our key; None: certainly none.

        Raises:
            OutcomeUnknownError: it is not listed, but may be soon ("approval_not_listed_yet").
            OutsideServiceError: the list could not be had.
        """
        with self.unit_of_work() as uow:
            filing = uow.filings.get(key)
        if filing is None or filing.tried_at is None:
            return filing.approval if filing else None
        if filing.approval is not None:
            return filing.approval
        found = self.api.search(filing)
        if found is not None:
            return self._started(filing, found)
        if self.clock.now() < filing.tried_at + self.certain_after:
            raise OutcomeUnknownError("approval_not_listed_yet", key=key)
        self._put(replace(filing, tried_at=None))
        return None

    def cancel(self, approval_id: str) -> None:
        """Call a running approval off; a settled one is left alone.

        Where the platform lets only people do that, the applicant is asked to.

        Raises:
            OutsideServiceError: it may still run.
        """
        with self.unit_of_work() as uow:
            approval = uow.approvals.get(approval_id)
        if self.api.acts:
            self._call_off(approval)
        runs_on = not self.api.acts and self.report(approval).state is ApprovalState.RUNNING
        with self.unit_of_work() as uow:
            approval = uow.approvals.get(approval_id)
            if approval.state is ApprovalState.RUNNING:
                uow.approvals.update(replace(approval, state=ApprovalState.CANCELLED))
                if runs_on:
                    self._ask_to_call_off(approval, uow)
                uow.commit()

    def report(self, approval: Approval) -> ApprovalReport:
        """See `ApprovalCarrier.report`."""
        return self.api.report(approval)

    def adopt(self, org: OrgId, approval_id: str) -> bool:
        """See `ApprovalCarrier.adopt`; nobody is asked where nothing is awaited.

        Nor while the call that files it may still be answered: events overtake answers.
        """
        answered_by = self.clock.now() - ANSWERED_AFTER
        with self.unit_of_work() as uow:
            tried = [(filing, filing.tried_at) for filing in uow.filings.unanswered(org)]
        filings = [filing for filing, at in tried if at is not None and at <= answered_by]
        ours = [filing for filing in filings if self.api.is_of(filing, approval_id)]
        for filing in ours:
            self._started(filing, self.api.search(filing) or approval_id)
        return bool(ours)

    def answer(self, approval: Approval, by: PersonId, agree: bool, reason: str) -> None:
        """See `ApprovalCarrier.answer`."""
        self.api.answer(approval, by, agree, reason)

    def _call_off(self, approval: Approval) -> None:
        try:
            self.api.call_off(approval)
        except OutsideServiceError:
            if self.report(approval).state is ApprovalState.RUNNING:
                raise

    def _ask_to_call_off(self, approval: Approval, uow: UnitOfWork) -> None:
        request = approval.request
        words = self.texts.say("channels.call_off_yourself", title=request.title)
        push = Push(f"call-off:{approval.id}", request.org, request.applicant, Message(words))
        uow.outbox.add(push, self.clock.now())

    def _started(self, filing: Filing, approval_id: str) -> str:
        """Note under which id an approval runs; whoever was first is right."""
        with self.unit_of_work() as uow:
            stored = uow.filings.get(filing.request.key) or filing
            if stored.approval is None:
                uow.filings.put(replace(stored, approval=approval_id))
                begin_approval(
                    filing.request, approval_id, uow, self.clock, self.texts, in_chat=self.acts
                )
                uow.commit()
        return stored.approval or approval_id

    def _put(self, filing: Filing) -> None:
        with self.unit_of_work() as uow:
            stored = uow.filings.get(filing.request.key)
            if stored is not None and stored.approval is None:
                uow.filings.put(filing)
                uow.commit()


def marked(filing: Filing) -> str:
    """What stands in the form, so that the approval is found again."""
    return f"{filing.request.key} {filing.mark}"
