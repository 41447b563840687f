"""Both databases for tests: whatever asks for `database_kind` (so also `work` and `house`) runs once on each.

PostgreSQL is started when the first test needs it, with one database for each process of the run, emptied before
each test. When it cannot be started its tests are skipped, and the last lines of the run say so.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from typing import Any

import pytest
from greenlet import getcurrent, greenlet
from sqlalchemy import Connection, Engine, event
from sqlalchemy.ext.asyncio import create_async_engine

from tests.postgres import NoPostgres, Server, a_server, empty

SQLITE, POSTGRESQL = "sqlite", "postgresql"
IN_MEMORY = "sqlite://"
UNSEEN = "NO POSTGRESQL"


class Postgres:
    """The server of this process of the run, and the database its tests take turns in."""

    def __init__(self, server: Server, runner: asyncio.Runner) -> None:
        self.server, self.runner = server, runner
        self.name = f"zhas_test_{os.getpid()}"
        self.full, self.bare = f"{self.name}_full", "template1"  # what new databases are copied from
        runner.run(server.migrated(self.full))
        self.url = runner.run(server.create(self.name, self.full))
        self._engine = create_async_engine(self.url)
        event.listen(self._engine.sync_engine, "begin", _begun)
        self._hand = runner.run(server.connect(self.name))
        self._others = 0

    def empty(self) -> None:
        """No rows from here on."""
        self.runner.run(empty(self._hand))

    @contextmanager
    def another(self, *, migrated: bool = True) -> Iterator[str]:
        """One more database for a while; its address."""
        self._others += 1
        name = f"{self.name}_{self._others}"
        try:
            yield self.runner.run(self.server.create(name, self.full if migrated else self.bare))
        finally:
            self.runner.run(self.server.drop(name))

    @property
    def engine(self) -> Engine:
        """For plain functions that are run by `bridged`."""
        return self._engine.sync_engine

    def bridged(self, function: Callable[[], Any]) -> Any:
        """Run a function in which `engine` may be used: whatever it waits for is run in our loop."""
        bridge = _Bridge(function, getcurrent())
        bridge.gr_context = copy_context()
        wanted = bridge.switch()
        while not bridge.dead:
            try:
                found = self.runner.get_loop().run_until_complete(wanted)
            except Exception as error:
                wanted = bridge.throw(error)
            else:
                wanted = bridge.switch(found)
        return wanted

    def close(self) -> None:
        self.runner.run(self._hand.close())
        self.runner.run(self._engine.dispose())
        for name in (self.name, self.full):
            self.runner.run(self.server.drop(name))


def _begun(connection: Connection) -> None:
    """SQLAlchemy begins a transaction with its first statement; whatever goes to the driver as it is comes later."""
    connection.exec_driver_sql("SELECT 1")


class _Bridge(greenlet):  # type: ignore[misc]
    """SQLAlchemy hands what is to be awaited to the parent of such a greenlet."""

    __sqlalchemy_greenlet_provider__ = True


class Engines:
    """Starts PostgreSQL when it is first asked for."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._postgres: Postgres | None = None
        self._reason = ""

    def postgres(self) -> Postgres | None:
        """None when there is none; `reason` says why."""
        if not self._postgres and not self._reason:
            try:
                server = self._open.enter_context(a_server())
                self._postgres = Postgres(server, self._open.enter_context(asyncio.Runner()))
                self._open.callback(self._postgres.close)
            except (NoPostgres, OSError) as error:
                self._reason = str(error)
        return self._postgres

    @property
    def reason(self) -> str:
        return self._reason

    def close(self) -> None:
        self._open.close()


engines = Engines()


@pytest.fixture(scope="session", autouse=True)
def stopped_at_the_end() -> Iterator[None]:
    yield
    engines.close()


@pytest.fixture
def postgres() -> Postgres:
    """PostgreSQL, with an empty database: also for tests of what only it does."""
    found = engines.postgres()
    if not found:
        pytest.skip(f"{UNSEEN}: {engines.reason}")
    found.empty()
    return found


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> str:
    """An empty database: on PostgreSQL with every table, on SQLite in memory and without."""
    if database_kind == SQLITE:
        return IN_MEMORY
    found: Postgres = request.getfixturevalue("postgres")
    return found.url


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        only = metafunc.definition.get_closest_marker(SQLITE)
        metafunc.parametrize("database_kind", [SQLITE] if only else [SQLITE, POSTGRESQL])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    """Tests of use cases are plain functions: on PostgreSQL each is run in a bridge, as the program runs use cases."""
    if isinstance(getcurrent(), _Bridge) or not _needs_bridge(item) or not (found := engines.postgres()):
        return None
    return found.bridged(lambda: item.ihook.pytest_runtest_protocol(item=item, nextitem=nextitem))


def _needs_bridge(item: pytest.Item) -> bool:
    kind = item.callspec.params.get("database_kind") if hasattr(item, "callspec") else None
    return isinstance(item, pytest.Function) and "work" in item.fixturenames and kind == POSTGRESQL


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was not looked at for want of a program is said once more, where nobody overlooks it."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = [str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped]
    for reason in sorted({reason for reason in reasons if reason.startswith("NO ")}):
        terminalreporter.write_sep("!", f"{reasons.count(reason)} TEST(S) NOT RUN", red=True, bold=True)
        terminalreporter.write_line(reason, red=True)
