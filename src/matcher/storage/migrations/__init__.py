"""Alembic migrations, one file a schema revision."""
