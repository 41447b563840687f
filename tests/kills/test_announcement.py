"""An announcement reaches everybody once: through 429s, faults, cut connections and blocked chats, killed and killed
again; by one process and by two that share the pace. It comes to its end by itself, and its figures are true.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.announcement import Stage
from sandbox.limits import Counting, Limits, Rate
from tests.engines import Postgres
from tests.keeper import Keeper, a_keeper
from tests.kills.attack import LEASES_OVER, an_attack
from tests.kills.weather import Announcement
from tests.over_http import Server, comes, until
from usecases.notify import free_stuck
from usecases.work import Work

LONGEST = 600.0  # seconds until all are sent
MOST_REFUSED = 20  # by a trial of each process to go by the clock
Ports = Callable[[], int]


async def test_in_bad_weather_and_killed(tmp_path: Path, unused_tcp_port: int) -> None:
    await in_bad_weather(tmp_path, unused_tcp_port, many=60, kills=2, mean_life=0.5, seed=5, clears=True)


@pytest.mark.soak
async def test_in_bad_weather_and_killed_twenty_times(tmp_path: Path, unused_tcp_port: int) -> None:
    print(await in_bad_weather(tmp_path, unused_tcp_port, many=1500, kills=20, mean_life=2.0, seed=4, clears=False))


async def test_two_processes_and_one_dies(
    postgres: Postgres, server: Server, tmp_path: Path, unused_tcp_port_factory: Ports
) -> None:
    await by_two(postgres, server, tmp_path, unused_tcp_port_factory, many=80, alone_after=40, clears=True)


@pytest.mark.soak
async def test_two_processes_share_the_pace_and_one_dies_in_the_middle(
    postgres: Postgres, server: Server, tmp_path: Path, unused_tcp_port_factory: Ports
) -> None:
    ports = unused_tcp_port_factory
    print(await by_two(postgres, server, tmp_path, ports, many=3000, alone_after=1500, clears=False))


async def in_bad_weather(
    folder: Path, port: int, *, many: int, kills: int, mean_life: float, seed: int, clears: bool
) -> dict[str, Any]:
    """Killed at random moments; `clears`: the weather, after the last death, so that a short test ends soon."""
    async with an_attack(folder, ("polling",), port, fast=False, mean_life=mean_life, seed=seed) as attack:
        news = Announcement(attack.server.telegram, many)
        await attack.keeper.work(news.let_go)
        news.bad_weather()

        def somebody_died(work: Work) -> None:
            """Those minutes pass after which a dead sender's rows come back."""
            news.somebody_died(work)
            attack.free_what_was_claimed(work)
            news.hurry(work)
            if clears and attack.keeper.kills == kills:
                news.telegram.faults.clear()

        last = await attack.kill(kills, somebody_died, news.messages)
        await over(attack.keeper, news)
        await attack.keeper.stop(last)
        told = await attack.keeper.work(news.everybody_has_it)
        return {"kills": kills, "of them at work": attack.died_at_work, **told}


async def by_two(
    postgres: Postgres, server: Server, folder: Path, ports: Ports, *, many: int, alone_after: int, clears: bool
) -> dict[str, Any]:
    """A sliding second of thirty: both together never speak too fast."""
    news = Announcement(server.telegram, many)
    server.telegram.limits = Limits(on=True, counting=Counting.WINDOW, overall=Rate(30, 1.0))
    async with a_keeper(folder, fast=False, database_url=postgres.url) as keeper:
        await keeper.work(news.let_go)
        news.bad_weather()
        for name in ("one", "two"):
            keeper.settle(name, server.url, ports())
        living = [await keeper.start(name) for name in ("one", "two")]
        begun = asyncio.get_running_loop().time()
        await until(lambda: news.messages() >= alone_after, LONGEST)
        await keeper.kill(living.pop())
        await keeper.work(news.somebody_died)
        if clears:
            news.telegram.faults.clear()
        await comes(lambda: only_stuck(keeper, news, hurry=clears), True, LONGEST)
        await keeper.work(lambda work: free_stuck(Work(work.session, work.now + LEASES_OVER, work.vault)))
        await over(keeper, news)
        took = asyncio.get_running_loop().time() - begun
        await keeper.stop(living.pop())
        told = await keeper.work(news.everybody_has_it)
    assert server.telegram.limits.refused <= MOST_REFUSED
    return {**told, "refused": server.telegram.limits.refused, "seconds": round(took, 1)}


async def over(keeper: Keeper, news: Announcement) -> None:
    """Until it is finished, by itself, and what tells of that has been sent."""

    async def done() -> bool:
        await asyncio.sleep(0.3)
        states = await keeper.work(news.standing)
        return await keeper.work(news.stage) is Stage.DONE and not states.keys() & {"due", "sending"}

    await comes(done, True, LONGEST)


async def only_stuck(keeper: Keeper, news: Announcement, *, hurry: bool) -> bool:
    """Nothing is due, and what is on its way has been so for a while: it is a dead sender's."""
    seen = []
    if hurry:
        await keeper.work(news.hurry)
    for pause in (0.3, 4.0):
        await asyncio.sleep(pause)
        states = await keeper.work(news.standing)
        if states["waiting"] or states.get("due"):
            return False
        seen.append(states.get("sending", 0))
    return seen[0] == seen[1]
