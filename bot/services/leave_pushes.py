"""Who is told what about a leave; every push has a key of its own, so that it goes out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.leave import Leave, LeaveState
from bot.core.messages import Message, Push
from bot.core.people import Directory, Person, PersonId, Rank, Role
from bot.services.leave_cases import approval_key
from bot.services.leave_words import LeaveWords
from bot.services.storage import UnitOfWork

OTHER_LEADERS = "其他领导同志"


@dataclass(frozen=True)
class LeavePushes:
    """Puts messages about leaves into the outbox of an open transaction."""

    uow: UnitOfWork
    words: LeaveWords
    now: datetime

    def result(self, leave: Leave, reason: str) -> None:
        """Tell the asker; once approved, the stand-in and those whom the rule names as well."""
        self.to(leave, leave.user, "result", self.words.result(leave, reason))
        if leave.state is not LeaveState.APPROVED:
            return
        directory = self.uow.people.directory(leave.org)
        asker = directory.person(leave.user)
        if asker is None:
            return
        if leave.stand_in is not None:
            self.to(leave, leave.stand_in, "stand_in", self.words.told_stand_in(leave, asker))
        for user in told_people(leave, asker, directory):
            self.to(leave, user, f"told:{user}", self.words.told(leave, asker))

    def to_approver(self, leave: Leave, key: str) -> None:
        """Tell the last approver; `key` names the words."""
        directory = self.uow.people.directory(leave.org)
        asker = directory.person(leave.user)
        approvers = [step.user for step in leave.route if step.user]
        if asker is not None and approvers:
            self.to(leave, approvers[-1], key, self.words.notice(key, leave, asker))

    def to_asked(self, leave: Leave, key: str) -> None:
        """Tell whoever the embedded platform has asked so far; a real one tells them itself."""
        asker = self.uow.people.directory(leave.org).person(leave.user)
        approval = self.uow.approvals.by_key(approval_key(leave.id))
        if asker is None or approval is None:
            return
        for user in approval.request.approvers[: approval.step + 1]:
            self.to(leave, user, f"{key}:{user}", self.words.notice(key, leave, asker))

    def to(
        self,
        leave: Leave,
        user: PersonId,
        occasion: str,
        message: Message,
        not_before: datetime | None = None,
    ) -> None:
        """Put one message into the outbox, unless it has been there already."""
        push = Push(f"leave:{leave.id}:{occasion}", leave.org, user, message, not_before)
        self.uow.outbox.add(push, self.now)


def told_people(leave: Leave, asker: Person, directory: Directory) -> list[PersonId]:
    """Which known people are meant by the posts and offices to be told.

    The office and its parts (总值班室) are told through their clerks, a unit through its head;
    其他领导同志 are the leaders.
    """
    told: list[PersonId] = []
    for post in leave.tell:
        told += [person.id for person in directory.people if _is_told_for(person, post)]
        if post.endswith(OTHER_LEADERS):
            told += [person.id for person in directory.people if person.has(Role.LEADER)]
        told += [unit.head for unit in directory.units if unit.head and unit.answers_to(post)]
        if post == _office_unit(directory):
            told += [person.id for person in directory.people if person.has(Role.CLERK)]
    concerned = {asker.id, leave.stand_in, *(step.user for step in leave.route)}
    return [user for user in dict.fromkeys(told) if user not in concerned]


def _is_told_for(person: Person, post: str) -> bool:
    return person.post == post or (person.unit == post and person.has(Role.CLERK))


def _office_unit(directory: Directory) -> str | None:
    """What the office that the clerks work for is called (县政府办公室)."""
    directors = (p.unit for p in directory.people if p.rank is Rank.OFFICE_DIRECTOR)
    return next(directors, None)
