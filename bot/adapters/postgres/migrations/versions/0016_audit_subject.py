"""What was done about one subject, found without reading the whole audit."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.execute("CREATE INDEX ix_audit_subject ON audit (subject)")


def downgrade() -> None:
    op.execute("DROP INDEX ix_audit_subject")
