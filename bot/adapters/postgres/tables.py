"""The tables. `migrations/` builds them; a test proves that the two agree."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
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
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from bot.adapters.postgres.columns import (
    json_column,
    number_column,
    said_column,
    text_column,
    time_column,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
group_ids = Sequence("unanswered_group_id_seq", metadata=metadata)


# The ledgers name people and offices without foreign keys: a directory is replaced as a whole,
# and what somebody did stays on record after they have left it.
office = Table(
    "office",
    metadata,
    Column("id", Text, primary_key=True),
    *map(text_column, ("name", "area", "seat")),
)
person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("org", Text, ForeignKey("office.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),  # its place in the directory
    *map(text_column, ("name", "unit", "post", "rank")),
    json_column("roles"),
    text_column("leader", nullable=True),
    text_column("partner", nullable=True),
)
unit = Table(
    "unit",
    metadata,
    Column("org", Text, ForeignKey("office.id", ondelete="CASCADE"), nullable=False),
    text_column("name"),
    Column("position", Integer, nullable=False),
    json_column("aliases"),
    text_column("head", nullable=True),
    text_column("leader", nullable=True),
    PrimaryKeyConstraint("org", "name"),
)

document = Table(
    "document",
    metadata,
    number_column(),
    text_column("org"),
    text_column("title"),
    UniqueConstraint("org", "title"),
)
edition = Table(
    "edition",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document_id", BigInteger, ForeignKey("document.id"), nullable=False, index=True),
    text_column("number"),
    text_column("issuer"),
    Column("adopted_day", Date),
    Column("effective_day", Date),
    Column("repealed_day", Date),
    text_column("repeals", nullable=True),
    text_column("content_hash"),
    text_column("text"),
    json_column("defects"),
)
article = Table(
    "article",
    metadata,
    Column("edition_id", Text, ForeignKey("edition.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    text_column("chapter"),
    text_column("text"),
    Column("start", Integer, nullable=False),
    PrimaryKeyConstraint("edition_id", "ordinal"),
)
clause = Table(
    "clause",
    metadata,
    text_column("edition_id"),
    Column("ordinal", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    text_column("item", nullable=True),
    text_column("text"),
    PrimaryKeyConstraint("edition_id", "ordinal", "position"),
    ForeignKeyConstraint(
        ["edition_id", "ordinal"], ["article.edition_id", "article.ordinal"], ondelete="CASCADE"
    ),
)

inbox = Table(
    "inbox",
    metadata,
    number_column(),
    *map(text_column, ("channel", "message_id", "org", "person", "conversation", "thread", "text")),
    time_column("received_at"),
    text_column("state"),
    Column("attempts", Integer, nullable=False),
    time_column("due_at", nullable=True),  # null: at once
    time_column("leased_until", nullable=True),
    json_column("reply"),
    json_column("reply_to", nullable=True),
    UniqueConstraint("channel", "message_id"),
)
Index("ix_inbox_thread", inbox.c.thread, inbox.c.id)
Index("ix_inbox_pending", inbox.c.thread, inbox.c.id, postgresql_where=text("state = 'pending'"))
outbox = Table(
    "outbox",
    metadata,
    number_column(),
    *map(text_column, ("key", "org", "kind")),
    json_column("payload"),
    text_column("state"),
    Column("attempts", Integer, nullable=False),
    text_column("error", nullable=True),
    time_column("created_at"),
    time_column("due_at", nullable=True),  # null: at once
    time_column("leased_until", nullable=True),
    time_column("read_at", nullable=True),  # where the platform tells
    UniqueConstraint("key"),
)
Index(None, outbox.c.created_at)
Index("ix_outbox_failed", outbox.c.key, postgresql_where=text("state = 'failed'"))
Index("ix_outbox_open", outbox.c.id, postgresql_where=text("state IN ('pending', 'uncertain')"))

unanswered_group = Table(
    "unanswered_group",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    *map(text_column, ("org", "question", "status")),
    Column("nearest_article", Integer),
    time_column("opened_at"),
    text_column("owner", nullable=True),
    Column("due_day", Date, nullable=False),
    text_column("state"),
    json_column("answer", nullable=True),
    Index(None, "org", "state"),
)
unanswered_question = Table(
    "unanswered_question",
    metadata,
    number_column(),
    Column("org", Text, nullable=False, index=True),
    text_column("question"),
    text_column("status"),
    Column("nearest_article", Integer),
    time_column("asked_at"),
    Column("group_id", BigInteger, ForeignKey("unanswered_group.id"), index=True),
    json_column("meaning", nullable=True),
)
audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    time_column("at"),
    Column("org", Text, nullable=False, index=True),
    *map(text_column, ("actor", "action", "subject")),
    # JSON, not JSONB: the chain is computed over the text that was written, numbers as they stood.
    Column("details", JSON, nullable=False),
    text_column("chain"),
    Index(None, "subject"),
)
effect = Table("effect", metadata, Column("key", Text, primary_key=True), text_column("subject"))

approval = Table(
    "approval",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", BigInteger, Identity(), nullable=False),
    text_column("key"),
    json_column("request"),
    text_column("state"),
    Column("step", Integer, nullable=False),
    said_column("reason"),
    text_column("decided_by", nullable=True),
    UniqueConstraint("key"),
)
local_message = Table(
    "local_message",
    metadata,
    number_column(),
    text_column("key"),
    Column("recipient", Text, nullable=False, index=True),
    time_column("at"),
    json_column("push"),
    UniqueConstraint("key"),
)
setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
)
