"""The few statements that SQLite and PostgreSQL spell differently."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.tables import Table


def insert_new(session: Session, table: type[Table], values: dict[str, Any]) -> bool:
    """Insert a row unless a unique rule forbids it; whether it was inserted."""
    if session.get_bind().dialect.name == "postgresql":
        statement: Executable = postgresql.insert(table).values(**values).on_conflict_do_nothing()
    else:
        statement = sqlite.insert(table).values(**values).on_conflict_do_nothing()
    return affected(session, statement) == 1


def affected(session: Session, statement: Executable) -> int:
    """Run an INSERT, UPDATE or DELETE; how many rows it touched."""
    result = session.execute(statement)
    assert isinstance(result, CursorResult)
    return int(result.rowcount)
