"""A person's own leaves, with whom each waits for and why it was refused."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.leave import Leave, LeaveState
from bot.core.messages import Message
from bot.core.people import Directory, Person
from bot.services.leave_cases import approval_key
from bot.services.leave_words import LISTED, LeaveWords
from bot.services.ledgers import LeaveEvent
from bot.services.storage import UnitOfWork, UnitOfWorkFactory


@dataclass(frozen=True)
class OwnListing:
    """Answers 我的假 and 我的假批了吗."""

    unit_of_work: UnitOfWorkFactory
    words: LeaveWords

    def of(self, person: Person) -> Message:
        """The latest leaves of a person."""
        with self.unit_of_work() as uow:
            leaves = uow.leaves.listing(person.org, person.id)
            directory = uow.people.directory(person.org)
            events = uow.leaves.events([leave.id for leave in leaves[:LISTED]])
            notes = {
                leave.id: self._note(leave, events[leave.id], directory, uow)
                for leave in leaves[:LISTED]
            }
        return self.words.listing(leaves, notes)

    def _note(
        self, leave: Leave, events: list[LeaveEvent], directory: Directory, uow: UnitOfWork
    ) -> str:
        if leave.state is LeaveState.REFUSED:
            return self._say("list_reason", reason=events[-1].note) if events[-1].note else ""
        if leave.state is not LeaveState.FILED:
            return ""
        approval = uow.approvals.by_key(approval_key(leave.id))
        waits_for = approval.waiting_for if approval else None
        holder = directory.person(waits_for) if waits_for else None
        return self._say("list_waiting", name=holder.post + holder.name) if holder else ""

    def _say(self, key: str, **fields: object) -> str:
        return self.words.texts.say(f"leave.{key}", **fields)
