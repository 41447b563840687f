"""Alembic runs this: it is handed an open connection and knows our tables."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, BigInteger

from db.tables import Table
from db.tables.columns import Moment


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Our own column types by their names; Alembic writes everything else itself."""
    if kind != "type":
        return False
    names = {Moment: "Moment()", BigInteger: "Big", JSON: "Data"}
    return names.get(type(item), False)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    compare_type=True,
    render_item=render_item,
)

with context.begin_transaction():
    context.run_migrations()
