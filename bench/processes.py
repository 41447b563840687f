"""One, two and four processes behind one webhook on PostgreSQL: what the second and the fourth bring.

They may use all cores; PostgreSQL and whoever plays Telegram all but the first. Where cores are short the ratio is
theirs and not the program's: the processor time of an update tells whether processes get in each other's way.
"""

from __future__ import annotations

import statistics
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from time import perf_counter

from bench.at_work import at_work, prepared
from bench.conversation import LENGTH, the_form
from bench.deliveries import SECRET, deliver, free_port, listening
from bench.engines import POSTGRESQL, Engines
from bench.running import CORES, Measured
from bench.updates import Round

NUMBERS = (1, 2, 4)


@dataclass(frozen=True)
class Served:
    """A process and the port on which it takes updates."""

    process: Measured
    port: int


async def measure(engines: Engines, people: int = 40, rounds: int = 3) -> AsyncIterator[str]:
    """The lines of the report."""
    if not engines.server:
        return
    everybody = range(1, 1 + people * len(NUMBERS) * (rounds + 1))
    settings = await prepared(engines, POSTGRESQL, "processes", everybody)
    done: dict[int, list[Round]] = {number: [] for number in NUMBERS}
    async with AsyncExitStack() as open_now:
        served = [await open_now.enter_async_context(_serving(settings)) for _ in range(max(NUMBERS))]
        groups = iter([everybody[first : first + people] for first in range(0, len(everybody), people)])
        for _ in range(rounds + 1):
            for number in NUMBERS:
                done[number].append(await _a_round(served[:number], next(groups)))
    for number in NUMBERS:
        yield _line(number, done[number][1:], done[1][1:])


@asynccontextmanager
async def _serving(settings: Mapping[str, str]) -> AsyncIterator[Served]:
    port = free_port()
    webhook = {"UPDATES": "webhook", "WEBHOOK_URL": "http://127.0.0.1", "WEBHOOK_SECRET": SECRET, "PORT": str(port)}
    async with at_work(POSTGRESQL, {**settings, **webhook}, frozenset(CORES)) as one:
        await listening(port)
        yield Served(one.process, port)


async def _a_round(served: list[Served], people: range) -> Round:
    """These people fill in the form, all at once."""
    count = len(people) * LENGTH
    begun, spent = perf_counter(), sum(one.process.processor for one in served)
    await deliver([one.port for one in served], {person: the_form(person) for person in people})
    taken, used = perf_counter() - begun, sum(one.process.processor for one in served) - spent
    return Round(count / taken, count / max(used, 0.01))


def _line(number: int, done: list[Round], alone: list[Round]) -> str:
    clock = statistics.median(one.by_clock for one in done)
    processor = statistics.median(1000 / one.by_processor for one in done)
    ratio = statistics.median(one.by_clock / other.by_clock for one, other in zip(done, alone, strict=True))
    return (
        f"{number} webhook processes on {len(CORES)} cores: {clock:6.0f} updates/s, {ratio:.2f} times one; "
        f"{processor:.2f} ms of the processor an update"
    )
