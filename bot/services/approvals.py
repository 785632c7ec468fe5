"""Approvals: who is asked, who has answered, what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from bot.core.approvals import Approval, ApprovalRequest, ApprovalState
from bot.core.clock import Clock
from bot.core.errors import NotAllowedError, RefusedError
from bot.core.messages import Button, Message, Push
from bot.core.people import OrgId, PersonId
from bot.core.topics import Subject, topic_of
from bot.services.outside import Texts
from bot.services.storage import UnitOfWork, UnitOfWorkFactory


class ApprovalSettledError(RefusedError):
    """The approval has been decided or withdrawn already."""

    code = "approval_settled"


class Settling(Protocol):
    """Whoever has approvals filed and wants their results (the leave desk)."""

    def is_waiting(self, approval_key: str) -> bool:
        """Whether the result is still awaited."""
        ...

    def awaited(self) -> list[str]:
        """The keys of all approvals whose result is still awaited."""
        ...

    def settle(self, approval_key: str, agreed: bool, by: PersonId, reason: str = "") -> object:
        """Take the result; a repeated one changes nothing.

        Raises:
            NotAllowedError: it is the applicant's own answer ("leave_own_approval").
        """
        ...

    def taken_back(self, approval_key: str) -> None:
        """Note that the approval was called off on the platform; repeated, it changes nothing."""
        ...


@dataclass(frozen=True)
class ApprovalDesk:
    """Lets approvers answer on the embedded platform, and hands the result on."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    filed_for: Settling
    texts: Texts

    def listing(self, org: OrgId | None = None) -> list[Approval]:
        """All approvals, latest first."""
        with self.unit_of_work() as uow:
            return [a for a in uow.approvals.listing() if org in (None, a.request.org)]

    def waiting_for(self, person: PersonId) -> list[Approval]:
        """What waits for a person's answer, the oldest first."""
        with self.unit_of_work() as uow:
            running = uow.approvals.listing(ApprovalState.RUNNING)
        return [approval for approval in reversed(running) if approval.waiting_for == person]

    def done(self, turn_key: str) -> Approval | None:
        """The approval that a turn has answered already."""
        with self.unit_of_work() as uow:
            answered = uow.effects.subject(_effect(turn_key))
            return uow.approvals.get(answered) if answered is not None else None

    def answer(
        self,
        approval_id: str,
        by: PersonId,
        agree: bool,
        reason: str = "",
        turn_key: str | None = None,
    ) -> Approval:
        """Record an approver's answer; the last agreement, or any refusal, settles the approval.

        Args:
            turn_key: The turn of the dialogue that gave it, for `done`.

        Raises:
            NotFoundError: no such approval.
            NotAllowedError: it is one's own request ("leave_own_approval"), or not this person's
                turn ("not_your_turn").
            ApprovalSettledError: it is decided already.
        """
        with self.unit_of_work() as uow:
            approval = uow.approvals.get(approval_id)
            self._check(approval, by)
            approval = _answered(approval, agree, reason)
            uow.approvals.update(approval)
            if turn_key is not None:
                self.note(uow, turn_key, approval)
            uow.audit.append(
                approval.request.org,
                by,
                "approval.agreed" if agree else "approval.refused",
                approval.request.key,
                self.clock.now(),
            )
            ask_next_approver(approval, uow, self.clock, self.texts)
            uow.commit()
        self.hand_on(approval)
        return approval

    def note(self, uow: UnitOfWork, turn_key: str, approval: Approval) -> None:
        """Note which approval a turn has answered, for `done`."""
        uow.effects.record(_effect(turn_key), approval.id)

    def hand_on(self, approval: Approval) -> None:
        """Tell whoever had the approval filed what has become of it, unless nothing has."""
        key, state = approval.request.key, approval.state
        if state is ApprovalState.RUNNING or not self.filed_for.is_waiting(key):
            return
        if state is ApprovalState.CANCELLED:
            self.filed_for.taken_back(key)
            return
        agreed = state is ApprovalState.AGREED
        by = approval.decided_by or approval.request.approvers[approval.step - agreed]
        self.filed_for.settle(key, agreed, by, approval.reason)

    def hand_on_results(self) -> None:
        """Settle what was decided but never handed on, as after a crash between the two."""
        awaited = self.filed_for.awaited()
        with self.unit_of_work() as uow:
            found = [uow.approvals.by_key(key) for key in awaited]
        for approval in filter(None, found):
            self.hand_on(approval)

    def _check(self, approval: Approval, by: PersonId) -> None:
        if approval.request.applicant == by:
            raise NotAllowedError("leave_own_approval")
        if approval.state is not ApprovalState.RUNNING:
            raise ApprovalSettledError(f"approval_{approval.state}")
        if not self.filed_for.is_waiting(approval.request.key):
            raise ApprovalSettledError("approval_cancelled")
        if approval.waiting_for != by:
            raise NotAllowedError("not_your_turn")


def _effect(turn_key: str) -> str:
    return f"{turn_key}:approval"


def _answered(approval: Approval, agree: bool, reason: str) -> Approval:
    approval = replace(approval, reason=reason)
    if not agree:
        return replace(approval, state=ApprovalState.REFUSED)
    step = approval.step + 1
    done = step == len(approval.request.approvers)
    return replace(
        approval, step=step, state=ApprovalState.AGREED if done else ApprovalState.RUNNING
    )


def begin_approval(
    request: ApprovalRequest,
    approval_id: str,
    uow: UnitOfWork,
    clock: Clock,
    texts: Texts,
    *,
    in_chat: bool = True,
) -> Approval:
    """Store an approval that runs from now on and ask its first approver; see below."""
    approval = Approval(approval_id, request, ApprovalState.RUNNING)
    if uow.approvals.add(approval):
        ask_next_approver(approval, uow, clock, texts, in_chat=in_chat)
    return approval


def ask_next_approver(
    approval: Approval, uow: UnitOfWork, clock: Clock, texts: Texts, *, in_chat: bool = True
) -> None:
    """Put a message to whoever's turn it is into the outbox.

    Args:
        in_chat: The answer may be given to us; otherwise the platform alone takes it.
    """
    if approval.waiting_for is None:
        return
    number = approval.request.key.rpartition(":")[2]
    fields = "\n".join(f"{name}\uff1a{value}" for name, value in approval.request.fields)
    key = "approval_asked" if in_chat else "approval_told"
    text = texts.say(f"service.{key}", title=approval.request.title, fields=fields, id=number)
    buttons = (
        Button(texts.say(f"approvals.button_{title}"), texts.say(f"approvals.say_{say}", id=number))
        for title, say in (("yes", "agree"), ("no", "refuse"))
    )
    topic = topic_of(Subject.ANSWER, f"{number}:{approval.step}")
    push = Push(
        key=f"approval:{approval.id}:{approval.step}",
        org=approval.request.org,
        to=approval.waiting_for,
        message=Message(text, tuple(buttons) if in_chat else (), topic=topic),
    )
    uow.outbox.add(push, clock.now())
