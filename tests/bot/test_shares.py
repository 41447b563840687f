"""A process's share of the pace: nothing leaves before it has come, and what is given way is free for others."""

from __future__ import annotations

import asyncio
import itertools
from functools import partial

import pytest

from bot import shares as shares_module
from bot.pace import ANSWER, Limits, Pace
from bot.shares import Shares
from bot.transactions import Transactions
from db.session import Database
from db.vault import Vault
from domain.notification import Lane
from tests.bot.test_pace import WINDOW, speak
from tests.engines import Postgres
from tests.factories import DATA_KEY
from tests.over_http import until
from tests.person import SetClock


def now() -> float:
    return asyncio.get_running_loop().time()


async def test_without_a_share_nothing_leaves() -> None:
    pace, log = Pace(Limits(permits=5, window=WINDOW)), list[tuple[float, int, int]]()
    pace.hold(0)
    speaking = asyncio.ensure_future(speak(pace, 1, ANSWER, log))
    await asyncio.sleep(WINDOW / 4)
    assert log == []
    pace.hold(1)
    await speaking


async def test_what_is_given_way_was_answered_a_window_ago() -> None:
    pace, log = Pace(Limits(permits=6, window=WINDOW)), list[tuple[float, int, int]]()
    await asyncio.gather(*(speak(pace, chat, ANSWER, log, delay=WINDOW / 4) for chat in range(1, 7)))
    answered = now()
    more = [asyncio.ensure_future(speak(pace, chat, ANSWER, log)) for chat in range(11, 15)]
    await pace.give_way(2)
    assert now() - answered >= WINDOW * 0.95
    await asyncio.gather(*more)
    times = sorted(at for at, chat, _ in log if chat > 10)
    assert all(later - earlier >= WINDOW for earlier, later in zip(times, times[2:], strict=False))


async def test_when_the_lease_is_over_answers_leave_one_after_another_and_nothing_else() -> None:
    pace, log = Pace(Limits(permits=5, window=WINDOW)), list[tuple[float, int, int]]()
    pace.hold(5, now() - 1)
    waiting = asyncio.ensure_future(speak(pace, 9, Lane.RECEIPT, log))
    await asyncio.gather(*(speak(pace, chat, ANSWER, log, delay=0.02) for chat in (1, 2, 3)))
    times = sorted(at for at, *_ in log)
    assert all(later - earlier >= 0.019 for earlier, later in itertools.pairwise(times))
    assert not waiting.done()
    pace.hold(5)
    await waiting


async def test_two_processes_share_and_the_one_that_stays_gets_all(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares_module, "BEAT", 0.05)
    monkeypatch.setattr(shares_module, "SOON", 0.02)
    limits, databases = Limits(permits=30, window=WINDOW), (Database(postgres.url), Database(postgres.url))
    begun: list[int] = []
    one, two = (
        Shares(Transactions(database, Vault(DATA_KEY), SetClock()), Pace(limits), partial(begun.append, number))
        for number, database in enumerate(databases)
    )
    one.begin()
    two.begin()
    tasks = [asyncio.ensure_future(each.run()) for each in (one, two)]
    most = 0

    def equal() -> bool:
        nonlocal most
        most = max(most, one.pace.permits + two.pace.permits)
        return (one.pace.permits, two.pace.permits) == (15, 15)

    await until(equal)
    assert most <= 30
    assert set(begun) == {0, 1}  # each was told that it may send
    tasks[1].cancel()
    await two.leave()
    await until(lambda: one.pace.permits == 30)
    tasks[0].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await one.leave()
    for database in databases:
        await database.close()
