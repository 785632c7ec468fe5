"""Leaves that replace or extend others, and what is owed on return."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

STEPS = (
    """
    ALTER TABLE leave
        ADD COLUMN replaces bigint,
        ADD COLUMN extends bigint,
        ADD COLUMN extended_to date,
        ADD COLUMN whole_days double precision,
        ADD COLUMN duties jsonb NOT NULL DEFAULT '[]',
        ADD CONSTRAINT fk_leave_replaces FOREIGN KEY(replaces) REFERENCES leave (id),
        ADD CONSTRAINT fk_leave_extends FOREIGN KEY(extends) REFERENCES leave (id)""",
    "ALTER TABLE leave ALTER COLUMN duties DROP DEFAULT",
    'CREATE INDEX ix_leave_user ON leave ("user")',
    "CREATE INDEX ix_leave_state ON leave (state, first_day)",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)


def downgrade() -> None:
    op.execute("DROP INDEX ix_leave_user")
    op.execute("DROP INDEX ix_leave_state")
    op.execute(
        "ALTER TABLE leave DROP COLUMN replaces, DROP COLUMN extends, DROP COLUMN extended_to,"
        " DROP COLUMN whole_days, DROP COLUMN duties"
    )
