"""What is kept about a real platform: accounts, approvals on the way, to-do lists."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute("ALTER TABLE approval ADD COLUMN decided_by text")
    op.execute("""
        CREATE TABLE account (
            person text CONSTRAINT pk_account PRIMARY KEY,
            org text NOT NULL,
            union_id text NOT NULL,
            name text NOT NULL,
            post text NOT NULL,
            departments jsonb NOT NULL,
            leads jsonb NOT NULL,
            active boolean NOT NULL
        )""")
    op.execute("CREATE INDEX ix_account_org ON account (org)")
    op.execute("""
        CREATE TABLE department (
            org text NOT NULL,
            id text NOT NULL,
            name text NOT NULL,
            parent text,
            CONSTRAINT pk_department PRIMARY KEY (org, id)
        )""")
    op.execute("""
        CREATE TABLE filing (
            key text CONSTRAINT pk_filing PRIMARY KEY,
            org text NOT NULL,
            request jsonb NOT NULL,
            mark text NOT NULL,
            opened_at timestamptz NOT NULL,
            tried_at timestamptz,
            approval text,
            looked_at timestamptz
        )""")
    op.execute("CREATE INDEX ix_filing_unanswered ON filing (org) WHERE approval IS NULL")
    op.execute("""
        CREATE TABLE todo (
            source text CONSTRAINT pk_todo PRIMARY KEY,
            org text NOT NULL,
            person text NOT NULL,
            subject text NOT NULL,
            due date,
            task text,
            done boolean NOT NULL,
            failures integer NOT NULL,
            not_before timestamptz
        )""")
    op.execute("CREATE INDEX ix_todo_open ON todo (source) WHERE NOT done")


def downgrade() -> None:
    for table in ("todo", "filing", "department", "account"):
        op.execute(f"DROP TABLE {table}")
    op.execute("ALTER TABLE approval DROP COLUMN decided_by")
