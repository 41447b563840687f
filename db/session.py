"""The one place where a transaction reaches the driver.

Use cases are plain synchronous functions; `Database.transaction` runs one, commits, and gives its result.

On SQLite it runs in one thread that writes alone, with Python's own driver, and those that wait share a commit
(`db/writer.py`). On PostgreSQL it runs on SQLAlchemy's async engine, many at once; where two get in each other's
way and PostgreSQL undoes one of them, that one runs again. So does one whose connection proved broken at its BEGIN.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.util import greenlet_spawn

from db.inside import in_session
from db.prepared import say
from db.stored_json import AS_JSON
from db.writer import Writer

BUSY_TIMEOUT_MS = 10_000  # for another process with the same file
# PostgreSQL undid the whole transaction for another's sake: serialization_failure, deadlock_detected (its Appendix A).
COLLISIONS = frozenset({"40001", "40P01"})
TRIES = 5
BEGIN = "BEGIN"

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """`Database("sqlite:///path")` or `Database("postgresql+asyncpg://…")`."""

    def __init__(self, url: str) -> None:
        """An engine of the URL's kind; nothing is opened yet."""
        self.several = make_url(url).get_backend_name() != "sqlite"  # whether several processes may share it
        self._driver: _Driver = (_Postgres if self.several else _Sqlite)(url, self._queued)
        self.when_queued: list[Callable[[], None]] = []  # called after a commit that queued something to be sent

    async def transaction(self, usecase: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one use case in one transaction: committed when it returns, undone when it raises."""
        return await self._driver.in_session(lambda session: usecase(session, *args, **kwargs))

    async def on_connection(
        self, step: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same for a step that needs a bare connection (migrations)."""
        return await self._driver.on_connection(lambda connection: step(connection, *args, **kwargs))

    async def close(self) -> None:
        await self._driver.close()

    def _queued(self) -> None:
        for wake in self.when_queued:
            wake()


class _Driver:
    """How one kind of database runs a synchronous function in a transaction."""

    async def in_session(self, function: Callable[[Session], T]) -> T:
        raise NotImplementedError

    async def on_connection(self, function: Callable[[Connection], T]) -> T:
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError


# Parameters are what people wrote: `hide_parameters` keeps them out of errors, wherever those end up.


class _Sqlite(_Driver):
    def __init__(self, url: str, when_queued: Callable[[], None]) -> None:
        self._engine = create_engine(make_url(url).set(drivername="sqlite"), hide_parameters=True, **AS_JSON)
        teach_sqlite(self._engine)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        self._writer = Writer(self._engine, self._thread, when_queued)
        self._closed = False

    async def in_session(self, function: Callable[[Session], T]) -> T:
        return await self._writer.write(function)

    async def on_connection(self, function: Callable[[Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._connection, function)

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            await asyncio.get_running_loop().run_in_executor(self._thread, self._dispose)
            self._thread.shutdown()

    def _connection(self, function: Callable[[Connection], T]) -> T:
        with self._writer.connection() as connection:
            return function(connection)

    def _dispose(self) -> None:
        self._writer.close()
        self._engine.dispose()


class _Postgres(_Driver):
    """The driver begins nothing by itself; BEGIN and COMMIT are ours, given to it as they are (`db/prepared.py`)."""

    def __init__(self, url: str, when_queued: Callable[[], None]) -> None:
        self._when_queued = when_queued
        self._engine: AsyncEngine = create_async_engine(
            url, hide_parameters=True, isolation_level="AUTOCOMMIT", **AS_JSON
        )
        _leave_closed_ones(self._engine.sync_engine)

    async def in_session(self, function: Callable[[Session], T]) -> T:
        for before in range(TRIES - 1):
            try:
                return await self._session(function)
            except DBAPIError as error:
                if not _came_to_nothing(error):
                    raise
            await asyncio.sleep(0.01 * 2**before)
        return await self._session(function)

    async def _session(self, function: Callable[[Session], T]) -> T:
        result, queued = await self.on_connection(lambda connection: in_session(connection, function))
        if queued:
            self._when_queued()
        return result

    async def on_connection(self, function: Callable[[Connection], T]) -> T:
        return await greenlet_spawn(self._in_transaction, function)

    def _in_transaction(self, function: Callable[[Connection], T]) -> T:
        """Runs in a greenlet: what is to be awaited in it, the event loop awaits."""
        with self._engine.sync_engine.begin() as connection:
            try:
                say(connection, BEGIN)
                result = function(connection)
                say(connection, "COMMIT")
            except BaseException:
                _undo(connection)
                raise
            return result

    async def close(self) -> None:
        await self._engine.dispose()


def _came_to_nothing(error: DBAPIError) -> bool:
    """Whether it is sure that nothing of the transaction stands, and that it may succeed if it is run again."""
    return error.statement == BEGIN or getattr(error.orig, "sqlstate", None) in COLLISIONS


def _undo(connection: Connection) -> None:
    """A connection whose transaction cannot be ended is not used again."""
    try:
        say(connection, "ROLLBACK")
    except BaseException:
        connection.invalidate()


def _leave_closed_ones(engine: Engine) -> None:
    """A connection that the server has closed is not given out again; to know that, the server need not be asked."""

    @event.listens_for(engine, "checkout")
    def on_checkout(connection: Any, _record: Any, _proxy: Any) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError


def teach_sqlite(engine: Engine) -> None:
    """SQLAlchemy's recipe for real transactions on SQLite: the driver begins none, we say BEGIN ourselves."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA secure_delete=ON")  # what a person had erased is overwritten in the file, too
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
