"""The unanswered desk: what the rules left open, until the office has answered it."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.clock import Clock
from bot.core.errors import NotAllowedError
from bot.core.messages import Message, Push
from bot.core.office_hours import ReminderCalendar, next_opening, opening_of
from bot.core.people import OrgId, Person, PersonId, Role
from bot.core.personal import masked
from bot.core.rules import Answer
from bot.core.unanswered import DeskSettings, GroupId, GroupState, QuestionGroup
from bot.services.inbox import refuse_secrets
from bot.services.office_answers import OfficeAnswers, ReplyDraft
from bot.services.outside import Calendars, Meanings, RuleBook, Texts
from bot.services.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.unanswered_settings import (
    due_day_from,
    read_settings,
    require_clerk,
    write_settings,
)
from bot.services.unanswered_sorting import Sorting
from bot.services.unanswered_words import (
    GroupView,
    assigned_message,
    due_message,
    expired_message,
)

logger = logging.getLogger(__name__)

MOST_KEPT = 200  # characters of a question; what is pasted before it is not for the desk
SEEN_BY = frozenset({Role.CLERK, Role.LEADER})
TO_DO = (GroupState.OPEN, GroupState.EXPIRED)
_SAYS_SOMETHING = re.compile(r"\w.*\w", re.DOTALL)


@dataclass(frozen=True)
class UnansweredDesk:
    """The desk's use cases. A group of another office does not exist for this one.

    Every step raises NotFoundError ("unanswered_unknown"), NotAllowedError
    ("unanswered_not_allowed": not a clerk), and GroupStateError where the group is past it.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    calendars: Calendars
    rules: RuleBook
    meanings: Meanings
    texts: Texts

    def keep(self, org: OrgId, question: str, answer: Answer) -> None:
        """Store a refused question, masked; one that says nothing is left."""
        if not _SAYS_SOMETHING.search(question):
            return
        nearest = answer.citations[0].article if answer.citations else None
        with self.unit_of_work() as uow:
            names = [person.name for person in uow.people.directory(org).people]
            text = masked(question, names)[-MOST_KEPT:]
            uow.unanswered.add(org, text, answer.status, nearest, self.clock.now())
            uow.commit()

    def reply(self, org: OrgId, question: str) -> Answer | None:
        """The office's approved answer to a question; see `OfficeAnswers.reply`."""
        return self._answers.reply(org, question)

    def listing(self, org: OrgId, states: Sequence[GroupState] = ()) -> list[GroupView]:
        """The groups of an office in these states, all if none is named; the next due first."""
        self._sorting.sort(org, self.clock.now())
        with self.unit_of_work() as uow:
            groups = uow.unanswered.groups(org, states)
            questions = uow.unanswered.in_groups([group.id for group in groups])
        views = [GroupView(group, tuple(questions[group.id])) for group in groups]
        return sorted(views, key=lambda view: (view.group.due_day, view.group.id))

    def to_do(self, person: Person) -> list[GroupView]:
        """What waits for an answer in a person's office.

        Raises:
            NotAllowedError: neither a clerk nor a leader ("unanswered_see_not_allowed").
        """
        if person.roles.isdisjoint(SEEN_BY):
            raise NotAllowedError("unanswered_see_not_allowed")
        return self.listing(person.org, TO_DO)

    def assign(
        self, person: Person, group_id: GroupId, owner: PersonId, due_day: date | None = None
    ) -> GroupView:
        """Hand a group to a clerk, who is told.

        Raises:
            InvalidInputError: the owner is no clerk of the office ("unanswered_owner").
        """
        with self.unit_of_work() as uow:
            group = self._open_for(uow, person, group_id)
            require_clerk(uow.people.directory(person.org), owner)
            group = group.assigned(owner, due_day or group.due_day)
            message = assigned_message(group, self.texts)
            self._tell(uow, group, f"assigned:{owner}:{group.due_day}", message)
            return self._stepped(uow, group, person.id, "assigned", {"owner": owner})

    def answer(self, person: Person, group_id: GroupId, draft: ReplyDraft) -> GroupView:
        """Approve an answer, which is given from now on to all who ask the same.

        Raises:
            SecretTextError: the text bears a secrecy mark.
            InvalidInputError, NotFoundError: as `OfficeAnswers.approve`.
        """
        refuse_secrets(draft.text, person.org, person.id, self.unit_of_work, self.clock)
        with self.unit_of_work() as uow:
            group = self._open_for(uow, person, group_id)
            questions = uow.unanswered.in_groups([group.id])[group.id]
            settings = read_settings(uow, person.org)
            answer = self._answers.approve(person, draft, questions, settings)
            details = {"article": answer.article, "edition": answer.edition}
            return self._stepped(uow, group.answered(answer), person.id, "answered", details)

    def dismiss(self, person: Person, group_id: GroupId) -> GroupView:
        """Lay a group aside; the same question asked again stays with it."""
        with self.unit_of_work() as uow:
            group = self._open_for(uow, person, group_id).dismissed()
            return self._stepped(uow, group, person.id, "dismissed")

    def reopen(self, person: Person, group_id: GroupId) -> GroupView:
        """Take a group up again; its answer is no longer given."""
        with self.unit_of_work() as uow:
            group = self._open_for(uow, person, group_id)
            group = group.reopened(self._due_day(uow, person.org))
            return self._stepped(uow, group, person.id, "reopened")

    def settings(self, org: OrgId) -> DeskSettings:
        """How an office keeps its desk."""
        with self.unit_of_work() as uow:
            return read_settings(uow, org)

    def change_settings(self, org: OrgId, by: str, **changes: object) -> DeskSettings:
        """Change how an office keeps its desk; what is open already keeps its owner and day.

        Raises:
            InvalidInputError: as `write_settings`.
        """
        with self.unit_of_work() as uow:
            settings = replace(read_settings(uow, org), **changes)  # type: ignore[arg-type]
            write_settings(uow, org, settings)
            uow.audit.append(org, by, "unanswered.settings", org, self.clock.now())
            uow.commit()
        return settings

    def tick(self) -> None:
        """Sort what came in, let answers expire, remind owners whose day has come."""
        with self.unit_of_work() as uow:
            orgs = uow.people.orgs()
        for org in orgs:
            self._sorting.sort(org, self.clock.now())
            self._expire(org)
            self._remind(org)

    def _expire(self, org: OrgId) -> None:
        with self.unit_of_work() as uow:
            answered = uow.unanswered.groups(org, [GroupState.ANSWERED])
        for group_id in [group.id for group in answered if not self._answers.holds(group)]:
            with self.unit_of_work() as uow:
                group = uow.unanswered.group(org, group_id)  # again, under its lock
                if group.state is not GroupState.ANSWERED or self._answers.holds(group):
                    continue
                group = group.expired(self._due_day(uow, org))
                given = group.answer.at.isoformat() if group.answer else ""
                self._tell(uow, group, f"expired:{given}", expired_message(group, self.texts))
                self._stepped(uow, group, "system", "expired")

    def _remind(self, org: OrgId) -> None:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            for group in uow.unanswered.groups(org, TO_DO):
                if opening_of(group.due_day) <= now:
                    self._tell(uow, group, f"due:{group.due_day}", due_message(group, self.texts))
            uow.commit()

    def _open_for(self, uow: UnitOfWork, person: Person, group_id: GroupId) -> QuestionGroup:
        group = uow.unanswered.group(person.org, group_id)
        if not person.has(Role.CLERK):
            raise NotAllowedError("unanswered_not_allowed")
        return group

    def _stepped(
        self,
        uow: UnitOfWork,
        group: QuestionGroup,
        by: str,
        step: str,
        details: Mapping[str, object] | None = None,
    ) -> GroupView:
        """Store a step with its audit row; never the words of a question or an answer."""
        uow.unanswered.update_group(group)
        subject, now = f"unanswered:{group.id}", self.clock.now()
        uow.audit.append(group.org, by, f"unanswered.{step}", subject, now, details)
        questions = uow.unanswered.in_groups([group.id])[group.id]
        uow.commit()
        logger.info(
            "unanswered group %s %s",
            group.id,
            step,
            extra={"event": f"unanswered.{step}", "group_id": group.id, "org": group.org},
        )
        return GroupView(group, tuple(questions))

    def _tell(self, uow: UnitOfWork, group: QuestionGroup, occasion: str, message: Message) -> None:
        if group.owner is None:
            return
        now, key = self.clock.now(), f"unanswered:{group.id}:{occasion}"
        opening = next_opening(now, ReminderCalendar(self.calendars.of(group.org)))
        uow.outbox.add(Push(key, group.org, group.owner, message, not_before=opening), now)

    def _due_day(self, uow: UnitOfWork, org: OrgId) -> date:
        return due_day_from(self.clock.now(), read_settings(uow, org), self.calendars.of(org))

    @property
    def _sorting(self) -> Sorting:
        return Sorting(self.unit_of_work, self.calendars, self.meanings, self.texts)

    @property
    def _answers(self) -> OfficeAnswers:
        return OfficeAnswers(self.unit_of_work, self.clock, self.rules, self.meanings, self.texts)
