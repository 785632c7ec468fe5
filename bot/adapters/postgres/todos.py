"""What stands on a platform's to-do lists, in PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping, select
from sqlalchemy.dialects.postgresql import insert

from bot.adapters.postgres.codec import load, to_row
from bot.adapters.postgres.platform_tables import todo as todo_table
from bot.services.platform_records import Todo, TodoRow


class SqlTodoRepository:
    """Rows by their source."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, source: str) -> TodoRow | None:
        wanted = select(todo_table).where(todo_table.c.source == source)
        found = self._connection.execute(wanted).mappings().one_or_none()
        return None if found is None else _row(found)

    def put(self, row: TodoRow) -> None:
        stored = {name: value for name, value in to_row(row).items() if name != "todo"}
        stored |= to_row(row.todo)
        new = insert(todo_table).values(stored)
        self._connection.execute(new.on_conflict_do_update(index_elements=["source"], set_=stored))

    def open(self) -> list[TodoRow]:
        wanted = select(todo_table).where(~todo_table.c.done).order_by(todo_table.c.source)
        return [_row(found) for found in self._connection.execute(wanted).mappings()]


def _row(found: RowMapping) -> TodoRow:
    return load(TodoRow, found, todo=load(Todo, found))
