"""Quick looks from outside into the database of a program that lives in another process."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import asyncpg

from tests.engines import Postgres

CURSORS = "SELECT telegram_id, cursor FROM draft JOIN person ON person.id = draft.person_id WHERE draft.state = 'open'"
NEWEST = 500  # updates; far more than can be handled between two looks


class Glance(Protocol):
    """Quick questions to the program's database, from outside, while it lives."""

    async def refresh(self) -> None:
        """See what is there now, not what was there a moment ago."""
        ...

    def handled(self, update_id: int) -> bool: ...

    def all_handled(self) -> int:
        """How many updates were handled so far."""
        ...

    def cursor(self, telegram_id: int) -> str:
        """The question that this person's draft asks."""
        ...


class SqliteGlance:
    """Into the SQLite file: never a lock."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)

    def close(self) -> None:
        self._connection.close()

    async def refresh(self) -> None:
        """Every question asks anew."""

    def handled(self, update_id: int) -> bool:
        found = self._connection.execute("SELECT 1 FROM handled_update WHERE update_id = ?", (update_id,))
        return found.fetchone() is not None

    def all_handled(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM handled_update").fetchone()[0])

    def cursor(self, telegram_id: int) -> str:
        return str(self._connection.execute(f"{CURSORS} AND telegram_id = ?", (telegram_id,)).fetchone()[1])


class PostgresGlance:
    """Into PostgreSQL: what was there a moment ago; `handled` is never newer than `cursor`."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection, self._handled, self._cursors = connection, set[int](), dict[int, str]()
        self._asking = asyncio.Lock()

    async def look(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await self.refresh()
            await asyncio.sleep(0.02)

    async def refresh(self) -> None:
        newest = f"SELECT update_id FROM handled_update ORDER BY update_id DESC LIMIT {NEWEST}"
        async with self._asking:
            rows = await self._connection.fetch(newest)
            self._cursors = dict(await self._connection.fetch(CURSORS))
        self._handled.update(row[0] for row in rows)

    def handled(self, update_id: int) -> bool:
        return update_id in self._handled

    def all_handled(self) -> int:
        return len(self._handled)

    def cursor(self, telegram_id: int) -> str:
        return self._cursors[telegram_id]


@asynccontextmanager
async def glance_at(where: Path | Postgres) -> AsyncIterator[Glance]:
    """At a file of SQLite, or at the database of the tests on PostgreSQL."""
    if isinstance(where, Path):
        file = SqliteGlance(where)
        try:
            yield file
        finally:
            file.close()
        return
    async with where.server.connected(where.name) as connection:
        glance = PostgresGlance(connection)
        looking = asyncio.ensure_future(glance.look())
        try:
            yield glance
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)
