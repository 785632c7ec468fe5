"""The tables of the ledgers: leave, supervision, deadlines beside it; part of `tables.metadata`."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.adapters.postgres.columns import (
    json_column,
    number_column,
    said_column,
    text_column,
    time_column,
)
from bot.adapters.postgres.tables import metadata

leave_ids = Sequence("leave_id_seq", metadata=metadata)
item_ids = Sequence("supervision_item_id_seq", metadata=metadata)
duty_ids = Sequence("duty_id_seq", metadata=metadata)

leave = Table(
    "leave",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    *map(text_column, ("org", "user", "kind")),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("starts_pm", Boolean, nullable=False),
    Column("ends_am", Boolean, nullable=False),
    text_column("place"),
    Column("out_of_area", Boolean, nullable=False),
    text_column("reason"),
    text_column("stand_in", nullable=True),
    text_column("stand_in_name"),
    Column("working_days", Float),
    text_column("state"),
    time_column("created_at"),
    *map(json_column, ("route", "tell", "materials", "warnings", "citations")),
    Column("urgent", Boolean, nullable=False),
    text_column("approval", nullable=True),
    Column("replaces", BigInteger, ForeignKey("leave.id")),
    Column("extends", BigInteger, ForeignKey("leave.id")),
    Column("extended_to", Date),
    Column("whole_days", Float),
    json_column("duties"),
    Index(None, "org", "first_day"),
    Index(None, "user"),
    Index("ix_leave_state", "state", "first_day"),
)
leave_event = Table(
    "leave_event",
    metadata,
    number_column(),
    Column("leave_id", BigInteger, ForeignKey("leave.id"), nullable=False, index=True),
    time_column("at"),
    text_column("by", nullable=True),  # null: time itself
    text_column("state"),
    said_column("note"),
)
leave_draft = Table(
    "leave_draft",
    metadata,
    Column("thread", Text, primary_key=True),
    time_column("updated_at"),
    json_column("draft"),
)

supervision_item = Table(
    "supervision_item",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    text_column("org"),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    *map(text_column, ("number", "content", "source", "kind", "lead_unit")),
    Column("registered_unit", Boolean, nullable=False),
    json_column("assist_units"),
    text_column("person", nullable=True),
    text_column("supervisor"),
    text_column("leader", nullable=True),
    Column("urgent", Boolean, nullable=False),
    Column("assigned_day", Date, nullable=False),
    Column("deadline", Date),
    json_column("deadline_rule", nullable=True),
    text_column("state"),
    time_column("signed_at", nullable=True),
    time_column("closed_at", nullable=True),
    Column("extension_to", Date),
    *map(json_column, ("progress", "links", "joined_units")),
    text_column("merged_into", nullable=True),
    Column("cycle", Integer),
    # From when until when nothing is due of it; null: look. Any change of the item clears them.
    time_column("quiet_from", nullable=True),
    time_column("quiet_until", nullable=True),
    UniqueConstraint("org", "year", "serial"),
)
Index(
    "ix_supervision_item_awake",
    supervision_item.c.quiet_until,
    supervision_item.c.id,
    postgresql_where=text("state IN ('待签收', '办理中', '待审核')"),
)
supervision_event = Table(
    "supervision_event",
    metadata,
    number_column(),
    Column("item_id", BigInteger, ForeignKey("supervision_item.id"), nullable=False, index=True),
    time_column("at"),
    text_column("by", nullable=True),
    text_column("event"),
    text_column("state"),
    Column("deadline", Date),
)
reminder = Table(
    "reminder",
    metadata,
    number_column(),
    Column("item_id", BigInteger, ForeignKey("supervision_item.id"), nullable=False),
    text_column("occasion"),
    Column("day", Date, nullable=False),
    text_column("recipient"),
    text_column("push_key"),
    time_column("at"),
    time_column("unreached_at", nullable=True),  # when the supervision office heard that it failed
    Index(None, "push_key"),
    UniqueConstraint("item_id", "occasion", "day", "recipient"),
    Index(None, "recipient", "at"),
)

duty = Table(
    "duty",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    *map(text_column, ("org", "kind", "title", "unit", "person", "by")),
    *map(time_column, ("opened_at", "due_at")),
    json_column("rule", nullable=True),
    text_column("lapse"),
    json_column("lapse_rule", nullable=True),
    text_column("state"),
    time_column("closed_at", nullable=True),
    Index(None, "org", "state", "due_at"),
)
duty_reminder = Table(
    "duty_reminder",
    metadata,
    number_column(),
    Column("duty_id", BigInteger, ForeignKey("duty.id"), nullable=False),
    text_column("occasion"),
    Column("day", Date, nullable=False),
    text_column("recipient"),
    text_column("push_key"),
    time_column("at"),
    UniqueConstraint("duty_id", "occasion", "day", "recipient"),
)
