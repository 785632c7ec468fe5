"""Approvals that a real platform carries: told by events, and looked at where those get lost."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.approvals import Approval, ApprovalReport, ApprovalState
from bot.core.errors import NotAllowedError, NotFoundError, OutcomeUnknownError, OutsideServiceError
from bot.core.people import OrgId, PersonId
from bot.core.platform_events import PlatformEvent
from bot.services.approvals import ApprovalDesk, ask_next_approver
from bot.services.platform_records import Filing

logger = logging.getLogger(__name__)

# Events overtake the answer that tells an approval's id, and are nobody's when they come.
FIRST = timedelta(seconds=30)  # from the filing to the first look
SOON = timedelta(minutes=10)  # between two looks at an approval of which nothing is heard
LATE = timedelta(hours=6)  # the same, of one that has waited long
SHARE = 6  # one look in a sixth of the time that it has waited: each costs a call of the month's
LOOKS = 20  # in one beat


class ApprovalCarrier(Protocol):
    """The platform's side of approvals."""

    @property
    def acts(self) -> bool:
        """Whether it lets us answer in people's names; otherwise they do so there themselves."""
        ...

    def report(self, approval: Approval) -> ApprovalReport:
        """How an approval stands.

        Raises:
            OutsideServiceError: the platform did not tell.
        """
        ...

    def adopt(self, org: OrgId, approval_id: str) -> bool:
        """Take an approval for ours that we filed without hearing its id; False: it is not ours.

        Raises:
            OutsideServiceError: the platform did not tell.
        """
        ...

    def answer(self, approval: Approval, by: PersonId, agree: bool, reason: str) -> None:
        """Answer in the name of whoever's turn it is.

        Raises:
            OutsideServiceError: not done; OutcomeUnknownError: perhaps done.
        """
        ...


@dataclass(frozen=True)
class CarriedApprovals(ApprovalDesk):
    """Takes over what the platform tells; answers given in chat go to the platform first."""

    carrier: ApprovalCarrier

    def take(self, event: PlatformEvent) -> None:
        """Follow an event about approvals; see `refresh`."""
        for approval_id in event.subjects:
            self.refresh(event.org, approval_id)

    def refresh(self, org: OrgId, approval_id: str) -> None:
        """Look at an approval of which an event told; one that is not ours is left alone.

        Raises:
            OutsideServiceError: the platform did not tell.
        """
        approval = self._known(approval_id)
        if approval is None and self.carrier.adopt(org, approval_id):
            approval = self._known(approval_id)
        if approval is not None:
            self._look_at(approval)

    def reconcile(self) -> None:
        """Look at those that are still awaited, whether or not an event told of them."""
        self.hand_on_results()
        due = [approval for approval in self._awaited() if self._is_due(approval)]
        silent: set[OrgId] = set()
        for approval in due[:LOOKS]:
            if approval.request.org in silent:
                continue
            try:
                self._look_at(approval)
            except OutsideServiceError as error:
                silent.add(approval.request.org)
                logger.warning(
                    "approval could not be looked at",
                    extra={"event": "approval.not_seen", "code": error.code},
                )

    def answer(
        self,
        approval_id: str,
        by: PersonId,
        agree: bool,
        reason: str = "",
        turn_key: str | None = None,
    ) -> Approval:
        """Hand an approver's answer to the platform and take over what comes of it.

        Raises:
            See `ApprovalDesk.answer`; NotAllowedError: answers are given on the platform alone
                ("approval_elsewhere"); OutsideServiceError: it did not take the answer.
        """
        with self.unit_of_work() as uow:
            approval = uow.approvals.get(approval_id)
            self._check(approval, by)
        if not self.carrier.acts:
            raise NotAllowedError("approval_elsewhere")
        try:
            self.carrier.answer(approval, by, agree, reason)
        except OutcomeUnknownError:
            if self.carrier.report(approval).onto(approval) == approval:
                raise
        return self._look_at(approval, turn_key)

    def _known(self, approval_id: str) -> Approval | None:
        with self.unit_of_work() as uow:
            try:
                return uow.approvals.get(approval_id)
            except NotFoundError:
                return None

    def _awaited(self) -> list[Approval]:
        awaited = self.filed_for.awaited()
        with self.unit_of_work() as uow:
            found = [uow.approvals.by_key(key) for key in awaited]
        return [each for each in found if each and each.state is ApprovalState.RUNNING]

    def _is_due(self, approval: Approval) -> bool:
        with self.unit_of_work() as uow:
            filing = uow.filings.get(approval.request.key)
        return filing is not None and self.clock.now() >= next_look(filing)

    def _look_at(self, approval: Approval, turn_key: str | None = None) -> Approval:
        report = self.carrier.report(approval)
        now = self.clock.now()
        with self.unit_of_work() as uow:
            before = uow.approvals.get(approval.id)
            after = report.onto(before)
            if after != before:
                uow.approvals.update(after)
                action = f"approval.{after.state}"
                by = after.decided_by or "platform"
                uow.audit.append(after.request.org, by, action, after.request.key, now)
            if after.step != before.step:
                ask_next_approver(after, uow, self.clock, self.texts, in_chat=self.carrier.acts)
            if filing := uow.filings.get(after.request.key):
                uow.filings.put(replace(filing, looked_at=now))
            if turn_key is not None:
                self.note(uow, turn_key, after)
            uow.commit()
        self.hand_on(after)
        return after

    def hand_on(self, approval: Approval) -> None:
        """See `ApprovalDesk.hand_on`; one's own answer counts as calling the request off.

        The platform lets an approver pass his turn on to anybody, the applicant too.
        """
        try:
            super().hand_on(approval)
        except NotAllowedError as error:
            self.filed_for.taken_back(approval.request.key)
            logger.warning(
                "the result of %s is not taken",
                approval.request.key,
                extra={"event": "approval.not_taken", "code": error.code},
            )


def next_look(filing: Filing) -> datetime:
    """When an approval of which nothing is heard is looked at again."""
    if filing.looked_at is None:
        return filing.opened_at + FIRST
    waited = filing.looked_at - filing.opened_at
    return filing.looked_at + min(max(SOON, waited / SHARE), LATE)
