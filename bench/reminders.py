"""Many unfinished drafts three days before the end: how long it takes to find whom to remind, and to say it.

As the timer does it: batch by batch, each in a transaction of its own, on a database file. While a transaction of the
timer runs, whoever writes to the bot waits for it: so the longest one counts.
"""

from __future__ import annotations

import resource
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import Engine, create_engine, insert
from sqlalchemy.orm import Session

from bench.engines import Engines
from db.session import teach_sqlite
from db.tables import DraftRow, PersonRow, Table
from db.vault import Vault
from domain.reminder import Base
from usecases import notify
from usecases.demonstration import load_demonstration
from usecases.plan_reminders import STEPS
from usecases.say_reminders import say_due
from usecases.work import Work

DRAFTS = (1_000, 100_000)
PORTION = 5_000
SAID = 30
NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)


async def measure(_engines: Engines, counts: Iterable[int] = DRAFTS) -> AsyncIterator[str]:
    """SQLite alone: on PostgreSQL nobody waits for the timer."""
    for drafts in counts:
        with TemporaryDirectory(prefix="zhas-reminders-") as folder:
            engine = create_engine(f"sqlite:///{Path(folder) / 'bot.db'}")
            teach_sqlite(engine)
            Table.metadata.create_all(engine)
            for line in _measured(engine, drafts):
                yield line
            engine.dispose()


def _measured(engine: Engine, drafts: int) -> Iterator[str]:
    vault = Vault(Vault.new_key())
    closes = _fill(engine, vault, drafts)
    late = closes - timedelta(days=2, hours=12)
    took = _look(engine, vault, late)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    half, most, longest = (1000 * took[int(part * (len(took) - 1))] for part in (0.5, 0.99, 1))
    batches = f"{sum(took):.1f} s in {len(took)} transactions, half of them ≤ {half:.0f} ms"
    batches += f", 99 in 100 ≤ {most:.0f} ms, the longest {longest:.0f} ms"
    yield f"{drafts} drafts: {batches}, {peak} MB at most"
    yield f"{drafts} drafts: {sum(_look(engine, vault, late)) * 1000:.0f} ms for a minute in which nothing more is due"
    yield f"{drafts} drafts: {_say(engine, vault, late) * 1000:.1f} ms of processor time to find what one message says"


def _fill(engine: Engine, vault: Vault, drafts: int) -> datetime:
    """People with a draft each; when their intake closes."""
    with Session(engine) as session:
        one = load_demonstration(Work(session, NOW, vault))
        person = {"language": "kk", "place": "menu", "focus": "", "muted": [], "met_at": NOW, "seen_at": NOW}
        draft = {"competition_id": one.id, "version_id": one.version_id, "state": "open", "cursor": "title"}
        draft |= {"answers": {"goal": "y" * 1500}, "sealed": vault.seal_data({"surname": "x" * 600})}
        draft |= {"pending": b"", "begun_at": NOW, "touched_at": NOW}
        for first in range(1, drafts + 1, PORTION):
            numbers = range(first, min(first + PORTION, drafts + 1))
            session.execute(insert(PersonRow), [{**person, "id": each, "telegram_id": each} for each in numbers])
            session.execute(insert(DraftRow), [{**draft, "person_id": each} for each in numbers])
        session.commit()
    found: datetime = getattr(one.competition.dates, Base.INTAKE_CLOSES)
    return found


def _look(engine: Engine, vault: Vault, now: datetime) -> list[float]:
    """Seconds of each transaction, the shortest first."""
    took: list[float] = []
    for step in STEPS:
        more = True
        while more:
            begun = perf_counter()
            with Session(engine) as session:
                more = step(Work(session, now, vault))
                session.commit()
            took.append(perf_counter() - begun)
    return sorted(took)


def _say(engine: Engine, vault: Vault, now: datetime) -> float:
    with Session(engine) as session:
        work = Work(session, now, vault)
        claimed = notify.claim_due(work, SAID)
        begun = process_time()
        for _notification, person in claimed:
            assert say_due(work, person)
        return (process_time() - begun) / len(claimed)
