"""An announcement reaches everybody once: through 429s, faults, cut connections and blocked chats, killed and killed
again; by one process and by two that share the pace.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot import sender as sender_module
from sandbox.limits import Counting, Latency, Limits, Rate
from tests.engines import Postgres
from tests.keeper import Keeper, a_keeper
from tests.kills.attack import LEASES_OVER, Attack, an_attack
from tests.kills.weather import Announcement
from tests.over_http import Server, comes, the_bot
from usecases.notify import free_stuck
from usecases.work import Work

T = TypeVar("T")
LONGEST = 600.0  # seconds until all are sent
MOST_REFUSED = 20  # by a trial of each process to go by the clock


async def test_in_bad_weather(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_module, "LOOK_EVERY", 0.05)
    news = Announcement(server.telegram, 40)
    async with the_bot(server, tmp_path) as program:

        async def work(step: Callable[[Work], T]) -> T:
            return await program.transactions.run(step)

        await work(news.queue)
        news.bad_weather()
        running = asyncio.ensure_future(program.sender.run())
        async with asyncio.timeout(60):
            while (states := await work(news.ended)).keys() & {"due", "sending"}:
                await asyncio.sleep(0.05)
        program.sender.stop()
        await running
    news.everybody_has_it(states, news.hits()["cut_after"])


@pytest.mark.soak
async def test_in_bad_weather_and_killed_twenty_times(tmp_path: Path, unused_tcp_port: int) -> None:
    async with an_attack(tmp_path, ("polling",), unused_tcp_port, fast=False, mean_life=4.0, seed=4) as attack:
        print(await announced(attack, many=1500, kills=20))


async def announced(attack: Attack, many: int, kills: int) -> dict[str, object]:
    news = Announcement(attack.server.telegram, many)
    await attack.keeper.work(news.queue)
    news.bad_weather()
    last = await attack.kill(kills, attack.free_what_was_claimed, news.messages)
    await comes(lambda: waiting(attack, news), 0, LONGEST)
    await attack.keeper.stop(last)
    await attack.leases_end()
    states = await attack.keeper.work(news.ended)
    told = news.everybody_has_it(states, attack.claimed + news.hits()["cut_after"])
    return {"kills": kills, "of them at work": attack.died_at_work, **told}


async def waiting(attack: Attack, news: Announcement) -> int:
    await asyncio.sleep(0.3)
    states = await attack.keeper.work(news.ended)
    return states.get("due", 0) + states.get("sending", 0)


@pytest.mark.soak
async def test_two_processes_share_the_pace_and_one_dies_in_the_middle(
    postgres: Postgres, server: Server, tmp_path: Path, unused_tcp_port_factory: Callable[[], int]
) -> None:
    print(await by_two(postgres, server, tmp_path, unused_tcp_port_factory, many=3000, alone_after=1500))


async def by_two(
    postgres: Postgres, server: Server, folder: Path, port: Callable[[], int], *, many: int, alone_after: int
) -> dict[str, object]:
    """A sliding second of thirty, and a network that takes its time: both together never speak too fast."""
    news = Announcement(server.telegram, many)
    server.telegram.limits = Limits(on=True, counting=Counting.WINDOW, overall=Rate(30, 1.0))
    server.telegram.latency = Latency(0.06, 0.02)
    async with a_keeper(folder, fast=False, database_url=postgres.url) as keeper:
        await keeper.work(news.queue)
        for name in ("one", "two"):
            keeper.settle(name, server.url, port())
        living = [await keeper.start(name) for name in ("one", "two")]
        begun = asyncio.get_running_loop().time()
        await comes(lambda: sent(news, alone_after), True, LONGEST)
        await keeper.kill(living.pop())
        await comes(lambda: only_stuck(keeper, news), True, LONGEST)
        took = asyncio.get_running_loop().time() - begun
        claimed = await keeper.work(lambda work: free_stuck(Work(work.session, work.now + LEASES_OVER, work.vault)))
        await comes(lambda: only_stuck(keeper, news), True, LONGEST)
        await keeper.stop(living.pop())
        states = await keeper.work(news.ended)
    told = news.everybody_has_it(states, claimed)
    assert server.telegram.limits.refused <= MOST_REFUSED
    return {**told, "refused": server.telegram.limits.refused, "seconds": round(took, 1)}


async def sent(news: Announcement, many: int) -> bool:
    return news.messages() >= many


async def only_stuck(keeper: Keeper, news: Announcement) -> bool:
    """Nothing is due, and what is on its way has been so for a while: it is a dead sender's."""
    seen = []
    for pause in (0.5, 5.0):
        await asyncio.sleep(pause)
        states = await keeper.work(news.ended)
        seen.append(states.get("sending", 0))
        if states.get("due"):
            return False
    return seen[0] == seen[1]
