"""The few statements that SQLite and PostgreSQL spell differently."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, CursorResult, Executable, Select, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.prepared import Prepared
from db.tables import Table


def insert_new(session: Session, table: type[Table], values: dict[str, Any]) -> bool:
    """Insert a row unless a unique rule forbids it; whether it was inserted."""
    connection = session.connection()
    result = connection.execute(insert_unless(connection.dialect.name, table), values)
    return result.rowcount == 1


def insert_from(session: Session, table: type[Table], columns: Sequence[str], rows: Select[*tuple[Any, ...]]) -> int:
    """Insert what a question finds but for what a unique rule forbids; how many rows."""
    insert = insert_unless(session.connection().dialect.name, table)
    return affected(session, insert.from_select(list(columns), rows))


def insert_many(session: Session, table: type[Table], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, all with the same columns, but for those that a unique rule forbids."""
    connection = session.connection()
    connection.execute(insert_unless(connection.dialect.name, table), list(rows))


def insert_of(table: type[Table], *columns: str) -> dict[str, Prepared]:
    """The same as `insert_new` for these columns alone, prepared: by the dialect's name."""
    bound = {name: bound_to(table, name) for name in columns}
    return {dialect: Prepared(insert_unless(dialect, table).values(bound)) for dialect in ("sqlite", "postgresql")}


def change_row(session: Session, table: type[Table], row_id: int, **values: Any) -> None:
    """Set these columns of the row with this id."""
    _update(table, tuple(values)).affected(session, row_id=row_id, **values)


def affected(session: Session, statement: Executable) -> int:
    """Run an INSERT, UPDATE or DELETE; how many rows it touched."""
    result = session.execute(statement)
    assert isinstance(result, CursorResult)
    return int(result.rowcount)


def bound_to(table: type[Table], column: str) -> BindParameter[Any]:
    """A parameter with the name and the type of a column."""
    return bindparam(column, type_=table.__table__.c[column].type)


@cache
def insert_unless(dialect: str, table: type[Table]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that leaves out what a unique rule forbids."""
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing()


@cache
def _update(table: type[Table], columns: tuple[str, ...]) -> Prepared:
    columns_of = table.__table__.c
    bound = {columns_of[name]: bound_to(table, name) for name in columns}
    return Prepared(update(table).where(columns_of.id == bindparam("row_id")).values(bound))
