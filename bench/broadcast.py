"""A message to many, from the outbox over HTTP to the sandbox: how much of the allowed rate is used, and who waits.

The limit is larger than Telegram's, so that minutes are enough; calls take 60 ms there and back, 20 more or less. Both
ways of counting are measured: a bucket that drips, and a sliding second. Meanwhile receipts and operators' replies are
queued, one of each every half second: from the commit to the answer to their sending. The bot runs in this process.
"""

from __future__ import annotations

import asyncio
import os
import statistics
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType
from sqlalchemy import text

from bench.engines import SQLITE, Engines
from bench.in_process import in_process
from bench.many_chats import many_chats
from bench.running import Measured
from bot.assembly import Program
from bot.pace import Limits
from domain.notification import Kind, Lane
from sandbox.limits import Counting
from usecases.meet_person import known_person, speak
from usecases.notify import claim_due, notify
from usecases.work import Work

RATE, MANY = 100, 12_000  # messages a second that are allowed, and recipients
PROBE_EVERY, PROBED = 0.5, 200  # seconds; people who get receipts and replies in turn
LATENCY = {"seconds": 0.06, "spread": 0.02}
FEW, ROWS = 1_000, 1_000_000


@dataclass(frozen=True)
class _Noting(BaseRequestMiddleware):
    """When which chat's message was answered, and when one was refused."""

    sent: list[tuple[float, int]] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    awaited: dict[int, float] = field(default_factory=dict)  # since when a chat waits for its probe
    delays: dict[int, float] = field(default_factory=dict)  # of the probes, by their chats

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            answer = await make_request(bot, method)
        except TelegramRetryAfter:
            self.refused.append(perf_counter())
            raise
        if chat := getattr(method, "chat_id", 0):
            self.sent.append((perf_counter(), int(chat)))
            if begun := self.awaited.pop(chat, None):
                self.delays[chat] = perf_counter() - begun
        return answer


async def measure(engines: Engines, rate: int = RATE, many: int = MANY, rows: int = ROWS) -> AsyncIterator[str]:
    """The lines of the report."""
    for counting in Counting:
        async for line in _announced(engines, counting, rate, many):
            yield line
    for count in (FEW, rows):
        yield await _memory(engines, count)


async def _announced(engines: Engines, counting: Counting, rate: int, many: int) -> AsyncIterator[str]:
    noting = _Noting()
    async with many_chats(many + PROBED) as url, aiohttp.ClientSession() as client:
        limits = {"on": True, "counting": counting, "overall": {"count": rate, "per": 1.0}, "latency": LATENCY}
        async with client.post(f"{url}/sandbox/limits", json=limits):
            pass
        database = await engines.new(SQLITE, f"announced_{counting}")
        async with in_process(engines, database, telegram=url, limits=Limits(permits=rate)) as program:
            program.bot.session.middleware(noting)
            await _queue(program, many)
            sending = asyncio.create_task(program.sender.run())
            delays = await _probe(program, noting, many)
            program.sender.stop()
            await sending
            step = program.sender.pace.earliness.step.name
        async with client.get(f"{url}/bench/heard?many={many}") as answer:
            heard = await answer.json()
    yield f"{counting}: {_used(noting, rate)} ({step}); each of {many} heard {heard['least']} to {heard['most']} times"
    for lane, seconds in delays.items():
        median, last = statistics.median(seconds), statistics.quantiles(seconds, n=100)[98]
        yield f"{counting}: {lane.name.lower()} p50 {median:.3f} s, p99 {last:.3f} s, {len(seconds)} of them"


def _used(noting: _Noting, rate: int) -> str:
    times = sorted(at for at, _chat in noting.sent)
    middle = times[len(times) // 2]
    late = [at for at in times if at > middle]
    all_of_it = (len(times) - 1) / (times[-1] - times[0]) / rate
    later = (len(late) - 1) / (late[-1] - late[0]) / rate
    refused = sum(at > middle for at in noting.refused)
    return (
        f"{all_of_it:.3f} of {rate}/s used, {len(noting.refused)} refused; "
        f"in the second half {later:.3f}, {refused} refused"
    )


async def _queue(program: Program, many: int) -> None:
    for first in range(1, many + PROBED + 1, 500):
        await program.transactions.run(_some, range(first, min(first + 500, many + PROBED + 1)), many)


def _some(work: Work, chats: range, many: int) -> None:
    for chat in chats:
        person = speak(work, known_person(work, chat), "kk")
        if chat <= many:
            notify(work, person.id, Kind.BROKEN, "news", lane=Lane.BROADCAST)


async def _probe(program: Program, noting: _Noting, many: int) -> dict[Lane, list[float]]:
    """Until all have the news: receipts and replies to people who get no news."""
    delays: dict[Lane, list[float]] = {Lane.RECEIPT: [], Lane.REPLY: []}
    asked: list[tuple[int, Lane]] = []
    while len(noting.sent) - len(asked) < many or noting.awaited:
        if len(noting.sent) - len(asked) < many:
            for lane in delays:
                chat = many + 1 + len(asked) % PROBED
                if chat in noting.delays:
                    delays[_lane_of(asked, chat)].append(noting.delays.pop(chat))
                asked.append((chat, lane))
                await program.transactions.run(_owe, chat, f"probe {len(asked)}", lane)
                noting.awaited[chat] = perf_counter()
        await asyncio.sleep(PROBE_EVERY)
    for chat, seconds in noting.delays.items():
        delays[_lane_of(asked, chat)].append(seconds)
    return delays


def _lane_of(asked: list[tuple[int, Lane]], chat: int) -> Lane:
    return next(lane for to, lane in reversed(asked) if to == chat)


def _owe(work: Work, chat: int, subject: str, lane: Lane) -> None:
    notify(work, known_person(work, chat).id, Kind.BROKEN, subject, lane=lane)


async def _memory(engines: Engines, rows: int) -> str:
    """The process's memory while it claims from an outbox of so many rows, and how long a claim takes."""
    async with in_process(engines, await engines.new(SQLITE, f"rows_{rows}")) as program:
        await program.transactions.run(_fill, rows)
        taking: list[float] = []
        for _ in range(30):
            begun = perf_counter()
            claimed = await program.transactions.run(claim_due, 30)
            taking.append((perf_counter() - begun) * 1000)
            assert len(claimed) == 30
        memory = Measured(os.getpid()).memory
    return f"{rows} rows in the outbox: {memory:.0f} MB, 30 of them claimed in {statistics.median(taking):.1f} ms"


def _fill(work: Work, rows: int) -> None:
    values: dict[str, Any] = {"rows": rows, "person": known_person(work, 1).id, "due": "2026-01-01 00:00:00.000000"}
    fill = """
        WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)
        INSERT INTO notification (person_id, kind, unique_key, lane, facts, state, due_at, tries)
        SELECT :person, 'broken', 'row ' || n, 2, '{}', 'due', :due, 0 FROM numbers
    """
    work.session.execute(text(fill), values)
