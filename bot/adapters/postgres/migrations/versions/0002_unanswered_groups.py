"""Unanswered questions in groups."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

STEPS = (
    "CREATE SEQUENCE unanswered_group_id_seq",
    """
    CREATE TABLE unanswered_group (
        id bigint NOT NULL,
        org text NOT NULL,
        question text NOT NULL,
        status text NOT NULL,
        nearest_article integer,
        opened_at timestamptz NOT NULL,
        owner text,
        due_day date NOT NULL,
        state text NOT NULL,
        answer jsonb,
        CONSTRAINT pk_unanswered_group PRIMARY KEY (id))""",
    "CREATE INDEX ix_unanswered_group_org_state ON unanswered_group (org, state)",
    """
    ALTER TABLE unanswered_question
        ADD COLUMN group_id bigint,
        ADD COLUMN meaning jsonb,
        ADD CONSTRAINT fk_unanswered_question_group_id
            FOREIGN KEY(group_id) REFERENCES unanswered_group (id)""",
    "CREATE INDEX ix_unanswered_question_group_id ON unanswered_question (group_id)",
)


def upgrade() -> None:
    for step in STEPS:
        op.execute(step)


def downgrade() -> None:
    op.execute("ALTER TABLE unanswered_question DROP COLUMN group_id, DROP COLUMN meaning")
    op.execute("DROP TABLE unanswered_group")
    op.execute("DROP SEQUENCE unanswered_group_id_seq")
