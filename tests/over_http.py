"""The bot and its Telegram over real HTTP: a sandbox that listens, a program that polls it or is its webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiogram import Bot
from aiohttp import web

from bot import turns as turns_module
from bot.assembly import Program, assemble
from bot.intake.polling import Poller
from bot.intake.webhook import Webhook
from bot.settings import load_settings
from bot.show import show
from sandbox.server import application
from sandbox.telegram import Telegram
from tests.factories import DATA_KEY
from tests.person import UNLIMITED
from tests.statements import engine_of, share_statements
from tests.tables import migrated_file

T = TypeVar("T")
SECRET = "a-secret-of-the-test"


class Server:
    """A sandbox listening on 127.0.0.1, and what a person's chat shows."""

    def __init__(self, telegram: Telegram, url: str) -> None:
        self.telegram, self.url = telegram, url

    def said(self, person: int) -> list[str]:
        return [message.text for message in self.telegram.chat(person).messages if message.from_bot]


@asynccontextmanager
async def a_server() -> AsyncIterator[Server]:
    """A sandbox on a free port."""
    telegram = Telegram()
    runner = web.AppRunner(application(telegram), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield Server(telegram, f"http://127.0.0.1:{runner.addresses[0][1]}")
    finally:
        await runner.cleanup()


@asynccontextmanager
async def the_bot(server: Server, folder: Path) -> AsyncIterator[Program]:
    """A bot on a file of its own, over real HTTP."""
    settings = load_settings(
        _env_file=None,
        bot_token="4242:tests-have-no-token",
        bot_api_url=server.url,
        data_key=DATA_KEY,
        files_url="memory:",
        database_url=await migrated_file(folder / "bot.db"),
    )
    program = assemble(settings, limits=UNLIMITED)
    share_statements(engine_of(program.database), "bot")
    try:
        yield program
    finally:
        await program.bot.session.close()
        await program.database.close()


@asynccontextmanager
async def polled(program: Program) -> AsyncIterator[Poller]:
    poller = Poller(program.bot, program.intake)
    running = asyncio.ensure_future(poller.run())
    try:
        yield poller
    finally:
        poller.stop()
        await running


async def until(condition: Callable[[], Any], seconds: float = 5.0) -> None:
    """Wait for something that other tasks are bringing about."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def comes(ask: Callable[[], Awaitable[T]], wanted: T, seconds: float = 5.0) -> None:
    """Ask until the answer is the wanted one."""
    async with asyncio.timeout(seconds):
        while await ask() != wanted:
            await asyncio.sleep(0.02)


@asynccontextmanager
async def hooked(program: Program, port: int) -> AsyncIterator[str]:
    webhook = Webhook(program.bot, program.intake, SECRET)
    await webhook.start(f"http://127.0.0.1:{port}", port)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await webhook.stop()


@contextmanager
def a_gate() -> Iterator[asyncio.Event]:
    """Something to wait for that is open at the end whatever happens: else a failing test would hang.

    Enter it after `polled`, which waits for what is in work.
    """
    gate = asyncio.Event()
    try:
        yield gate
    finally:
        gate.set()


@asynccontextmanager
async def nothing_is_shown_to(person: int, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[asyncio.Event]:
    """Telegram takes its time with this person's answers until the event is set."""
    usual = show

    async def slow(bot: Bot, chat: int, *rest: Any) -> Any:
        if chat == person:
            await gate.wait()
        return await usual(bot, chat, *rest)

    monkeypatch.setattr(turns_module, "show", slow)
    with a_gate() as gate:
        yield gate
