"""People's to-do lists on a platform: derived from the ledgers, and brought up to date by beats."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from bot.core.approvals import Approval, ApprovalState
from bot.core.clock import Clock
from bot.core.errors import OutsideServiceError, UnreachableError
from bot.core.people import Directory, OrgId
from bot.core.staff_table import user_of
from bot.core.supervision import Item, ItemState
from bot.services.outside import Texts
from bot.services.platform_records import Todo, TodoRow
from bot.services.storage import UnitOfWork, UnitOfWorkFactory

logger = logging.getLogger(__name__)

CALLS = 20  # in one beat
FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=1), timedelta(hours=6)
OWNED = (ItemState.UNSIGNED, ItemState.WORKING)  # states in which the unit has something to do


class TodoLists(Protocol):
    """A platform's to-do lists."""

    def orgs(self) -> Iterable[OrgId]:
        """The offices whose people have one."""
        ...

    def find(self, todo: Todo) -> str | None:
        """The platform's id of a to-do that is there; None: there is none.

        Raises:
            OutsideServiceError: the platform did not tell.
        """
        ...

    def create(self, todo: Todo) -> str:
        """Put a to-do on its person's list and return the platform's id.

        Raises:
            OutsideServiceError: not done; OutcomeUnknownError: perhaps done.
        """
        ...

    def change(self, todo: Todo, task: str, *, done: bool) -> None:
        """Let a to-do say what it says now, done or not; may be repeated.

        Raises:
            OutsideServiceError: not done, or not known.
        """
        ...


@dataclass(frozen=True)
class TodoDesk:
    """Compares what should stand on the lists with what does; safe to repeat."""

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    lists: TodoLists
    texts: Texts

    def tick(self) -> None:
        """Make the calls that bring the lists up to date, as many as one beat may."""
        silent: set[OrgId] = set()
        for row, call in self._differences()[:CALLS]:
            org = row.todo.org
            if org in silent:
                continue
            try:
                call(row)
            except OutsideServiceError as error:
                if not isinstance(error, UnreachableError):  # that speaks of one person alone
                    silent.add(org)
                self._put_off(row, error)

    def _differences(self) -> list[tuple[TodoRow, Callable[[TodoRow], None]]]:
        now = self.clock.now()
        with self.unit_of_work() as uow:
            wanted = {todo.source: todo for todo in self._wanted(uow)}
            rows = {row.todo.source: row for row in uow.todos.open()}
            for source in wanted.keys() - rows.keys():
                rows[source] = uow.todos.get(source) or TodoRow(wanted[source])
        found: list[tuple[TodoRow, Callable[[TodoRow], None]]] = []
        for source, row in sorted(rows.items()):
            todo = wanted.get(source)
            if row.not_before is not None and now < row.not_before:
                continue
            if todo is None:
                found.append((row, self._finish))
            elif row.task is None:
                found.append((replace(row, todo=todo), self._create))
            elif row.done or row.todo != todo:
                found.append((replace(row, todo=todo), self._change))
        return found

    def _wanted(self, uow: UnitOfWork) -> list[Todo]:
        orgs = list(self.lists.orgs())
        running = uow.approvals.listing(ApprovalState.RUNNING)
        todos = [self._of_approval(each) for each in running if each.request.org in orgs]
        for org in orgs:
            items = [item for state in OWNED for item in uow.items.listing(org, state)]
            directory = uow.people.directory(org) if items else None
            todos += [self._of_item(item, directory) for item in items if directory]
        return [todo for todo in todos if todo is not None]

    def _of_approval(self, approval: Approval) -> Todo | None:
        request, person = approval.request, approval.waiting_for
        if person is None:
            return None
        subject = self.texts.say("channels.todo_approval", title=request.title)
        return Todo(f"guiju-{approval.id}-{approval.step}", request.org, person, subject)

    def _of_item(self, item: Item, directory: Directory) -> Todo | None:
        unit = directory.unit(item.lead_unit)
        person = item.person or (unit.head if unit else None)
        if person is None or directory.person(person) is None:
            return None
        # It stands in addresses: no slash, no colon.
        source = f"guiju-{item.org}-{item.id}-{item.assigned_day:%Y%m%d}-{user_of(person)}"
        key = "todo_sign" if item.state is ItemState.UNSIGNED else "todo_item"
        subject = self.texts.say(f"channels.{key}", number=item.number, content=item.content)
        return Todo(source, item.org, person, subject, item.deadline)

    def _create(self, row: TodoRow) -> None:
        # Noted before the call: where a row is, there may be a to-do.
        was_tried = self._stored(row.todo.source) is not None
        self._put(row)
        task = self.lists.find(row.todo) if was_tried else None
        self._put(replace(row, task=task or self.lists.create(row.todo), failures=0))

    def _change(self, row: TodoRow) -> None:
        if row.task is not None:
            self.lists.change(row.todo, row.task, done=False)
        self._put(replace(row, done=False, failures=0))

    def _finish(self, row: TodoRow) -> None:
        task = row.task or self.lists.find(row.todo)
        if task is not None:
            self.lists.change(row.todo, task, done=True)
        self._put(replace(row, task=task, done=True, failures=0))

    def _stored(self, source: str) -> TodoRow | None:
        with self.unit_of_work() as uow:
            return uow.todos.get(source)

    def _put(self, row: TodoRow) -> None:
        with self.unit_of_work() as uow:
            uow.todos.put(row)
            uow.commit()

    def _put_off(self, row: TodoRow, error: OutsideServiceError) -> None:
        logger.warning(
            "a to-do could not be brought up to date: %s",
            error.code,
            extra={"event": "todo.postponed", "source": row.todo.source, "code": error.code},
        )
        stored = self._stored(row.todo.source) or row
        wait = min(FIRST_RETRY * 2 ** min(stored.failures, 10), LONGEST_RETRY)
        until = self.clock.now() + wait
        self._put(replace(stored, failures=stored.failures + 1, not_before=until))
