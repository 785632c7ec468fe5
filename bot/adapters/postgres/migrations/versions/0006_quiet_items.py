"""Until when nothing is due of an item, so that a beat does not look at it."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

STEPS = (
    """
    ALTER TABLE supervision_item
        ADD COLUMN quiet_from timestamptz,
        ADD COLUMN quiet_until timestamptz""",
    """
    CREATE INDEX ix_supervision_item_awake ON supervision_item (quiet_until, id)
        WHERE state IN ('待签收', '办理中', '待审核')""",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)


def downgrade() -> None:
    op.execute("DROP INDEX ix_supervision_item_awake")
    op.execute("ALTER TABLE supervision_item DROP COLUMN quiet_from, DROP COLUMN quiet_until")
