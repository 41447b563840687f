"""Durable updates a second: our bot on SQLite against a stock aiogram echo without any database, one core.

A round is PEOPLE people who each say something ROUND_LENGTH times; both bots get the very same updates.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Message

from bench.transport import Instant
from bot.assembly import assemble
from bot.pace import Limits
from bot.settings import load_settings
from db.migrate import migrate
from db.vault import Vault

PEOPLE = 50
ROUND_LENGTH = 10
ROUNDS = 5
TOKEN = "4242:bench-has-no-token"
Take = Callable[[dict[str, Any]], Awaitable[object]]


async def measure() -> list[str]:
    """The lines of the report."""
    numbers = iter(range(1, 10_000_000))
    echo = [await _rate(_echo(), numbers) for _ in range(ROUNDS)]
    with tempfile.TemporaryDirectory() as folder:
        take, close = await _ours(Path(folder))
        await _rate(take, numbers)  # everybody is met once
        ours = [await _rate(take, numbers) for _ in range(ROUNDS)]
        await close()
    ratio = statistics.median(ours) / statistics.median(echo)
    return [
        f"stock aiogram echo, no database: {statistics.median(echo):8.0f} updates/s",
        f"this bot, menu, SQLite:          {statistics.median(ours):8.0f} updates/s",
        f"ratio: {ratio:.2f}",
    ]


async def _rate(take: Take, numbers: Any) -> float:
    begun = time.perf_counter()
    for _ in range(ROUND_LENGTH):
        await asyncio.gather(*(take(_update(next(numbers), person)) for person in range(1, PEOPLE + 1)))
    return PEOPLE * ROUND_LENGTH / (time.perf_counter() - begun)


def _update(number: int, person: int) -> dict[str, Any]:
    user = {"id": person, "is_bot": False, "first_name": "Bench", "language_code": "kk"}
    chat = {"id": person, "type": "private", "first_name": "Bench"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1_800_000_000, "chat": chat, "from": user, "text": "/menu"},
    }


def _echo() -> Take:
    dispatcher, bot = Dispatcher(), Bot(TOKEN, session=Instant())

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    return lambda raw: dispatcher.feed_raw_update(bot, raw)


async def _ours(folder: Path) -> tuple[Take, Callable[[], Awaitable[None]]]:
    settings = load_settings(
        _env_file=None,
        bot_token=TOKEN,
        data_key=Vault.new_key(),
        database_url=f"sqlite:///{folder}/bench.db",
        files_url="memory:",
    )
    fast = Limits(permits=10**9, window=0.0, burst=10**9, group_every=0.0)
    program = assemble(settings, session=Instant(), limits=fast)
    await migrate(program.database)
    return program.intake.take, program.database.close
