"""From an author's message to the operator's screen, at several rates; and the queue's screen with many tickets.

The program runs with its real pace on a database file; Telegram is a transport that answers at once and notes when
a message was sent into an operator's chat.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from time import perf_counter
from typing import Any

from aiogram.methods import SendMessage, TelegramMethod
from sqlalchemy import insert

from bench.engines import SQLITE, Engines
from bench.in_process import in_process
from bench.instant import Instant
from bot.assembly import Program
from db.tables import TicketRow
from db.ticket_queue import Wanted
from domain.person import Person, Place
from domain.staff import Role
from domain.ticket import TicketKind
from usecases.demonstration import load_demonstration
from usecases.desk import desk, queue
from usecases.handle_ticket import take
from usecases.meet_person import go, known_person, speak
from usecases.open_ticket import open_ticket
from usecases.staff import invite, join
from usecases.work import Work

LOT = "19-5"
OPERATORS = 50  # each with one ticket on the desk, and its author in front of it
Rates = tuple[tuple[int, int], ...]
RATES: Rates = ((1, 10), (100, 200), (1000, 200))  # messages a minute, and how many of them are measured
LONGEST_GAP = 0.6  # seconds: nobody waits for an idle minute; the report says so
MANY = 100_000
LOOKS = 20


class Arrivals(Instant):
    """Notes when a text was sent into which operator's chat."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[str, float] = {}

    def note(self, method: TelegramMethod[Any]) -> None:
        if isinstance(method, SendMessage) and int(method.chat_id) > OPERATORS * 100:
            self.seen.setdefault(method.text.rpartition("\n")[2], perf_counter())


async def measure(engines: Engines, rates: Rates = RATES, many: int = MANY) -> AsyncIterator[str]:
    """The lines of the report."""
    url = await engines.new(SQLITE, "call_centre")
    async with _at_work(engines, url) as (program, arrivals):
        for rate, count in rates:
            yield await _rate(program, arrivals, rate, count)
        await program.transactions.run(_many, many)
        for line in await _looks(program, many):
            yield line


@asynccontextmanager
async def _at_work(engines: Engines, url: str) -> AsyncIterator[tuple[Program, Arrivals]]:
    arrivals = Arrivals()
    async with in_process(engines, url, session=arrivals) as program:
        await program.transactions.run(_people)
        sending = asyncio.create_task(program.sender.run())
        try:
            yield program, arrivals
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await sending


def _people(work: Work) -> None:
    """Operators with a ticket on the desk each, and its author in front of it."""
    load_demonstration(work)
    for number in range(1, OPERATORS + 1):
        author = speak(work, known_person(work, number), "kk")
        ticket = open_ticket(work, author, TicketKind.COMPLAINT)
        assert ticket
        go(work, author, Place.TICKETS, f"t:{ticket.id}")
        operator = _operator(work, OPERATORS * 100 + number)
        take(work, operator, ticket.id)
        go(work, operator, Place.DESK, f"t:{ticket.id}")


def _operator(work: Work, telegram_id: int) -> Person:
    person = speak(work, known_person(work, telegram_id), "ru")
    join(work, person, invite(work, None, Role.OPERATOR, frozenset({LOT}), f"#{telegram_id}").token, "")
    return known_person(work, telegram_id)


async def _rate(program: Program, arrivals: Arrivals, rate: int, count: int) -> str:
    """Messages at a steady rate; how long each took to its operator."""
    gap, sent, taking = min(60 / rate, LONGEST_GAP), {}, []
    for number in range(count):
        text = f"{rate}-{number}"
        sent[text] = perf_counter()
        taking.append(asyncio.ensure_future(program.intake.take(_update(rate * 1000 + number, number, text))))
        await asyncio.sleep(gap)
    await asyncio.gather(*taking)
    async with asyncio.timeout(60):
        while sent.keys() - arrivals.seen.keys():
            await asyncio.sleep(0.01)
    delays = sorted((arrivals.seen[text] - begun) * 1000 for text, begun in sent.items())
    pace = f"{rate:5} a minute" if gap == 60 / rate else f"one every {gap} s"
    return f"author to operator, {pace}: {_spread(delays)} ({count} messages)"


def _spread(delays: list[float]) -> str:
    """Sorted delays in words: of fewer than a hundred nobody can say what ninety-nine of a hundred do."""
    median = f"median {statistics.median(delays):6.1f} ms"
    if len(delays) < 100:
        return f"{median}, worst {delays[-1]:6.1f} ms"
    return f"{median}, p99 {delays[round(0.99 * len(delays)) - 1]:6.1f} ms, worst {delays[-1]:6.1f} ms"


def _update(number: int, place: int, text: str) -> dict[str, Any]:
    person = place % OPERATORS + 1
    user = {"id": person, "is_bot": False, "first_name": "Bench", "language_code": "kk"}
    chat = {"id": person, "type": "private", "first_name": "Bench"}
    message = {"message_id": number, "date": 1_800_000_000, "chat": chat, "from": user, "text": text}
    return {"update_id": number, "message": message}


def _many(work: Work, many: int) -> None:
    """So many tickets in the queue of one lot."""
    author = known_person(work, 1).id
    common = {"person_id": author, "lot": LOT, "state": "open", "role": "operator", "language": "kk", "context": {}}
    kinds = ("question", "complaint", "technical")
    rows = [
        {**common, "number": f"B-{n}", "kind": kinds[n % 3], "opened_at": work.now, "reopened": 0}
        | {"due_by": work.now + timedelta(minutes=n % 5000 - 100)}
        for n in range(many)
    ]
    work.session.execute(insert(TicketRow), rows)


async def _looks(program: Program, many: int) -> list[str]:
    """The screens of an operator's desk with so many tickets, each in a transaction of its own."""

    def overview(work: Work) -> object:
        return desk(work, known_person(work, OPERATORS * 100 + 1))

    def a_page(work: Work) -> object:
        return queue(work, known_person(work, OPERATORS * 100 + 1), Wanted(kind="complaint"), 0)

    lines = []
    for name, look in (("desk", overview), ("queue by kind", a_page)):
        spent = []
        for _ in range(LOOKS):
            begun = perf_counter()
            await program.transactions.run(look)
            spent.append((perf_counter() - begun) * 1000)
        lines.append(
            f"{name} with {many} tickets: median {statistics.median(spent):6.1f} ms, worst {max(spent):6.1f} ms"
        )
    return lines
