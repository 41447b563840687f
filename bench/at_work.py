"""The two that are compared, each at work for a Telegram of its own: a stock aiogram echo, and this bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bench.conversation import prepare
from bench.engines import Engines
from bench.running import MEASURED, Measured, running
from bench.telegram import Telegram, serve
from db.migrate import migrate
from db.session import Database
from db.vault import Vault

ECHO = "stock aiogram echo"


@dataclass(frozen=True)
class AtWork:
    """A process and the Telegram that it serves."""

    name: str
    telegram: Telegram
    process: Measured


@asynccontextmanager
async def at_work(
    name: str, settings: Mapping[str, str], cores: frozenset[int] = MEASURED, telegram: Telegram | None = None
) -> AsyncIterator[AtWork]:
    """The echo, or with a database's settings the bot; it asks for updates from now on."""
    telegram = telegram or Telegram()
    server, port = await serve(telegram)
    try:
        address = {"BOT_API_URL": f"http://127.0.0.1:{port}"}
        async with running("echo" if name == ECHO else "ours", {**settings, **address}, cores) as process:
            yield AtWork(name, telegram, process)
    finally:
        server.close()


async def prepared(engines: Engines, engine: str, name: str, people: range) -> dict[str, str]:
    """A new database in which these people stand at the first question; the bot's settings for it."""
    url, key = await engines.new(engine, name), Vault.new_key()
    database = Database(url)
    await migrate(database)
    await prepare(database, Vault(key), people)
    await database.close()
    return {"DATABASE_URL": url, "DATA_KEY": key, "FILES_URL": "memory:", "UPDATES": "polling"}
