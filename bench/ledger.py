"""How long the ledger of an announcement takes to be built, and what one step of it costs everybody else.

People are rows without anything else: what is measured is the ledger, not the conditions of an audience.
"""

from __future__ import annotations

import resource
from collections.abc import AsyncIterator, Sequence
from time import perf_counter

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench.engines import Engines
from bot.clock import system_clock
from db import announcement_ledger, announcements
from db.migrate import migrate
from db.session import Database
from db.tables import PersonRow
from db.vault import Vault
from domain.announcement import Content, Fate, Said, Stage
from domain.audience import Audience
from usecases.announcement_feed import feed
from usecases.work import Work

SIZES = (140_000, 1_000_000)
PORTION = 20_000  # rows of people stored in one transaction


async def measure(engines: Engines, sizes: Sequence[int] = SIZES) -> AsyncIterator[str]:
    """The lines of the report."""
    for engine in engines.names:
        for many in sizes:
            database = Database(await engines.new(engine, f"ledger{many}"))
            await migrate(database)
            for first in range(0, many, PORTION):
                await database.transaction(_people, first, min(PORTION, many - first))
            number = await database.transaction(_begun)
            yield f"{engine:10} {many:>9} recipients: {await _built(database, number, many)}"
            await database.close()


async def _built(database: Database, number: int, many: int) -> str:
    vault, steps, before = Vault(Vault.new_key()), list[float](), _peak()
    noon = system_clock().replace(hour=7)  # in Kazakhstan: at night nothing would leave
    while True:
        begun = perf_counter()
        busy = await database.transaction(lambda session: feed(Work(session, noon, vault)))
        steps.append(perf_counter() - begun)
        if not busy:
            break
    fates = await database.transaction(announcement_ledger.fates, number)
    assert fates == {Fate.QUEUED: 300, Fate.WAITING: many - 300}, fates
    longest, typical = max(steps[:-1]) * 1000, sorted(steps)[len(steps) // 2] * 1000
    memory = f"{_peak() - before} MB more memory"
    return (
        f"{sum(steps):.1f} s in {len(steps)} steps, half of them ≤ {typical:.0f} ms, longest {longest:.0f} ms, {memory}"
    )


def _people(session: Session, first: int, many: int) -> None:
    now = system_clock()
    same = {"language": "kk", "place": "menu", "focus": "", "muted": [], "met_at": now, "seen_at": now}
    session.execute(insert(PersonRow), [{"telegram_id": 10**9 + first + place, **same} for place in range(many)])


def _begun(session: Session) -> int:
    """An announcement to everybody whose ledger is to be built."""
    now, said = system_clock(), {"kk": Said("…", 1), "ru": Said("…", 1)}
    author = announcement_ledger.last_person(session)
    number = announcements.add(session, author, [], Content(said), Audience(), now)
    begun = {"stage": Stage.RUNNING, "operation": 1, "build_until": author, "doing": "send"}
    announcements.change(session, number, **begun)
    return number


def _peak() -> int:
    """Megabytes of memory this process has needed at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
