"""Several real processes behind one address, on PostgreSQL: two, then four, and back, while people apply.

The web server before them gives each update to the next process, so one person's updates go round; later it gives
each to two at the same moment. One is killed, others stop in order, and nobody notices.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.crowd import Somebody, somebody
from tests.engines import Postgres
from tests.keeper import PostgresGlance
from tests.kills.aftermath import counted, near_the_end, the_application
from tests.kills.processes import Processes
from usecases.work import Work


@asynccontextmanager
async def glancing(postgres: Postgres) -> AsyncIterator[PostgresGlance]:
    async with postgres.server.connected(postgres.name) as connection:
        glance = PostgresGlance(connection)
        looking = asyncio.ensure_future(glance.look())
        try:
            yield glance
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)


async def test_two_then_four_processes_behind_one_address(processes: Processes, postgres: Postgres) -> None:
    async with glancing(postgres) as glance:
        people = [somebody(processes.server.telegram, glance, number) for number in range(1, 16)]
        await processes.keeper.work(lambda work: near_the_end(work, people))
        await processes.more(2)
        await everybody(people[:5])
        first, second = processes.robin.ports
        await processes.more(2)
        processes.robin.doubling = True
        await everybody(people[5:10])
        processes.robin.doubling = False
        await asyncio.gather(everybody(people[10:]), processes.stop(first), processes.kill(second))
    assert min(processes.robin.took[port] for port in (first, second, *processes.robin.ports)) > 10
    assert processes.server.telegram.webhook.url == f"{processes.address}/telegram"
    await processes.keeper.work(lambda work: one_application_each(work, people))
    for port in list(processes.robin.ports):
        await processes.stop(port)


async def everybody(people: list[Somebody]) -> None:
    await asyncio.gather(*(one.goes_on() for one in people))


def one_application_each(work: Work, people: list[Somebody]) -> None:
    numbers = sorted(the_application(work, one).number for one in people)
    assert numbers == [f"79-2026-{number:06d}" for number in range(1, len(people) + 1)]
    assert counted(work, "SELECT update_id FROM set_aside_update") == {}
