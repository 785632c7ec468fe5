"""To-do lists on DingTalk; people are known there by their union id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from urllib.parse import quote

from bot.adapters.channels.calling import LONGEST_CALL_S
from bot.adapters.channels.loop import LoopThread
from bot.adapters.dingtalk.client import DingTalkClient
from bot.core.clock import OFFICE_TIME
from bot.core.errors import OutsideServiceError, UnreachableError
from bot.core.people import OrgId
from bot.services.platform_records import Todo
from bot.services.storage import UnitOfWorkFactory

CLOSING = time(17, 30, tzinfo=OFFICE_TIME)
LONGEST_SUBJECT = 1024  # characters
REFUSED = "dingtalk_refused"


@dataclass(frozen=True)
class DingTalkTodos:
    """The `TodoLists` of every office on DingTalk."""

    clients: Mapping[OrgId, DingTalkClient]
    loop: LoopThread
    unit_of_work: UnitOfWorkFactory

    def orgs(self) -> Iterable[OrgId]:
        """See `TodoLists.orgs`."""
        return self.clients.keys()

    def find(self, todo: Todo) -> str | None:
        """See `TodoLists.find`."""
        path = f"/sources/{quote(todo.source, safe='')}"
        try:
            found = self._call("GET", todo, path, api="todo.find")
        except OutsideServiceError as error:
            if error.code == REFUSED:  # which code it gives is not documented
                return None
            raise
        return str(found["id"]) if found.get("id") else None

    def create(self, todo: Todo) -> str:
        """See `TodoLists.create`; the source keeps it from being there twice."""
        union_id = self._union_id(todo)
        body = _shown(todo) | {
            "sourceId": todo.source,
            "creatorId": union_id,
            "executorIds": [union_id],
            "isOnlyShowExecutor": True,
        }
        try:
            made = self._call("POST", todo, "", body, api="todo.create", repeatable=False)
        except OutsideServiceError as error:
            known = self.find(todo) if error.code == REFUSED else None
            if known is None:
                raise
            return known
        return str(made["id"])

    def change(self, todo: Todo, task: str, *, done: bool) -> None:
        """See `TodoLists.change`; what is not there any more is done."""
        body = _shown(todo) | {"done": done}
        try:
            self._call("PUT", todo, f"/{quote(task, safe='')}", body, api="todo.change")
        except OutsideServiceError as error:
            if not done or error.code != REFUSED:
                raise

    def _call(
        self,
        method: str,
        todo: Todo,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        api: str,
        repeatable: bool = True,
    ) -> dict[str, Any]:
        union_id = quote(self._union_id(todo), safe="")
        call = self.clients[todo.org].call(
            method,
            f"/v1.0/todo/users/{union_id}/tasks{path}",
            body,
            {"operatorId": self._union_id(todo)},
            api=api,
            repeatable=repeatable,
        )
        return self.loop.run(call, LONGEST_CALL_S)

    def _union_id(self, todo: Todo) -> str:
        with self.unit_of_work() as uow:
            account = uow.accounts.get(todo.person)
        if account is None or not account.union_id:
            raise UnreachableError()
        return account.union_id


def _shown(todo: Todo) -> dict[str, Any]:
    shown: dict[str, Any] = {"subject": todo.subject[:LONGEST_SUBJECT]}
    if todo.due is not None:
        shown["dueTime"] = int(datetime.combine(todo.due, CLOSING).timestamp() * 1000)
    return shown
