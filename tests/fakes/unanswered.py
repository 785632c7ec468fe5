"""The unanswered desk in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.errors import NotFoundError
from bot.core.people import OrgId
from bot.core.rules import AnswerStatus
from bot.core.unanswered import GroupId, GroupState, QuestionGroup, UnansweredQuestion
from tests.fakes.tables import Session


class FakeUnansweredRepository:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, org: OrgId, question: str, status: AnswerStatus, nearest: int | None, at: datetime
    ) -> None:
        number = self._session.next_number("unanswered")
        self._session.tables.unanswered[number] = UnansweredQuestion(
            number, org, question, status, nearest, at
        )

    def listing(self, org: OrgId) -> list[UnansweredQuestion]:
        return [q for q in reversed(self._session.tables.unanswered.values()) if q.org == org]

    def hold(self, org: OrgId) -> None:
        """Nothing to wait for: units of work follow one another."""

    def unsorted(self, org: OrgId) -> list[UnansweredQuestion]:
        questions = self._session.tables.unanswered.values()
        return [q for q in questions if q.org == org and q.group_id is None]

    def place(self, question: UnansweredQuestion) -> None:
        self._session.tables.unanswered[question.id] = question

    def in_groups(self, groups: Sequence[GroupId]) -> dict[GroupId, list[UnansweredQuestion]]:
        questions = self._session.tables.unanswered.values()
        return {group: [q for q in questions if q.group_id == group] for group in groups}

    def next_group_id(self) -> GroupId:
        return GroupId(self._session.next_number("unanswered_group"))

    def add_group(self, group: QuestionGroup) -> None:
        self._session.tables.unanswered_groups[group.id] = group

    def group(self, org: OrgId, group_id: GroupId) -> QuestionGroup:
        found = self._session.tables.unanswered_groups.get(group_id)
        if found is None or found.org != org:
            raise NotFoundError("unanswered_unknown", group=group_id)
        return found

    def update_group(self, group: QuestionGroup) -> None:
        if group.id not in self._session.tables.unanswered_groups:
            raise NotFoundError("unanswered_unknown", group=group.id)
        self._session.tables.unanswered_groups[group.id] = group

    def groups(self, org: OrgId, states: Sequence[GroupState] = ()) -> list[QuestionGroup]:
        groups = self._session.tables.unanswered_groups.values()
        return [g for g in groups if g.org == org and (not states or g.state in states)]
