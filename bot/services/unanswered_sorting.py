"""Questions as they came, sorted into groups; the owner hears once of each that is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.messages import Push
from bot.core.office_hours import ReminderCalendar, next_opening
from bot.core.people import OrgId
from bot.core.personal import masked
from bot.core.unanswered import GroupState, Meaning, QuestionGroup, UnansweredQuestion
from bot.services.outside import Calendars, Meanings, Texts
from bot.services.storage import UnitOfWork, UnitOfWorkFactory
from bot.services.unanswered_settings import due_day_from, owner_of, read_settings
from bot.services.unanswered_words import landed_message

OPEN = (GroupState.OPEN, GroupState.EXPIRED)


@dataclass
class _Shelf:
    """The groups a question may go to, and the meaning of the first question of each."""

    groups: list[QuestionGroup]
    meanings: list[Meaning]

    def among(self, states: Sequence[GroupState]) -> list[int]:
        return [n for n, group in enumerate(self.groups) if group.state in states]


@dataclass(frozen=True)
class Sorting:
    """Puts each question to its kind, in the order in which they were asked."""

    unit_of_work: UnitOfWorkFactory
    calendars: Calendars
    meanings: Meanings
    texts: Texts

    def sort(self, org: OrgId, now: datetime) -> None:
        """Sort what has come in since the last time; safe to run twice or at once."""
        with self.unit_of_work() as uow:
            if not uow.unanswered.unsorted(org):
                return
            uow.unanswered.hold(org)
            names = [person.name for person in uow.people.directory(org).people]
            shelf = self._shelf(uow, org)
            for question in uow.unanswered.unsorted(org):
                text = masked(question.question, names)
                read = replace(question, question=text, meaning=self.meanings.read(text))
                group = self._group_for(uow, read, shelf, now)
                uow.unanswered.place(replace(read, group_id=group.id))
            uow.commit()

    def _shelf(self, uow: UnitOfWork, org: OrgId) -> _Shelf:
        groups = uow.unanswered.groups(org, [*OPEN, GroupState.DISMISSED])
        questions = uow.unanswered.in_groups([group.id for group in groups])
        known = [(group, questions[group.id][0].meaning) for group in groups if questions[group.id]]
        shelf = _Shelf([], [])
        for group, meaning in known:
            if meaning is not None:
                shelf.groups.append(group)
                shelf.meanings.append(meaning)
        return shelf

    def _group_for(
        self, uow: UnitOfWork, question: UnansweredQuestion, shelf: _Shelf, now: datetime
    ) -> QuestionGroup:
        assert question.meaning is not None  # noqa: S101 - read just before
        # What was dismissed takes only the very same: nothing disappears by resemblance.
        for states, find in (
            (OPEN, self.meanings.alike),
            ((GroupState.DISMISSED,), self.meanings.same),
        ):
            places = shelf.among(states)
            found = find(question.meaning, [shelf.meanings[place] for place in places])
            if found is not None:
                return self._joined(uow, shelf, places[found], now)
        return self._landed(uow, question, question.meaning, shelf, now)

    def _joined(self, uow: UnitOfWork, shelf: _Shelf, place: int, now: datetime) -> QuestionGroup:
        group = shelf.groups[place]
        if group.state is GroupState.EXPIRED:  # asked for again: it has to be answered again
            due_day = due_day_from(now, read_settings(uow, group.org), self.calendars.of(group.org))
            group = shelf.groups[place] = group.reopened(due_day)
            uow.unanswered.update_group(group)
        return group

    def _landed(
        self,
        uow: UnitOfWork,
        question: UnansweredQuestion,
        meaning: Meaning,
        shelf: _Shelf,
        now: datetime,
    ) -> QuestionGroup:
        settings = read_settings(uow, question.org)
        group = QuestionGroup(
            id=uow.unanswered.next_group_id(),
            org=question.org,
            question=question.question,
            status=question.status,
            nearest_article=question.nearest_article,
            opened_at=now,
            owner=owner_of(uow.people.directory(question.org), settings),
            due_day=due_day_from(now, settings, self.calendars.of(question.org)),
        )
        uow.unanswered.add_group(group)
        shelf.groups.append(group)
        shelf.meanings.append(meaning)
        self._tell_owner(uow, group, now)
        return group

    def _tell_owner(self, uow: UnitOfWork, group: QuestionGroup, now: datetime) -> None:
        if group.owner is None:
            return
        key, message = f"unanswered:{group.id}:new", landed_message(group, self.texts)
        opening = next_opening(now, ReminderCalendar(self.calendars.of(group.org)))
        uow.outbox.add(Push(key, group.org, group.owner, message, not_before=opening), now)
