"""From the start of the process to its first answer, beside the echo's: an update waits at Telegram already."""

from __future__ import annotations

import statistics
from collections.abc import AsyncIterator, Mapping
from time import perf_counter

from bench.at_work import ECHO, at_work, prepared
from bench.conversation import the_form
from bench.engines import Engines
from bench.telegram import Telegram


async def measure(engines: Engines, starts: int = 5) -> AsyncIterator[str]:
    """The lines of the report. One start before the others is not counted: it reads the files from the disk."""
    settings: dict[str, Mapping[str, str]] = {ECHO: {}}
    for engine in engines.names:
        settings[engine] = await prepared(engines, engine, "start", range(1, starts + 2))
    taken: dict[str, list[float]] = {name: [] for name in settings}
    for person in range(1, starts + 2):
        for name, given in settings.items():
            taken[name].append(await _first_answer(name, given, person))
    for name, seconds in taken.items():
        yield f"{name:20} {statistics.median(seconds[1:]):5.2f} s from the start to the first answer"


async def _first_answer(name: str, settings: Mapping[str, str], person: int) -> float:
    telegram, begun = Telegram(), perf_counter()
    async with at_work(name, settings, telegram=telegram):
        await telegram.play({person: iter([next(the_form(person))])}, 1)
        return perf_counter() - begun
