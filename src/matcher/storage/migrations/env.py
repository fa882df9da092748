"""Runs the migrations on the connection that ``storage.schema`` hands over; it owns the transaction."""

from alembic import context

from matcher.model import Base


def run() -> None:
    """Run the migrations."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, transactional_ddl=False
    )
    context.run_migrations()


run()
