"""The program in the benchmark's own process, on a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram.client.session.base import BaseSession

from bench.engines import Engines
from bench.running import TOKEN
from bot.assembly import Program, assemble
from bot.pace import Limits
from bot.settings import load_settings
from db.migrate import migrate
from db.vault import Vault

NOBODY = "http://127.0.0.1:9"  # listens there


@asynccontextmanager
async def in_process(
    engines: Engines,
    url: str,
    *,
    key: str = "",
    telegram: str = NOBODY,
    session: BaseSession | None = None,
    limits: Limits | None = None,
) -> AsyncIterator[Program]:
    """The program on the database with this address, which has its tables. `telegram`: where the Bot API is."""
    settings = load_settings(
        _env_file=None,
        bot_token=TOKEN,
        bot_api_url=telegram,
        data_key=key or Vault.new_key(),
        database_url=url,
        files_url=f"file:{engines.folder}/files",
    )
    program = assemble(settings, session=session, limits=limits)
    await migrate(program.database)
    try:
        yield program
    finally:
        await program.bot.session.close()
        await program.database.close()
