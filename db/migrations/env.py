"""Alembic runs this: it is handed an open connection and knows our tables."""

from __future__ import annotations

from alembic import context

from db.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    compare_type=True,
)

with context.begin_transaction():
    context.run_migrations()
