"""Whom a reminder reached: read, or not delivered and told to the supervision office."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

STEPS = (
    "ALTER TABLE outbox ADD COLUMN read_at timestamptz",
    "CREATE INDEX ix_outbox_failed ON outbox (key) WHERE state = 'failed'",
    "ALTER TABLE reminder ADD COLUMN unreached_at timestamptz",
    "CREATE INDEX ix_reminder_push_key ON reminder (push_key)",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)


def downgrade() -> None:
    op.execute("DROP INDEX ix_reminder_push_key")
    op.execute("ALTER TABLE reminder DROP COLUMN unreached_at")
    op.execute("DROP INDEX ix_outbox_failed")
    op.execute("ALTER TABLE outbox DROP COLUMN read_at")
