"""Memory of the process beside the echo's, at rest and under the same load, and whether it stays where it is.

The load is as many updates as come in three hours at five a second, by many people, taken as fast as it goes. What is
kept for people who wrote lately, and what SQLite keeps of its file, fills up in the beginning; growth is looked for in
the second half.
"""

from __future__ import annotations

import statistics
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from bench.at_work import ECHO, AtWork, at_work, prepared
from bench.conversation import LENGTH
from bench.engines import Engines
from bench.updates import a_round

HOURS = 54_000  # updates: five a second, three hours
LOOKS = 12  # how often memory is looked at on the way
SETTLED = LOOKS // 2  # of them, before what is kept has filled up


async def measure(engines: Engines, updates: int = HOURS) -> AsyncIterator[str]:
    """The lines of the report; the load's people take turns a hundred at a time."""
    people = max(1, updates // LENGTH // LOOKS)
    everybody = range(1, 2 + people * LOOKS)
    async with AsyncExitStack() as open_now:
        subjects = [await open_now.enter_async_context(at_work(ECHO, {}))]
        for engine in engines.names:
            settings = await prepared(engines, engine, "memory", everybody)
            subjects.append(await open_now.enter_async_context(at_work(engine, settings)))
        looks = {subject.name: await _looks(subject, everybody[-1], people) for subject in subjects}
    for name, seen in looks.items():
        line = f"{name:20} {seen[0]:5.1f} MB at rest, {seen[-1]:5.1f} MB after {people * LOOKS * LENGTH} updates"
        yield line if name == ECHO else line + _ratio(seen, looks[ECHO])
    for name, seen in looks.items():
        yield f"{name:20} on the way: {' '.join(f'{one:.1f}' for one in seen)} MB, {_growth(seen, people)}"


async def _looks(subject: AtWork, first: int, people: int) -> list[float]:
    """MB after one person's form, and then after each part of the load."""
    await a_round(subject, range(first, first + 1))
    seen = [subject.process.memory]
    for part in range(LOOKS):
        begun = 1 + part * people
        for some in range(begun, begun + people, 100):
            await a_round(subject, range(some, min(some + 100, begun + people)))
        seen.append(subject.process.memory)
    return seen


def _ratio(seen: list[float], echo: list[float]) -> str:
    return f"; ratio to the echo {seen[0] / echo[0]:.2f} and {seen[-1] / echo[-1]:.2f}"


def _growth(seen: list[float], people: int) -> str:
    later = seen[SETTLED:]
    slope = statistics.linear_regression(range(len(later)), later).slope / (people * LENGTH) * 10_000
    return f"{slope:+.2f} MB for 10 000 updates since the {SETTLED}th"
