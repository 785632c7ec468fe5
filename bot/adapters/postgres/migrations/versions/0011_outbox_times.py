"""What somebody was sent lately, found without reading the whole outbox."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute("CREATE INDEX ix_outbox_created_at ON outbox (created_at)")


def downgrade() -> None:
    op.execute("DROP INDEX ix_outbox_created_at")
