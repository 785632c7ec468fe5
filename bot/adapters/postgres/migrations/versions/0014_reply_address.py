"""Where the platform lets a message be answered directly."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.execute("ALTER TABLE inbox ADD COLUMN reply_to jsonb")


def downgrade() -> None:
    op.execute("ALTER TABLE inbox DROP COLUMN reply_to")
