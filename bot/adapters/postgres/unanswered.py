"""The unanswered desk in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, insert, select, update

from bot.adapters.postgres.codec import load, to_row
from bot.adapters.postgres.locks import Lock, hold
from bot.adapters.postgres.tables import group_ids, unanswered_group, unanswered_question
from bot.core.errors import NotFoundError
from bot.core.people import OrgId
from bot.core.rules import AnswerStatus
from bot.core.unanswered import GroupId, GroupState, QuestionGroup, UnansweredQuestion


class SqlUnansweredRepository:
    """Questions that the rules did not answer, and their groups."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, org: OrgId, question: str, status: AnswerStatus, nearest: int | None, at: datetime
    ) -> None:
        row = {
            "org": org,
            "question": question,
            "status": status.value,
            "nearest_article": nearest,
            "asked_at": at,
        }
        self._connection.execute(insert(unanswered_question).values(row))

    def listing(self, org: OrgId) -> list[UnansweredQuestion]:
        table = unanswered_question
        return self._questions(select(table).where(table.c.org == org).order_by(table.c.id.desc()))

    def hold(self, org: OrgId) -> None:
        hold(self._connection, Lock.SORTING, org)

    def unsorted(self, org: OrgId) -> list[UnansweredQuestion]:
        table = unanswered_question
        waiting = select(table).where(table.c.org == org, table.c.group_id.is_(None))
        return self._questions(waiting.order_by(table.c.id))

    def place(self, question: UnansweredQuestion) -> None:
        table = unanswered_question
        placed = update(table).where(table.c.id == question.id).values(to_row(question))
        self._connection.execute(placed)

    def in_groups(self, groups: Sequence[GroupId]) -> dict[GroupId, list[UnansweredQuestion]]:
        table = unanswered_question
        found: dict[GroupId, list[UnansweredQuestion]] = {group: [] for group in groups}
        wanted = select(table).where(table.c.group_id.in_(groups)).order_by(table.c.id)
        for question in self._questions(wanted):
            if question.group_id is not None:
                found[question.group_id].append(question)
        return found

    def next_group_id(self) -> GroupId:
        return GroupId(self._connection.execute(select(group_ids.next_value())).scalar_one())

    def add_group(self, group: QuestionGroup) -> None:
        self._connection.execute(insert(unanswered_group).values(to_row(group)))

    def group(self, org: OrgId, group_id: GroupId) -> QuestionGroup:
        table = unanswered_group
        found = select(table).where(table.c.id == group_id, table.c.org == org)
        row = self._connection.execute(found.with_for_update()).mappings().one_or_none()
        if row is None:
            raise NotFoundError("unanswered_unknown", group=group_id)
        return load(QuestionGroup, row)

    def update_group(self, group: QuestionGroup) -> None:
        table = unanswered_group
        changed = update(table).where(table.c.id == group.id).values(to_row(group))
        if self._connection.execute(changed).rowcount == 0:
            raise NotFoundError("unanswered_unknown", group=group.id)

    def groups(self, org: OrgId, states: Sequence[GroupState] = ()) -> list[QuestionGroup]:
        table = unanswered_group
        wanted = select(table).where(table.c.org == org).order_by(table.c.id)
        if states:
            wanted = wanted.where(table.c.state.in_([state.value for state in states]))
        return [load(QuestionGroup, row) for row in self._connection.execute(wanted).mappings()]

    def _questions(self, wanted: Select[tuple[object, ...]]) -> list[UnansweredQuestion]:
        rows = self._connection.execute(wanted).mappings()
        return [load(UnansweredQuestion, row) for row in rows]
