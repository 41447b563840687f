"""Copied rows stand in tables that are just as the migrations made them, and refer to what is there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.copying import INDEXES
from bench.stored import LEFT, store
from db.migrate import migrate
from db.session import Database
from db.vault import Vault
from tests.engines import Postgres

FIRST, MANY = 2, 6
CONSTRAINTS = "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"


async def test_on_sqlite(tmp_path: Path) -> None:
    def indexes(file: Path) -> dict[str, Any]:
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            asked = {row.__tablename__: INDEXES["sqlite"].format(table=row.__tablename__) for row in LEFT}
            return {name: sorted(connection.execute(statement)) for name, statement in asked.items()}

    await store(f"sqlite:///{tmp_path}/stored.db", Vault(Vault.new_key()), FIRST, MANY)
    empty = Database(f"sqlite:///{tmp_path}/empty.db")
    await migrate(empty)
    await empty.close()
    assert indexes(tmp_path / "stored.db") == indexes(tmp_path / "empty.db")
    assert sum(map(len, indexes(tmp_path / "empty.db").values())) > len(LEFT)
    with closing(sqlite3.connect(tmp_path / "stored.db")) as connection:
        counted = {row: connection.execute(f"SELECT count(*) FROM {row.__tablename__}").fetchone()[0] for row in LEFT}
        assert connection.execute("SELECT count(DISTINCT iin_hash) FROM application").fetchone() == (MANY,)
    assert {row.__tablename__: many for row, many in counted.items() if many % MANY} == {}


async def test_on_postgresql(postgres: Postgres) -> None:
    asked = [INDEXES["postgresql"].format(table=row.__tablename__) + " ORDER BY 1" for row in LEFT]
    asked.append(f"{CONSTRAINTS} WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2")
    server = postgres.server
    await server.migrated("copying_empty")
    await store(await server.create("copying_stored"), Vault(Vault.new_key()), FIRST, MANY)
    async with server.connected("copying_empty") as empty, server.connected("copying_stored") as stored:
        for statement in asked:
            assert await stored.fetch(statement) == await empty.fetch(statement)
        for row in LEFT:
            assert await stored.fetchval(f"SELECT count(*) FROM {row.__tablename__}") % MANY == 0
        last = await stored.fetchval("SELECT max(id) FROM person")
        assert await stored.fetchval("SELECT nextval(pg_get_serial_sequence('person', 'id'))") == last + 1
    for name in ("copying_empty", "copying_stored"):
        await server.drop(name)
