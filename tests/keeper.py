"""Starts, kills and stops the real program."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.clock import system_clock
from db.session import Database
from db.vault import Vault
from tests.factories import DATA_KEY
from tests.tables import migrated_file
from usecases.demonstration import load_demonstration
from usecases.work import Work

T = TypeVar("T")
SECRET = "a-secret-of-the-test"
ROOT = Path(__file__).parents[1]


@dataclass
class Keeper:
    """The forking parent (tests/mortal.py), and the folder with the program's settings and files."""

    folder: Path
    database_url: str
    parent: Process
    fast: bool = False
    kills: int = 0
    speaking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def start(self, name: str) -> int:
        """A new life with the settings of this name; its process number. It is not ready yet."""
        return await self._say(f"start {self.folder / name}{' fast' if self.fast else ''}")

    def settle(self, name: str, telegram_url: str, port: int | None = None, address: str | None = None) -> None:
        """Settings of a life, under a name: by polling, or (`port`) by webhook, behind a common `address` or not."""
        (self.folder / name).mkdir()
        lines = settings(self.folder, telegram_url, self.database_url)
        lines += by_webhook(port, address or f"http://127.0.0.1:{port}") if port else []
        (self.folder / name / ".env").write_text("\n".join(lines))

    async def kill(self, child: int) -> None:
        self.kills += 1
        assert await self._say(f"kill {child}") == -9, self.log()

    async def stop(self, child: int) -> None:
        """SIGTERM, and everything in order; -15 when it was only starting."""
        assert await self._say(f"stop {child}") in (0, -15), self.log()

    def served(self) -> int:
        """How many lives came as far as taking updates."""
        return sum(path.read_text().count('"event": "running"') for path in self.folder.rglob("log"))

    def log(self) -> str:
        """The last lines of every life."""
        return "\n".join("\n".join(path.read_text().splitlines()[-40:]) for path in self.folder.rglob("log"))

    async def work(self, usecase: Callable[[Work], T]) -> T:
        """Run a use case on the program's database, now."""
        database = Database(self.database_url)
        try:
            return await database.transaction(lambda session: usecase(Work(session, system_clock(), Vault(DATA_KEY))))
        finally:
            await database.close()

    async def _say(self, words: str) -> int:
        assert self.parent.stdin
        assert self.parent.stdout
        async with self.speaking, asyncio.timeout(90):
            self.parent.stdin.write(f"{words}\n".encode())
            return int(await self.parent.stdout.readline())


@asynccontextmanager
async def a_keeper(folder: Path, *, fast: bool, database_url: str | None = None) -> AsyncIterator[Keeper]:
    """A database (given, or a new one of SQLite) with the demonstration's competition, and a parent ready to fork."""
    url = database_url or await migrated_file(folder / "bot.db")
    command = [sys.executable, "-m", "tests.mortal"]
    parent = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=PIPE, stdout=PIPE)
    assert parent.stdin
    assert parent.stdout
    try:
        assert await parent.stdout.readline() == b"ready\n"
        keeper = Keeper(folder, url, parent, fast)
        await keeper.work(load_demonstration)
        yield keeper
    finally:
        parent.stdin.close()
        await parent.wait()


def settings(folder: Path, telegram_url: str, database_url: str) -> list[str]:
    return [
        "BOT_TOKEN=4242:tests-have-no-token",
        f"BOT_API_URL={telegram_url}",
        f"DATABASE_URL={database_url}",
        f"DATA_KEY={DATA_KEY}",
        f"FILES_URL=file:{folder}/files",
    ]


def by_webhook(port: int, address: str) -> list[str]:
    return ["UPDATES=webhook", f"WEBHOOK_URL={address}", f"WEBHOOK_SECRET={SECRET}", f"PORT={port}"]
