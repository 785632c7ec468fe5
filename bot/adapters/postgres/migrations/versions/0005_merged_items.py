"""What an item comes from, and what it was merged into."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

STEPS = (
    """
    ALTER TABLE supervision_item
        ADD COLUMN links jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN joined_units jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN merged_into text""",
    """
    ALTER TABLE supervision_item
        ALTER COLUMN links DROP DEFAULT,
        ALTER COLUMN joined_units DROP DEFAULT""",
    "CREATE INDEX ix_reminder_recipient_at ON reminder (recipient, at)",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)


def downgrade() -> None:
    op.execute("DROP INDEX ix_reminder_recipient_at")
    op.execute(
        "ALTER TABLE supervision_item"
        " DROP COLUMN links, DROP COLUMN joined_units, DROP COLUMN merged_into"
    )
