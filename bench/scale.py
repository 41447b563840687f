"""The menu, the status and the sending of an application beside a thousand, a hundred thousand, a million of them.

The program with everything but the network; each update by another person of those stored. The databases of all sizes
stand side by side and take turns, so that a machine that slows down slows them all.
"""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.conversation import update
from bench.engines import POSTGRESQL, SQLITE, Engines
from bench.in_process import in_process
from bench.instant import Instant
from bench.stored import ready_to_send, store, telegram_id
from bot.assembly import Program
from db.tables import ApplicationRow
from db.vault import Vault
from handlers.review.screens import Send

SIZES = dict.fromkeys((SQLITE, POSTGRESQL), (1_000, 100_000, 1_000_000))
FIRST = 250  # who really apply; the others are their copies
LATER = 4_000  # the first of those who send beside them; below 5 000, where invented identity numbers end
WARM = 10  # updates of each kind that are not counted
WHAT = {"menu": "/menu", "status": "/status"}


@dataclass
class Filled:
    """A program with so many applications in its database, and those who are about to send theirs."""

    many: int
    program: Program
    ready: Iterator[tuple[int, int]]
    numbers: int = 1_000_000_000  # of updates
    first: int = FIRST

    async def taken(self, what: str, chance: random.Random) -> float:
        """Seconds for one update of this kind."""
        raw = self._sending() if what == "sending" else self._words(what, chance)
        self.numbers += 1
        begun = perf_counter()
        await self.program.intake.take({"update_id": self.numbers, **raw})
        return perf_counter() - begun

    def _words(self, what: str, chance: random.Random) -> dict[str, Any]:
        return update(telegram_id(self.first, chance.randrange(self.many)), {"text": WHAT[what]})

    def _sending(self) -> dict[str, Any]:
        person, draft = next(self.ready)
        return update(person, {"press": Send(draft=draft).pack()})


async def measure(
    engines: Engines, sizes: dict[str, Sequence[int]] | None = None, times: int = 300, first: int = FIRST
) -> AsyncIterator[str]:
    """The lines of the report."""
    for engine in engines.names:
        async with AsyncExitStack() as open_now:
            filled = []
            for many in (sizes or SIZES)[engine]:
                begun = perf_counter()
                filled.append(await open_now.enter_async_context(_filled(engines, engine, many, times, first)))
                yield f"({engine}: {many} applications stored in {perf_counter() - begun:.0f} s)"
            os.sync()
            for what in (*WHAT, "sending"):
                yield f"{engine:10} {what:8}" + _line(await _in_turns(filled, what, times))
            for one in filled:
                assert await one.program.database.transaction(_sent) == one.many + times + WARM


@asynccontextmanager
async def _filled(engines: Engines, engine: str, many: int, times: int, first: int) -> AsyncIterator[Filled]:
    key, url = Vault.new_key(), await engines.new(engine, f"scale_{many}")
    await store(url, Vault(key), first, many)
    async with in_process(engines, url, key=key, session=Instant()) as program:
        ready = await program.transactions.run(ready_to_send, range(LATER, LATER + times + WARM))
        yield Filled(many, program, iter(ready.items()), first=first)


def _sent(session: Session) -> int | None:
    return session.scalar(select(func.count()).select_from(ApplicationRow))


async def _in_turns(filled: list[Filled], what: str, times: int) -> dict[int, float]:
    """The median milliseconds of each."""
    chance = random.Random(7)
    taken: dict[int, list[float]] = {one.many: [] for one in filled}
    for _ in range(times + WARM):
        for one in chance.sample(filled, len(filled)):  # whoever comes after the largest has the processor's cache cold
            taken[one.many].append(await one.taken(what, chance))
    return {many: statistics.median(seconds[WARM:]) * 1000 for many, seconds in taken.items()}


def _line(medians: dict[int, float]) -> str:
    least, told = min(medians.values()), ", ".join(f"{many}: {ms:.2f} ms" for many, ms in medians.items())
    return f"{told}; largest to smallest {max(medians.values()) / least:.2f}"
