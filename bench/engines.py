"""The databases that are measured: a file for SQLite, and the tests' PostgreSQL with everything that makes it durable.

The server is started by whoever plays Telegram and inherits its core: it never runs on the bot's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from db.session import Database
from tests.postgres import NoPostgres, Server, a_server

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
DURABLE: Mapping[str, str] = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "8GB",
    "max_connections": "100",
}
SHOWN = list(DURABLE)[:4]
PRAGMAS = ("journal_mode", "synchronous")


@dataclass(frozen=True)
class Engines:
    """Where databases are made: a folder, and a server if there is one."""

    folder: Path
    server: Server | None

    @property
    def names(self) -> tuple[str, ...]:
        return (SQLITE, POSTGRESQL) if self.server else (SQLITE,)

    async def new(self, engine: str, name: str) -> str:
        """A new database without tables; its address."""
        if engine == SQLITE:
            return f"sqlite:///{self.folder}/{name}.db"
        assert self.server
        return await self.server.create(f"bench_{name}")

    async def told(self) -> list[str]:
        """What each says of how it keeps what it confirmed."""
        return [await self._sqlite_told(), await self._postgres_told()]

    async def _sqlite_told(self) -> str:
        def ask(connection: Connection) -> str:
            asked = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
            return ", ".join(f"{name} {value}" for name, value in asked.items())

        database = Database(await self.new(SQLITE, "asked"))
        said = await database.on_connection(ask)
        await database.close()
        return f"{SQLITE} {sqlite3.sqlite_version}: {said} (2: every commit waits for fsync)"

    async def _postgres_told(self) -> str:
        if not self.server:
            return f"{POSTGRESQL}: none, its lines are missing"
        async with self.server.connected() as connection:
            said = [f"{name} {await connection.fetchval(f'SHOW {name}')}" for name in SHOWN]
            version = await connection.fetchval("SHOW server_version")
        return f"{POSTGRESQL} {version}: {', '.join(said)}"


@contextmanager
def engines(folder: Path) -> Iterator[Engines]:
    """Both of them if PostgreSQL can be had, else SQLite alone."""
    try:
        with a_server(DURABLE) as server:
            yield Engines(folder, server)
    except NoPostgres:
        yield Engines(folder, None)
