"""Cards, what people think of answers, calls made on platforms."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"

STEPS = (
    """
    CREATE TABLE card (
        key text NOT NULL,
        org text NOT NULL,
        topic text NOT NULL,
        state text NOT NULL,
        sent_at timestamptz NOT NULL,
        settled boolean NOT NULL,
        CONSTRAINT pk_card PRIMARY KEY (key)
    )""",
    "CREATE INDEX ix_card_open ON card (sent_at) WHERE NOT settled",
    """
    CREATE TABLE judgement (
        key text NOT NULL,
        person text NOT NULL,
        org text NOT NULL,
        useful boolean NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT pk_judgement PRIMARY KEY (key, person)
    )""",
    """
    CREATE TABLE platform_call (
        month date NOT NULL,
        org text NOT NULL,
        channel text NOT NULL,
        api text NOT NULL,
        calls bigint NOT NULL,
        CONSTRAINT pk_platform_call PRIMARY KEY (month, org, channel, api)
    )""",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)


def downgrade() -> None:
    for table in ("card", "judgement", "platform_call"):
        op.execute(f"DROP TABLE {table}")
