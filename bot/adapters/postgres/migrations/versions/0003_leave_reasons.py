"""What approvers said with their answer."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("ALTER TABLE approval ADD COLUMN reason text NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE leave_event ADD COLUMN note text NOT NULL DEFAULT ''")


def downgrade() -> None:
    op.execute("ALTER TABLE approval DROP COLUMN reason")
    op.execute("ALTER TABLE leave_event DROP COLUMN note")
