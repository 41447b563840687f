"""Durable updates a second: people filling in the form, each answer committed, against a stock aiogram echo.

Both get the same updates by long polling over HTTP and make the same number of calls. A round is PEOPLE
people at once, each from the first question to the plan; the next update of a person comes after the answer.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.conversation import LENGTH, prepare, the_form
from bench.processes import Measured, running
from bench.telegram import Telegram, serve
from db.migrate import migrate
from db.session import Database
from db.vault import Vault

PEOPLE = 50
ROUNDS = 3
RATE, POURED = 100, 3000  # updates a second, and how many of them


@dataclass(frozen=True)
class Round:
    """One round's figures: per second of the clock, and per second of processor time."""

    by_clock: float
    by_processor: float


@asynccontextmanager
async def ours(folder: Path, api: str, people: range, url: str = "") -> AsyncIterator[Measured]:
    """The program at work on a database where these people stand at the first question."""
    url = url or f"sqlite:///{folder}/bench.db"
    key = Vault.new_key()
    database = Database(url)
    await migrate(database)
    await prepare(database, Vault(key), people)
    await database.close()
    settings = {
        "BOT_API_URL": api, "DATABASE_URL": url, "DATA_KEY": key, "FILES_URL": "memory:", "UPDATES": "polling",
    }  # fmt: skip
    async with running("ours", settings) as process:
        yield process


async def a_round(telegram: Telegram, process: Measured, people: range) -> Round:
    begun, spent = perf_counter(), process.processor
    await telegram.play({person: the_form(person) for person in people}, len(people) * LENGTH)
    count = len(people) * LENGTH
    return Round(count / (perf_counter() - begun), count / (process.processor - spent))


async def rounds(telegram: Telegram, process: Measured, first: int = 1) -> Round:
    """The median round, after one to warm up."""
    done = [
        await a_round(telegram, process, range(first + n * PEOPLE, first + (n + 1) * PEOPLE)) for n in range(ROUNDS + 1)
    ][1:]
    return Round(statistics.median(one.by_clock for one in done), statistics.median(one.by_processor for one in done))


async def measure(url: str = "") -> list[str]:
    """The lines of the report."""
    telegram = Telegram()
    server, port = await serve(telegram)
    api = f"http://127.0.0.1:{port}"
    async with running("echo", {"BOT_API_URL": api}) as process:
        echo = await rounds(telegram, process)
    with tempfile.TemporaryDirectory() as folder:
        everybody = range(1, PEOPLE * (ROUNDS + 1) + POURED // LENGTH + 2)
        async with ours(Path(folder), api, everybody, url) as process:
            form = await rounds(telegram, process)
            rest = range(PEOPLE * (ROUNDS + 1) + 1, everybody.stop)
            total = len(rest) * LENGTH
            poured = await telegram.pour({person: the_form(person) for person in rest}, total, RATE)
    server.close()
    quantiles = statistics.quantiles(poured.delays, n=100)
    return [
        f"stock aiogram echo:     {echo.by_clock:6.0f} updates/s, {echo.by_processor:6.0f} per processor second",
        f"this bot, the form:     {form.by_clock:6.0f} updates/s, {form.by_processor:6.0f} per processor second",
        f"ratio: {form.by_clock / echo.by_clock:.2f} by the clock, "
        f"{form.by_processor / echo.by_processor:.2f} by processor time",
        f"at {RATE} updates/s: median {quantiles[49] * 1000:.1f} ms to the answer, p99 {quantiles[98] * 1000:.1f} ms",
    ]
