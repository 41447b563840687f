"""Rows copied many times over by the database itself, quickly: indexes are left out and built at the end.

What stands there afterwards is what the migrations made, index by index. Nothing waits for the disk on the way, and no
foreign key is looked up: whatever breaks off here is thrown away.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing

import asyncpg
from sqlalchemy import Column, Table, make_url

APART = 10_000  # numbers between a row and its next copy: more than any table has rows to begin with
NUMBERED = frozenset({"id", "person_id", "draft_id", "application_id", "telegram_id", "update_id"})
UNIQUE = frozenset({"number", "unique_key", "file_unique_id"})
ANYWHERE = {"sqlite": "lower(hex(randomblob(32)))", "postgresql": "md5(random()::text) || md5(random()::text)"}
QUICKLY = {
    "sqlite": ("PRAGMA journal_mode = DELETE", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
               "PRAGMA cache_size = -500000"),
    "postgresql": ("SET session_replication_role = replica", "SET maintenance_work_mem = '512MB'"),
}  # fmt: skip
# (name, statement that makes it), of those that no constraint brings along
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = '{table}'",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = '{table}' "
    "AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)",
}


async def copy(url: str, tables: Sequence[Table], copies: int) -> None:
    """So many copies of every row of these tables, with numbers of their own."""
    if url.startswith("sqlite"):
        _in_sqlite(make_url(url).database or "", tables, copies)
    else:
        await _in_postgres(url, tables, copies)


def _in_sqlite(file: str, tables: Sequence[Table], copies: int) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in QUICKLY["sqlite"]:
            connection.execute(statement)
        for table in tables:
            found = connection.execute(INDEXES["sqlite"].format(table=table.name)).fetchall()
            for statement in _around(found, copying("sqlite", table, copies)):
                connection.execute(statement)


async def _in_postgres(url: str, tables: Sequence[Table], copies: int) -> None:
    """It is told, too, from where to number new rows; and what autovacuum would do later is done."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        for statement in QUICKLY["postgresql"]:
            await connection.execute(statement)
        for table in tables:
            found = await connection.fetch(INDEXES["postgresql"].format(table=table.name))
            async with connection.transaction():
                for statement in _around(found, copying("postgresql", table, copies)):
                    await connection.execute(statement)
                if table.autoincrement_column is not None:
                    last = f'(SELECT max(id) FROM "{table.name}")'
                    await connection.execute(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})")
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


def _around(indexes: Iterable[Sequence[str]], statement: str) -> list[str]:
    """The statement between the dropping and the building of these indexes."""
    indexes = [tuple(one) for one in indexes]
    return [*(f'DROP INDEX "{name}"' for name, _ in indexes), statement, *(made for _, made in indexes)]


def copying(dialect: str, table: Table, copies: int) -> str:
    """What copies the table's rows."""
    key = next(iter(table.primary_key)).name
    taken = ", ".join(_taken(column, dialect) for column in table.columns)
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return (
        f"WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < {copies}) "
        f'INSERT INTO "{table.name}" ({names}) SELECT {taken} FROM copies CROSS JOIN "{table.name}" '
        f'WHERE "{key}" < {APART}'
    )


def _taken(column: Column[object], dialect: str) -> str:
    name = f'"{column.name}"'
    if column.name in NUMBERED:
        return f"{name} + n * {APART}"
    if column.name in UNIQUE:
        return f"{name} || '-' || n"
    return ANYWHERE[dialect] if column.name == "iin_hash" else name
