"""Storage in PostgreSQL: SQLAlchemy Core, psycopg 3, Alembic."""
