"""The bot at work with no Telegram: a sandbox beside it, an invented competition, a chat page in the browser.

The sandbox is a program of its own; the two speak only HTTP. What was written in one demo is there in the
next: everything stands in `var/demo/`.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.assembly import assemble
from bot.clock import system_clock
from bot.run import run
from bot.settings import Settings, load_settings
from db.migrate import migrate
from db.session import Database
from db.vault import Vault
from usecases.demonstration import load_demonstration
from usecases.work import Work

FOLDER = Path("var/demo")
PORT = 8081
GREETING = """
The bot is at work. Open {url} in a browser.

  Choose Айгерім (Kazakh) or Данила (Russian) on the left, press Start, and apply for a grant.
  What you write is kept in {folder}; the next `make demo` goes on from there.
  Ctrl-C ends it.
"""


async def demo(folder: Path = FOLDER, port: int = PORT) -> None:
    """Run the demonstration until Ctrl-C."""
    folder.mkdir(parents=True, exist_ok=True)
    async with _sandbox(folder, port) as url:
        settings = demo_settings(folder, url)
        program = assemble(settings)
        await migrate(program.database)
        await _fill(program.database, program.vault)
        await run(program, ready=lambda: print(GREETING.format(url=url, folder=folder), flush=True))


def demo_settings(folder: Path, url: str) -> Settings:
    """Settings of the demonstration; a key is made at its first start."""
    key = folder / "data.key"
    if not key.exists():
        key.write_text(Vault.new_key())
        key.chmod(0o600)
    return load_settings(
        _env_file=None,
        bot_token="4242:the-sandbox-takes-any-token",  # noqa: S106
        bot_api_url=url,
        database_url=f"sqlite:///{folder}/bot.db",
        files_url=f"file:{folder}/files",
        data_key=key.read_text(),
        updates="polling",
    )


async def _fill(database: Database, vault: Vault) -> None:
    await database.transaction(lambda session: load_demonstration(Work(session, system_clock(), vault)))


@asynccontextmanager
async def _sandbox(folder: Path, port: int) -> AsyncIterator[str]:
    """A sandbox process on `port` or the next free one; its address."""
    state = str(folder / "telegram.json")
    command = [sys.executable, "-m", "sandbox", "--port", str(port), "--state", state, "--with-stdin"]
    # A session of its own, so that Ctrl-C reaches the bot first; a pipe, so that it never outlives the bot.
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, start_new_session=True)
    try:
        yield await _address(process)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _address(process: Process) -> str:
    assert process.stdout
    async for line in process.stdout:
        word, _, url = line.decode().strip().partition(": ")
        if word == "sandbox":
            return url
    raise RuntimeError("the sandbox did not start")
