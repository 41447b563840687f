"""Which errors are the machine's and pass, and which are the work's own and stay."""

from __future__ import annotations

import errno
import sqlite3
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from db.machine_faults import machine_fault


def of_sqlite(code: int) -> OperationalError:
    error = sqlite3.OperationalError("words")
    error.sqlite_errorcode = code
    return OperationalError("INSERT", {}, error)


def of_postgres(state: str | None, *, gone: bool = False) -> DBAPIError:
    error: Any = Exception("words")
    error.sqlstate = state
    return DBAPIError("INSERT", {}, error, connection_invalidated=gone)


@pytest.mark.parametrize(
    "error",
    [
        of_sqlite(sqlite3.SQLITE_BUSY),
        of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT),
        of_sqlite(sqlite3.SQLITE_FULL),
        of_sqlite(sqlite3.SQLITE_IOERR_WRITE),
        of_sqlite(sqlite3.SQLITE_READONLY),
        of_postgres("57P01"),
        of_postgres("53100"),
        of_postgres("40P01"),
        of_postgres("25006"),
        of_postgres("3D000"),
        of_postgres("28P01"),
        of_postgres(None, gone=True),
        NoFreeConnection("pool"),
        ConnectionRefusedError(),
        TimeoutError(),
        OSError(errno.ENOSPC, "words"),
        FileNotFoundError(errno.ENOENT, "words"),  # a socket on this machine, while nobody listens
    ],
)
def test_the_machines(error: Exception) -> None:
    assert machine_fault(error)


@pytest.mark.parametrize(
    "error",
    [
        of_sqlite(sqlite3.SQLITE_ERROR),
        of_sqlite(sqlite3.SQLITE_CONSTRAINT_UNIQUE),
        of_sqlite(sqlite3.SQLITE_TOOBIG),
        of_postgres("23505"),
        of_postgres("22021"),
        of_postgres(None),
        FileNotFoundError(errno.ENOENT, "words", "/a/file"),
        ValueError(),
        KeyError(),
    ],
)
def test_the_works_own(error: Exception) -> None:
    assert not machine_fault(error)


@pytest.fixture
def engine() -> Any:
    engine = create_engine("sqlite://")
    yield engine
    engine.dispose()


@pytest.mark.parametrize("statement", ["SELECT * FROM nowhere", "SELECT json('{')", "SELEC"])
def test_a_wrong_statement(engine: Engine, statement: str) -> None:
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.exec_driver_sql(statement)
    assert not machine_fault(caught.value)
