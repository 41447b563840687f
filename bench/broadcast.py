"""An announcement to many, over HTTP to the sandbox: how much of the allowed rate is used, and who waits.

Written, let go, approved and sent as in the office; the program itself (`bench/announcing.py`) builds the ledger, feeds
the outbox, asks each recipient's consent, and sends. The limit is larger than Telegram's, so that minutes are enough;
calls take 60 ms there and back, 20 more or less. Both ways of counting are measured: a bucket that drips, and a sliding
second; on SQLite with one process, on PostgreSQL with two that share the pace.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import count

import aiohttp
from sqlalchemy import update

from bench.announcing import Probed, Seen, Task
from bench.deliveries import SECRET, free_port
from bench.engines import POSTGRESQL, SQLITE, Engines
from bench.many_chats import many_chats
from bench.running import CORES, MEASURED, ran
from bot.clock import system_clock
from bot.transactions import Transactions
from db.migrate import migrate
from db.session import Database
from db.tables import DocumentRow, NotificationRow
from db.vault import Vault
from domain.audience import Field, Part, ticked
from domain.documents import DocumentState
from domain.notification import Outcome
from domain.staff import Role
from domain.ticket import TicketKind
from sandbox.limits import Counting
from tests import announcing
from tests.applications import sent
from tests.staff import hired
from usecases.demonstration import load_demonstration
from usecases.handle_ticket import take
from usecases.meet_person import known_person
from usecases.open_ticket import open_ticket
from usecases.work import Work

RATE, MANY = 100, 12_000  # messages a second that are allowed, and recipients
PROBED, OPERATORS = 200, 2  # people who get verdicts and replies in turn, and who replies: in each process another
AUTHOR = 1 + PROBED  # people's Telegram numbers: those who are probed, the office, the recipients
FIRST = AUTHOR + 2 + OPERATORS
NO_APPLICANTS = ticked(announcing.NOT_STAFF, Part.INCLUDE, 0, Field.STATE, "none", on=True)
HOOKED = {"UPDATES": "webhook", "WEBHOOK_URL": "http://127.0.0.1", "WEBHOOK_SECRET": SECRET}  # of which none come
LATENCY = {"seconds": 0.06, "spread": 0.02}
FEW, LINES = 1_000, 1_000_000  # recipients, for the memory
SENT = 3_000  # of them, when there are so many, before it is looked at
PORTION = 10_000  # rows of people stored in one transaction
LONGEST = 1_800.0  # seconds
NAMES = count(1)


async def measure(engines: Engines, rate: int = RATE, many: int = MANY, lines: int = LINES) -> AsyncIterator[str]:
    """The lines of the report."""
    for engine, processes in ((SQLITE, 1), (POSTGRESQL, 2)):
        for counting in Counting if engine in engines.names else ():
            seen, heard = await _announced(engines, engine, counting, rate, many, processes=processes)
            name = f"{counting}, {processes} on {engine}"
            steps = ", ".join(one.step for one in seen)
            times = f"each of {many} heard {heard['least']} to {heard['most']} times"
            yield f"{name}: {_used(seen, rate)} ({steps}); {times}"
            for lane, seconds in _delays(seen).items():
                yield f"{name}: {lane} {_spread(seconds)}"
    for recipients in (FEW, lines):
        seen, _heard = await _announced(engines, SQLITE, Counting.BUCKET, rate, recipients, most=min(SENT, lines))
        yield f"{recipients} recipients: {seen[0].memory:.0f} MB at most while {len(seen[0].sent)} messages were sent"


async def _announced(
    engines: Engines, engine: str, counting: Counting, rate: int, many: int, *, processes: int = 1, most: int = 10**9
) -> tuple[list[Seen], dict[str, int]]:
    """What the processes saw, and how often the first recipients heard it at least and at most."""
    url, key = await engines.new(engine, f"announced{next(NAMES)}"), Vault.new_key()
    database = Database(url)
    await migrate(database)
    task = await _prepared(Transactions(database, Vault(key), system_clock), many, Task(rate, 0, most, ""))
    await database.close()
    settings = {"DATABASE_URL": url, "DATA_KEY": key, "FILES_URL": "memory:", **HOOKED}
    cores = MEASURED if processes == 1 else frozenset(CORES)
    async with many_chats(FIRST + min(many, 2 * most)) as telegram, aiohttp.ClientSession() as client:
        limits = {"on": True, "counting": counting, "overall": {"count": rate, "per": 1.0}, "latency": LATENCY}
        async with client.post(f"{telegram}/sandbox/limits", json=limits):
            pass
        tasks = [
            replace(task, path=str(engines.folder / f"seen-{next(NAMES)}"), probed=task.probed[place::processes])
            for place in range(processes)
        ]
        own = [{"BOT_API_URL": telegram, "PORT": str(free_port()), **one.settings()} for one in tasks]
        await asyncio.gather(*(ran("announcing", settings | one, cores, LONGEST) for one in own))
        async with client.get(f"{telegram}/bench/heard?first={FIRST}&many={min(many, most)}") as answered:
            return [Seen.read(one.path) for one in tasks], await answered.json()


async def _prepared(transactions: Transactions, many: int, task: Task) -> Task:
    """Those who get verdicts and replies, and an announcement that has been let go to everybody else."""
    for first in range(0, many, PORTION):
        await transactions.run(_people, FIRST + first, min(PORTION, many - first))
    operators = range(AUTHOR + 2, FIRST)
    for operator in operators:
        await transactions.run(hired, Role.OPERATOR, operator)
    probed = [await transactions.run(_probed, chat, operators[chat % OPERATORS]) for chat in range(1, AUTHOR)]
    await transactions.run(_nothing_on_its_way)
    one = await transactions.run(announcing.let_go, AUTHOR, AUTHOR + 1, NO_APPLICANTS)
    return replace(task, announcement=one.id, probed=tuple(probed))


def _people(work: Work, first: int, many: int) -> None:
    announcing.people(work, many, first)


def _probed(work: Work, chat: int, operator: int) -> Probed:
    """An application of theirs, and a request that an operator has taken."""
    application = sent(work, load_demonstration(work), chat)
    ticket = open_ticket(work, known_person(work, chat), TicketKind.QUESTION, f"app:{application.id}")
    assert ticket
    take(work, known_person(work, operator), ticket.id)
    return Probed(chat, application.id, ticket.id, operator)


def _nothing_on_its_way(work: Work) -> None:
    """Their papers have arrived, and the news of all that has been told."""
    work.session.execute(update(DocumentRow).values(state=DocumentState.STORED, sha256="0" * 64, storage_key="stored"))
    work.session.execute(update(NotificationRow).values(state=Outcome.SENT, done_at=work.now))


def _used(seen: list[Seen], rate: int) -> str:
    """Of everything that was sent, until the last recipient had it."""
    sent = sorted((at, chat) for one in seen for at, chat in one.sent)
    last = max(at for at, chat in sent if chat >= FIRST)
    times = [at for at, _chat in sent if at <= last]
    refusals = [at for one in seen for at in one.refused]
    middle = times[len(times) // 2]
    late = [at for at in times if at > middle]
    all_of_it = (len(times) - 1) / (times[-1] - times[0]) / rate
    later = (len(late) - 1) / (late[-1] - late[0]) / rate
    refused = sum(at > middle for at in refusals)
    return (
        f"{all_of_it:.3f} of {rate}/s used, {len(refusals)} refused; in the second half {later:.3f}, {refused} refused"
    )


def _delays(seen: list[Seen]) -> dict[str, list[float]]:
    """By lane: from the commit to the answer to the sending. All have been sent."""
    arrived, delays = dict[int, list[float]](), dict[str, list[float]]()
    for at, chat in sorted(found for one in seen for found in one.sent):
        arrived.setdefault(chat, []).append(at)
    for since, chat, lane in (found for one in seen for found in one.owed):
        delays.setdefault(lane, []).append(next(at for at in arrived[chat] if at > since) - since)
    return delays


def _spread(seconds: list[float]) -> str:
    """In words: how long so many took."""
    median, last = statistics.median(seconds), statistics.quantiles(seconds, n=100)[98]
    return f"p50 {median:.3f} s, p99 {last:.3f} s, {len(seconds)} of them"
