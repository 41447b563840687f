"""Statements that every update asks, compiled once.

SQLAlchemy composes and spells them; then they are given to the driver as they are, without what an execution costs
beside that. Columns keep their types: times come back in UTC, answers as mappings.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import asyncpg
from sqlalchemy import Connection, Dialect, Executable, Select
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine
from sqlalchemy.util import await_only

from db.stored_json import AS_JSON

Row = Any  # a tuple whose places have the columns' names, too
Treat = Callable[[Any], Any]
# Of asyncpg; InternalClientError is what comes of asking a connection that is just being closed by the server.
FAULTS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
SQLITE = pysqlite.dialect(paramstyle="named", **AS_JSON)


class NotCommitted(Exception):
    """A statement had failed, and whoever asked it went on as if nothing were."""


class Prepared:
    """`Prepared(select(…))`; parameters are given by the names of its `bindparam`s."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._spelled: dict[str, _Spelled] = {}

    def rows(self, session: Session, **parameters: Any) -> Sequence[Row]:
        """Every row, its columns in the order of the statement."""
        spelled, driver = self._for(session)
        if isinstance(driver, sqlite3.Connection):
            return [spelled.read(row) for row in spelled.on_sqlite(driver, parameters)]
        return [spelled.read(row) for row in spelled.on_asyncpg(driver, driver.fetch, parameters)]

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
        spelled, driver = self._for(session)
        if isinstance(driver, sqlite3.Connection):
            return spelled.on_sqlite(driver, parameters).rowcount
        tag: str = spelled.on_asyncpg(driver, driver.execute, parameters)  # such as "UPDATE 1"
        return int(tag.rpartition(" ")[2])

    def _for(self, session: Session) -> tuple[_Spelled, Any]:
        """The statement as this session's database wants it, and the driver's connection."""
        connection = session.connection()
        dialect, driver = connection.dialect, connection.connection.driver_connection
        if dialect.name not in self._spelled:
            self._spelled[dialect.name] = _Spelled(self._statement, SQLITE if dialect.name == "sqlite" else dialect)
        return self._spelled[dialect.name], driver


def say(connection: Connection, words: str) -> None:
    """BEGIN, COMMIT or ROLLBACK to PostgreSQL, which answers a COMMIT of what failed before with ROLLBACK."""
    driver: Any = connection.connection.driver_connection
    tag = _awaited(words, driver.execute(words))
    if tag != words:
        raise NotCommitted(tag)


def _awaited(sql: str, answer: Awaitable[Any]) -> Any:
    """What asyncpg answers; faults are SQLAlchemy's, as everywhere."""
    try:
        return await_only(answer)
    except FAULTS as error:
        gone = not isinstance(error, asyncpg.PostgresError)
        raise DBAPIError.instance(
            sql, None, error, Exception, hide_parameters=True, connection_invalidated=gone
        ) from error


class _Spelled:
    """A statement in one dialect, with what happens to its parameters and columns on the way."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)
        self._sql, self._order = str(compiled), compiled.positiontup or ()
        self._fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        self._writers = [
            (name, write) for name, bind in compiled.binds.items() if (write := _writer(bind.type, dialect))
        ]
        columns = list(statement.selected_columns) if isinstance(statement, Select) else []
        self._row = _rows_with([str(column.key) for column in columns])
        self._readers = [
            (place, read) for place, column in enumerate(columns) if (read := _reader(column.type, dialect))
        ]

    def on_sqlite(self, driver: sqlite3.Connection, parameters: dict[str, Any]) -> sqlite3.Cursor:
        """Run it on the driver; faults are SQLAlchemy's, as everywhere."""
        try:
            return driver.execute(self._sql, self._written(parameters))
        except sqlite3.Error as error:
            raise DBAPIError.instance(self._sql, None, error, sqlite3.Error, hide_parameters=True) from error

    def on_asyncpg(self, driver: Any, run: Callable[..., Awaitable[Any]], parameters: dict[str, Any]) -> Any:
        """The same, where a transaction was begun; `run` is the connection's `fetch` or `execute`."""
        assert driver.is_in_transaction()
        told = self._written(parameters)
        return _awaited(self._sql, run(self._sql, *(told[name] for name in self._order)))

    def read(self, row: Iterable[Any]) -> Row:
        """A row of the driver's with its values as the columns' types want them."""
        values = list(row)
        for place, read in self._readers:
            values[place] = read(values[place])
        return self._row(values)

    def _written(self, parameters: dict[str, Any]) -> dict[str, Any]:
        told = {**self._fixed, **parameters}
        for name, write in self._writers:
            told[name] = write(told[name])
        return told


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Treat | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Treat | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _rows_with(names: list[str]) -> Callable[[list[Any]], Row]:
    named = namedtuple("named", names)  # type: ignore[misc]
    return named._make
