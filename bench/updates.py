"""Durable updates a second: people filling in the form, each answer committed, against a stock aiogram echo.

Both get the same updates by long polling over HTTP and make the same number of calls. A round is so many people at
once, each from the first question to the plan; the next update of a person comes after the answer. The rounds of the
echo and of the bot on each database take turns, so that a machine that slows down slows them all.
"""

from __future__ import annotations

import statistics
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from time import perf_counter

from bench.at_work import ECHO, AtWork, at_work, prepared
from bench.conversation import LENGTH, the_form
from bench.engines import Engines

RATE = 100  # updates a second, for the delays


@dataclass(frozen=True)
class Round:
    """One round's figures: updates for a second of the clock, and for a second of the bot's processor time."""

    by_clock: float
    by_processor: float


async def measure(engines: Engines, people: int = 50, rounds: int = 5, poured: int = 3000) -> AsyncIterator[str]:
    """The lines of the report."""
    everybody = range(1, people * (rounds + 1) + poured // LENGTH + 2)
    async with AsyncExitStack() as open_now:
        subjects = [await open_now.enter_async_context(at_work(ECHO, {}))]
        for engine in engines.names:
            settings = await prepared(engines, engine, "updates", everybody)
            subjects.append(await open_now.enter_async_context(at_work(engine, settings)))
        done = await _in_turns(subjects, people, rounds)
        for name, of_one in done.items():
            yield _line(name, of_one, done[ECHO])
        for subject in subjects[1:]:
            yield await _delays(subject, everybody[people * (rounds + 1) :])


async def _in_turns(subjects: list[AtWork], people: int, rounds: int) -> dict[str, list[Round]]:
    """The rounds of each, after one to warm up."""
    done: dict[str, list[Round]] = {subject.name: [] for subject in subjects}
    for number in range(rounds + 1):
        some = range(1 + number * people, 1 + (number + 1) * people)
        for subject in subjects:
            done[subject.name].append(await a_round(subject, some))
    return {name: of_one[1:] for name, of_one in done.items()}


async def a_round(subject: AtWork, people: range) -> Round:
    """These people fill in the form, all at once."""
    count = len(people) * LENGTH
    begun, spent = perf_counter(), subject.process.processor
    await subject.telegram.play({person: the_form(person) for person in people}, count)
    return Round(count / (perf_counter() - begun), count / max(subject.process.processor - spent, 0.01))


def _line(name: str, done: list[Round], echo: list[Round]) -> str:
    clock = statistics.median(one.by_clock for one in done)
    processor = statistics.median(one.by_processor for one in done)
    line = f"{name:20} {clock:6.0f} updates/s by the clock, {processor:6.0f} by processor time"
    if done is echo:
        return line
    by_clock = statistics.median(one.by_clock / other.by_clock for one, other in zip(done, echo, strict=True))
    by_processor = statistics.median(
        one.by_processor / other.by_processor for one, other in zip(done, echo, strict=True)
    )
    return f"{line}; ratio to the echo {by_clock:.2f} by the clock, {by_processor:.2f} by processor time"


async def _delays(subject: AtWork, people: range) -> str:
    forms = {person: the_form(person) for person in people}
    script = await subject.telegram.pour(forms, len(people) * LENGTH, RATE)
    quantiles = statistics.quantiles(script.delays, n=100)
    delay = f"median {quantiles[49] * 1000:.1f} ms from the update to its answer, p99 {quantiles[98] * 1000:.1f} ms"
    return f"{subject.name:20} at {RATE} updates/s: {delay}"
