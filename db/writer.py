"""SQLite's one writer: use cases wait in a row, and those that wait together are committed together.

A commit waits for the disk, so the more that waits the more one commit takes along. Each use case stands behind
a savepoint of its own: what it refuses is undone alone. Nobody learns of a result before its commit; when the
commit fails, nothing of that batch was done and each of its use cases fails with that error.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from db.inside import in_session

T = TypeVar("T")
MOST = 32  # use cases in one commit


@dataclass
class _Asked:
    """A use case that waits, and then what came of it."""

    function: Callable[[Session], Any]
    answer: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None
    queued: bool = False

    def tell(self) -> None:
        if self.answer.done():  # cancelled: whoever asked is gone
            return
        if self.error is None:
            self.answer.set_result(self.result)
        elif isinstance(self.error, StopIteration):  # no future takes one: nobody would ever be told
            self.answer.set_exception(RuntimeError("a use case ended with StopIteration"))
        else:
            self.answer.set_exception(self.error)


class Writer:
    """Runs use cases in the one thread, as many in a transaction as wait."""

    def __init__(self, engine: Engine, thread: Executor, when_queued: Callable[[], None]) -> None:
        self._engine, self._thread, self._when_queued = engine, thread, when_queued
        self._waiting: deque[_Asked] = deque()
        self._busy = False
        self._kept: Connection | None = None

    async def write(self, function: Callable[[Session], T]) -> T:
        """The use case's result, once it is committed."""
        loop = asyncio.get_running_loop()
        asked = _Asked(function, loop.create_future())
        self._waiting.append(asked)
        self._go_on(loop)
        result: T = await asked.answer
        return result

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """The thread's one connection, in a transaction that ends with the block. Called in the thread."""
        if self._kept is None or self._kept.closed:
            self._kept = self._engine.connect()
        with self._kept.begin():
            yield self._kept

    def close(self) -> None:
        """Called in the thread, when nobody waits any more."""
        if self._kept:
            self._kept.close()

    def _go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._waiting and not self._busy:
            self._busy = True
            batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            self._thread.submit(self._run, batch, loop)

    def _run(self, batch: list[_Asked], loop: asyncio.AbstractEventLoop) -> None:
        try:
            self._commit(batch)
        except BaseException as error:
            for asked in batch:
                asked.error = error
        with suppress(RuntimeError):  # the loop is closed: nobody waits for an answer
            loop.call_soon_threadsafe(self._told, batch, loop)

    def _told(self, batch: list[_Asked], loop: asyncio.AbstractEventLoop) -> None:
        self._busy = False
        self._go_on(loop)
        for asked in batch:
            asked.tell()
        if any(asked.queued for asked in batch):
            self._when_queued()

    def _commit(self, batch: list[_Asked]) -> None:
        with self.connection() as connection:
            if len(batch) == 1:
                batch[0].result, batch[0].queued = in_session(connection, batch[0].function)
                return
            for asked in batch:
                self._behind_savepoint(connection, asked)

    def _behind_savepoint(self, connection: Connection, asked: _Asked) -> None:
        connection.exec_driver_sql("SAVEPOINT asked")
        try:
            asked.result, asked.queued = in_session(connection, asked.function)
        except Exception as error:
            asked.error = error
            with suppress(SQLAlchemyError):
                connection.exec_driver_sql("ROLLBACK TO asked")
            if not connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
                raise  # a full disk undoes the whole transaction, the other use cases, too
        connection.exec_driver_sql("RELEASE asked")
