"""Statements that every update asks, compiled once.

SQLAlchemy composes and spells them; on SQLite they are then given to Python's driver as they are, without what an
execution costs beside that. Columns keep their types: times come back in UTC, answers as mappings. On other
engines they run as any other statement.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, Select
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Row = Any  # a tuple whose places have the columns' names, too
Treat = Callable[[Any], Any]
SQLITE = pysqlite.dialect(paramstyle="named")


class Prepared:
    """`Prepared(select(…))`; parameters are given by the names of its `bindparam`s."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement

    def rows(self, session: Session, **parameters: Any) -> Sequence[Row]:
        """Every row, its columns in the order of the statement."""
        connection = session.connection()
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, parameters).all()
        return [self._spelled.read(row) for row in self._spelled.execute(connection, parameters)]

    def row(self, session: Session, **parameters: Any) -> Row | None:
        """The only row, or None; a statement with several is a mistake."""
        found = self.rows(session, **parameters)
        assert len(found) < 2
        return found[0] if found else None

    def one(self, session: Session, **parameters: Any) -> Row:
        """The only row; a statement without one is a mistake."""
        row = self.row(session, **parameters)
        assert row is not None
        return row

    def affected(self, session: Session, **parameters: Any) -> int:
        """How many rows an INSERT, UPDATE or DELETE touched."""
        connection = session.connection()
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, parameters).rowcount
        return self._spelled.execute(connection, parameters).rowcount

    @cached_property
    def _spelled(self) -> _Spelled:
        return _Spelled(self._statement, SQLITE)


class _Spelled:
    """A statement in one dialect, with what happens to its parameters and columns on the way."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)
        self.sql = str(compiled)
        self._fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        self._writers = [
            (name, write) for name, bind in compiled.binds.items() if (write := _writer(bind.type, dialect))
        ]
        columns = list(statement.selected_columns) if isinstance(statement, Select) else []
        self._row = _rows_with([str(column.key) for column in columns])
        self._readers = [
            (place, read) for place, column in enumerate(columns) if (read := _reader(column.type, dialect))
        ]

    def execute(self, connection: Connection, parameters: dict[str, Any]) -> sqlite3.Cursor:
        """Run it on the driver; faults are SQLAlchemy's, as everywhere."""
        told = {**self._fixed, **parameters}
        for name, write in self._writers:
            told[name] = write(told[name])
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        try:
            return driver.execute(self.sql, told)
        except sqlite3.Error as error:
            raise DBAPIError.instance(self.sql, None, error, sqlite3.Error, hide_parameters=True) from error

    def read(self, row: tuple[Any, ...]) -> Row:
        """A row of the driver's with its values as the columns' types want them."""
        values = list(row)
        for place, read in self._readers:
            values[place] = read(values[place])
        return self._row(values)


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Treat | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Treat | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _rows_with(names: list[str]) -> Callable[[list[Any]], Row]:
    named = namedtuple("named", names)  # type: ignore[misc]
    return named._make
