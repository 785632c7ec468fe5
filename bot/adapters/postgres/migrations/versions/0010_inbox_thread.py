"""What was said last in a thread, found without reading the whole inbox."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.execute("CREATE INDEX ix_inbox_thread ON inbox (thread, id)")


def downgrade() -> None:
    op.execute("DROP INDEX ix_inbox_thread")
