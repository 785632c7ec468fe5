"""A platform's to-do lists in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.errors import OutcomeUnknownError, OutsideServiceError
from bot.core.people import OrgId
from bot.services.platform_records import Todo


@dataclass
class Task:
    todo: Todo
    done: bool = False


class FakeTodoLists:
    """Keeps tasks by source; `troubles` are raised first, an unknown outcome after the effect."""

    def __init__(self, *orgs: OrgId) -> None:
        self._orgs = orgs
        self.tasks: dict[str, Task] = {}
        self.created = 0
        self.troubles: list[OutsideServiceError] = []

    def orgs(self) -> Iterable[OrgId]:
        return self._orgs

    def find(self, todo: Todo) -> str | None:
        return todo.source if todo.source in self.tasks else None

    def create(self, todo: Todo) -> str:
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is None or isinstance(trouble, OutcomeUnknownError):
            self.tasks[todo.source] = Task(todo)
            self.created += 1
        if trouble is not None:
            raise trouble
        return todo.source

    def change(self, todo: Todo, task: str, *, done: bool) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.tasks[task] = Task(todo, done)

    def open(self) -> list[Todo]:
        return [task.todo for task in self.tasks.values() if not task.done]
