"""Every table on an empty database of a test: made once in a process, then copied.

To make all tables takes SQLAlchemy fifty milliseconds, to copy their pages one; and most tests want a database of
their own.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.pool import StaticPool

from db.migrate import migrate
from db.session import Database
from db.tables import PersonRow, Table

_migrated: list[bytes] = []


def make_tables(connection: Connection) -> None:
    """Every table, where they are not there yet. On a connection in a transaction, or before one has begun."""
    if connection.dialect.name == "sqlite":
        _copy_tables(connection)
    elif not inspect(connection).has_table(PersonRow.__tablename__):
        Table.metadata.create_all(connection)


async def migrated_file(path: Path) -> str:
    """A SQLite file as `python -m bot migrate` makes it in half a second, unless it is there; its address."""
    if not _migrated:
        with TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{folder}/bot.db")
            await migrate(database)
            await database.close()
            _migrated.append(Path(folder, "bot.db").read_bytes())
    if not path.exists():
        path.write_bytes(_migrated[0])
    return f"sqlite:///{path}"


def _copy_tables(connection: Connection) -> None:
    opened = connection.connection.driver_connection
    assert isinstance(opened, sqlite3.Connection)
    within = opened.in_transaction  # nothing can be copied into one: it is ended, and another begun
    opened.rollback()
    if opened.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        with closing(sqlite3.connect(":memory:")) as full:
            full.deserialize(_tables())
            full.backup(opened)
    if within:
        opened.execute("BEGIN IMMEDIATE")


@cache
def _tables() -> bytes:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        Table.metadata.create_all(connection)
    with engine.connect() as connection:
        opened = connection.connection.driver_connection
        assert isinstance(opened, sqlite3.Connection)
        found: bytes = opened.serialize()
    engine.dispose()
    return found
