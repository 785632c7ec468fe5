"""The tables. `migrations/` builds them; a test proves that the two agree."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from bot.core.clock import OFFICE_TIME


class OfficeTime(TypeDecorator[datetime]):
    """A timestamptz that is read in the office's time; a naive time is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(OFFICE_TIME)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
leave_ids = Sequence("leave_id_seq", metadata=metadata)
item_ids = Sequence("supervision_item_id_seq", metadata=metadata)


def _text(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, OfficeTime, nullable=nullable)


def _json(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, JSONB(none_as_null=True), nullable=nullable)


def _number() -> Column[int]:
    return Column("id", BigInteger, Identity(), primary_key=True)


# The ledgers name people and offices without foreign keys: a directory is replaced as a whole,
# and what somebody did stays on record after they have left it.
office = Table(
    "office", metadata, Column("id", Text, primary_key=True), *map(_text, ("name", "area", "seat"))
)
person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("org", Text, ForeignKey("office.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),  # its place in the directory
    *map(_text, ("name", "unit", "post", "rank")),
    _json("roles"),
    _text("leader", nullable=True),
    _text("partner", nullable=True),
)
unit = Table(
    "unit",
    metadata,
    Column("org", Text, ForeignKey("office.id", ondelete="CASCADE"), nullable=False),
    _text("name"),
    Column("position", Integer, nullable=False),
    _json("aliases"),
    _text("head", nullable=True),
    _text("leader", nullable=True),
    PrimaryKeyConstraint("org", "name"),
)

document = Table(
    "document", metadata, _number(), _text("org"), _text("title"), UniqueConstraint("org", "title")
)
edition = Table(
    "edition",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", BigInteger, ForeignKey("document.id"), nullable=False, index=True),
    _text("number"),
    _text("issuer"),
    Column("adopted_day", Date),
    Column("effective_day", Date),
    Column("repealed_day", Date),
    _text("repeals", nullable=True),
    _text("content_hash"),
    _text("text"),
    _json("defects"),
)
article = Table(
    "article",
    metadata,
    Column("edition_id", Text, ForeignKey("edition.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    _text("chapter"),
    _text("text"),
    Column("start", Integer, nullable=False),
    PrimaryKeyConstraint("edition_id", "ordinal"),
)
clause = Table(
    "clause",
    metadata,
    _text("edition_id"),
    Column("ordinal", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    _text("item", nullable=True),
    _text("text"),
    PrimaryKeyConstraint("edition_id", "ordinal", "position"),
    ForeignKeyConstraint(
        ["edition_id", "ordinal"], ["article.edition_id", "article.ordinal"], ondelete="CASCADE"
    ),
)

inbox = Table(
    "inbox",
    metadata,
    _number(),
    *map(_text, ("channel", "message_id", "org", "person", "conversation", "thread", "text")),
    _time("received_at"),
    _text("state"),
    Column("attempts", Integer, nullable=False),
    _time("due_at", nullable=True),  # null: at once
    _time("leased_until", nullable=True),
    _json("reply"),
    UniqueConstraint("channel", "message_id"),
)
Index("ix_inbox_pending", inbox.c.thread, inbox.c.id, postgresql_where=text("state = 'pending'"))
outbox = Table(
    "outbox",
    metadata,
    _number(),
    *map(_text, ("key", "org", "kind")),
    _json("payload"),
    _text("state"),
    Column("attempts", Integer, nullable=False),
    _text("error", nullable=True),
    _time("created_at"),
    _time("due_at", nullable=True),  # null: at once
    _time("leased_until", nullable=True),
    UniqueConstraint("key"),
)
Index("ix_outbox_open", outbox.c.id, postgresql_where=text("state IN ('pending', 'uncertain')"))

leave = Table(
    "leave",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    *map(_text, ("org", "user", "kind")),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("starts_pm", Boolean, nullable=False),
    Column("ends_am", Boolean, nullable=False),
    _text("place"),
    Column("out_of_area", Boolean, nullable=False),
    _text("reason"),
    _text("stand_in", nullable=True),
    _text("stand_in_name"),
    Column("working_days", Float),
    _text("state"),
    _time("created_at"),
    *map(_json, ("route", "tell", "materials", "warnings", "citations")),
    Column("urgent", Boolean, nullable=False),
    _text("approval", nullable=True),
    Index(None, "org", "first_day"),
)
leave_event = Table(
    "leave_event",
    metadata,
    _number(),
    Column("leave_id", BigInteger, ForeignKey("leave.id"), nullable=False, index=True),
    _time("at"),
    _text("by", nullable=True),  # null: time itself
    _text("state"),
)
leave_draft = Table(
    "leave_draft",
    metadata,
    Column("thread", Text, primary_key=True),
    _time("updated_at"),
    _json("draft"),
)

supervision_item = Table(
    "supervision_item",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    _text("org"),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    *map(_text, ("number", "content", "source", "kind", "lead_unit")),
    Column("registered_unit", Boolean, nullable=False),
    _json("assist_units"),
    _text("person", nullable=True),
    _text("supervisor"),
    _text("leader", nullable=True),
    Column("urgent", Boolean, nullable=False),
    Column("assigned_day", Date, nullable=False),
    Column("deadline", Date),
    _json("deadline_rule", nullable=True),
    _text("state"),
    _time("signed_at", nullable=True),
    _time("closed_at", nullable=True),
    Column("extension_to", Date),
    _json("progress"),
    UniqueConstraint("org", "year", "serial"),
)
supervision_event = Table(
    "supervision_event",
    metadata,
    _number(),
    Column("item_id", BigInteger, ForeignKey("supervision_item.id"), nullable=False, index=True),
    _time("at"),
    _text("by", nullable=True),
    _text("event"),
    _text("state"),
)
reminder = Table(
    "reminder",
    metadata,
    _number(),
    Column("item_id", BigInteger, ForeignKey("supervision_item.id"), nullable=False),
    _text("occasion"),
    Column("day", Date, nullable=False),
    _text("recipient"),
    _text("push_key"),
    _time("at"),
    UniqueConstraint("item_id", "occasion", "day", "recipient"),
)

unanswered_question = Table(
    "unanswered_question",
    metadata,
    _number(),
    Column("org", Text, nullable=False, index=True),
    _text("question"),
    _text("status"),
    Column("nearest_article", Integer),
    _time("asked_at"),
)
audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    _time("at"),
    Column("org", Text, nullable=False, index=True),
    *map(_text, ("actor", "action", "subject")),
    # JSON, not JSONB: the chain is computed over the text that was written, numbers as they stood.
    Column("details", JSON, nullable=False),
    _text("chain"),
)
effect = Table("effect", metadata, Column("key", Text, primary_key=True), _text("subject"))

approval = Table(
    "approval",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", BigInteger, Identity(), nullable=False),
    _text("key"),
    _json("request"),
    _text("state"),
    Column("step", Integer, nullable=False),
    UniqueConstraint("key"),
)
local_message = Table(
    "local_message",
    metadata,
    _number(),
    _text("key"),
    Column("recipient", Text, nullable=False, index=True),
    _time("at"),
    _json("push"),
    UniqueConstraint("key"),
)
setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
)
