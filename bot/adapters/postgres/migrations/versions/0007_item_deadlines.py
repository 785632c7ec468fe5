"""What the deadline of an item was after each event, so that a past month can be told."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

STEPS = (
    "ALTER TABLE supervision_event ADD COLUMN deadline date",
    # Of what happened before, nothing better than the present deadline is known.
    """
    UPDATE supervision_event SET deadline = supervision_item.deadline
        FROM supervision_item WHERE supervision_item.id = supervision_event.item_id""",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)


def downgrade() -> None:
    op.execute("ALTER TABLE supervision_event DROP COLUMN deadline")
