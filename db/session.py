"""The one place where a transaction reaches the driver.

Use cases are plain synchronous functions; `Database.transaction` runs one on the async engine, commits,
and gives its result. On SQLite a transaction begins as a writer at once (BEGIN IMMEDIATE) and one process
lets one writer in at a time, so that nobody meets "database is locked" half-way.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Session

BUSY_TIMEOUT_MS = 10_000

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """An engine with the manners of its kind, and `transaction` to run use cases in."""

    def __init__(self, url: str) -> None:
        """`url`: sqlite+aiosqlite:///path or postgresql+asyncpg://…"""
        self.engine: AsyncEngine = create_async_engine(url, pool_pre_ping=not url.startswith("sqlite"))
        self._sqlite = make_url(url).get_backend_name() == "sqlite"
        self._one_writer: asyncio.Lock | None = asyncio.Lock() if self._sqlite else None
        if self._sqlite:
            _teach_sqlite(self.engine.sync_engine)

    async def transaction(self, usecase: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one use case in one transaction: committed when it returns, undone when it raises."""
        async with (
            self._writer(),
            AsyncSession(self.engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            return await session.run_sync(usecase, *args, **kwargs)

    @asynccontextmanager
    async def _writer(self) -> AsyncIterator[None]:
        async with self._one_writer or nullcontext():
            yield

    async def close(self) -> None:
        await self.engine.dispose()


def _teach_sqlite(engine: Engine) -> None:
    """SQLAlchemy's recipe for real transactions on SQLite: the driver begins none, we say BEGIN ourselves."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
