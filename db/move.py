"""Copies one database into another of either kind, and proves that what arrived is what left.

Row by row in batches, whatever the size; everything in one transaction of the target. Then each table is read again
there, and compared by its number of rows and by a hash of their contents. Only when all are the same is anything kept.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Row,
    Text,
    bindparam,
    cast,
    create_engine,
    func,
    inspect,
    literal,
    select,
)
from sqlalchemy import Table as CoreTable
from sqlalchemy import table as named
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.util import greenlet_spawn

from db.migrate import make_folder, migrate, up_to_date
from db.session import Database, teach_sqlite
from db.stored_json import AS_JSON
from db.tables import Table

BATCH = 500  # rows in memory at a time
REVISIONS = "alembic_version"


class Hindrance(Exception):
    """Why nothing can be moved, in words for whoever keeps the machine."""


@dataclass(frozen=True)
class Moved:
    """One table: rows that were read, rows found in the target, and whether all are the same there."""

    name: str
    read: int
    found: int
    same: bool


class Sum:
    """Counts rows and hashes their contents, in whatever order they come."""

    def __init__(self, table: CoreTable) -> None:
        self.rows = 0
        self.hash = 0
        self._json = [isinstance(column.type, JSON) for column in table.columns]

    def add(self, rows: Sequence[Row[Any]]) -> None:
        for row in rows:
            plain = [_plain(value) if of_json else value for value, of_json in zip(row, self._json, strict=True)]
            self.hash += int.from_bytes(sha256(repr(plain).encode("utf-8", "surrogatepass")).digest())
        self.hash %= 1 << 256
        self.rows += len(rows)


async def move(source: str, target: str, tell: Callable[[Moved], None]) -> bool:
    """Copy the database at one URL into an empty one at another; whether everything is the same there.

    `tell` hears of each table once it is compared. When anything differs, nothing is kept. Raises Hindrance.
    """
    await _require_source(source)
    await _prepare_target(target)
    async with _opened(source) as read, _opened(target) as write:
        return await greenlet_spawn(_move, read, write, tell)


async def _require_source(url: str) -> None:
    name = make_url(url)
    if name.get_backend_name() == "sqlite" and not Path(name.database or "").is_file():
        raise Hindrance(f"There is no database {name.database}.")
    with_steps = Database(url)
    try:
        if not await up_to_date(with_steps):
            raise Hindrance("The database to be moved is not up to date: run `python -m bot migrate` there first.")
    finally:
        await with_steps.close()


async def _prepare_target(url: str) -> None:
    make_folder(url)
    database = Database(url)
    try:
        if occupied := await database.on_connection(_occupied):
            raise Hindrance(f"The target is not empty: its table {occupied} has rows. Nothing was moved.")
        await migrate(database)
    finally:
        await database.close()


def _occupied(connection: Connection) -> str | None:
    """The name of a table with rows, whoever's."""
    for name in inspect(connection).get_table_names():
        any_row = select(literal(1)).select_from(named(name)).limit(1)
        if name != REVISIONS and connection.execute(any_row).first():
            return name
    return None


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Connection]:
    """A connection that sees one state of the database throughout. Nothing is kept unless its holder commits."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(make_url(url).set(drivername="sqlite"), hide_parameters=True, **AS_JSON)
        teach_sqlite(engine)
        with closing(engine.connect()) as connection:
            yield connection
        engine.dispose()
        return
    pool = create_async_engine(url, isolation_level="REPEATABLE READ", hide_parameters=True, **AS_JSON)
    async with pool.connect() as opened:
        assert opened.sync_connection
        yield opened.sync_connection
    await pool.dispose()


def _move(read: Connection, write: Connection, tell: Callable[[Moved], None]) -> bool:
    same = True
    for table in Table.metadata.sorted_tables:
        left = _copy(read, write, table)
        arrived = _sum(write, table)
        _go_on_counting(write, table)
        moved = Moved(table.name, left.rows, arrived.rows, (left.rows, left.hash) == (arrived.rows, arrived.hash))
        same = same and moved.same
        tell(moved)
    if same:
        write.commit()
    return same


def _copy(read: Connection, write: Connection, table: CoreTable) -> Sum:
    left = Sum(table)
    values = {column.name: _given(column, write.dialect.name) for column in table.columns}
    insert = table.insert().values(values)
    for rows in _batches(read, table):
        left.add(rows)
        write.execute(insert, [dict(zip(values, row, strict=True)) for row in rows])
    return left


def _sum(connection: Connection, table: CoreTable) -> Sum:
    found = Sum(table)
    for rows in _batches(connection, table):
        found.add(rows)
    return found


def _batches(connection: Connection, table: CoreTable) -> Iterator[Sequence[Row[Any]]]:
    """All rows, parents before those that refer to them within the same table."""
    found = connection.execute(
        select(*map(_read, table.columns)).order_by(*table.primary_key.columns), execution_options={"yield_per": BATCH}
    )
    return found.partitions()


# JSON travels as its text, so that a JSON null stays one, and a missing value stays missing.


def _read(column: Column[Any]) -> ColumnElement[Any]:
    return cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column


def _given(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    if not isinstance(column.type, JSON):
        return bindparam(column.name, type_=column.type)
    text = bindparam(column.name, type_=Text())
    return cast(text, JSONB) if dialect == "postgresql" else text


def _plain(text: str | None) -> str | None:
    """JSON in one spelling: PostgreSQL puts keys in an order of its own and writes numbers out."""
    if text is None:
        return None
    return json.dumps(json.loads(text, parse_float=_number, parse_int=_number), sort_keys=True)


def _number(text: str) -> list[str]:
    return ["number", str(Decimal(text).normalize() + 0)]


def _go_on_counting(write: Connection, table: CoreTable) -> None:
    """PostgreSQL numbers new rows from a sequence of its own: it goes on after the last; SQLite looks by itself."""
    column = table.autoincrement_column
    if write.dialect.name != "postgresql" or column is None:
        return
    last = write.execute(select(func.max(column))).scalar()
    if last is not None:
        sequence = func.pg_get_serial_sequence(literal(f'"{table.name}"'), literal(column.name))
        write.execute(select(func.setval(sequence, last)))
