"""The tables of what is kept about a real platform; part of `tables.metadata`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, PrimaryKeyConstraint, Table, Text

from bot.adapters.postgres.columns import json_column, text_column, time_column
from bot.adapters.postgres.tables import metadata

account = Table(
    "account",
    metadata,
    Column("person", Text, primary_key=True),
    Column("org", Text, nullable=False, index=True),
    *map(text_column, ("union_id", "name", "post")),
    json_column("departments"),
    json_column("leads"),
    Column("active", Boolean, nullable=False),
)
department = Table(
    "department",
    metadata,
    *map(text_column, ("org", "id", "name")),
    text_column("parent", nullable=True),
    PrimaryKeyConstraint("org", "id"),
)
filing = Table(
    "filing",
    metadata,
    Column("key", Text, primary_key=True),
    text_column("org"),
    json_column("request"),
    text_column("mark"),
    time_column("opened_at"),
    time_column("tried_at", nullable=True),
    text_column("approval", nullable=True),
    time_column("looked_at", nullable=True),
)
Index("ix_filing_unanswered", filing.c.org, postgresql_where=filing.c.approval.is_(None))
todo = Table(
    "todo",
    metadata,
    Column("source", Text, primary_key=True),
    *map(text_column, ("org", "person", "subject")),
    Column("due", Date),
    text_column("task", nullable=True),
    Column("done", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    time_column("not_before", nullable=True),
)
Index("ix_todo_open", todo.c.source, postgresql_where=~todo.c.done)
