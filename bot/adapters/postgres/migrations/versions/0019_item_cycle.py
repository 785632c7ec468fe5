"""How often a long item is to be reported on, where it says so itself."""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("ALTER TABLE supervision_item ADD COLUMN cycle INTEGER")


def downgrade() -> None:
    op.execute("ALTER TABLE supervision_item DROP COLUMN cycle")
