"""Several real processes behind one address, on PostgreSQL: two, then four, and back, while people apply.

The web server before them gives each update to the next process, so one person's updates go round; later it gives
each to two at the same moment. One is killed, others stop in order, and nobody notices.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from aiohttp import ClientError

from sandbox import webhook as delivery
from tests.crowd import Somebody, somebody
from tests.engines import Postgres
from tests.keeper import Keeper, PostgresGlance, a_keeper
from tests.kills.aftermath import counted, near_the_end, the_application
from tests.kills.robin import Robin, a_robin
from tests.over_http import Server, comes
from usecases.work import Work

Ports = Callable[[], int]


@dataclass
class Processes:
    """The processes that serve now: their numbers by their ports."""

    keeper: Keeper
    robin: Robin
    server: Server
    address: str
    ports: Ports
    numbers: dict[int, int] = field(default_factory=dict)
    names: count[int] = field(default_factory=count)

    async def more(self, many: int) -> None:
        """Start so many, and let them be given updates once they are ready."""
        ports = [self.ports() for _ in range(many)]
        for port in ports:
            name = f"process-{next(self.names)}"
            self.keeper.settle(name, self.server.url, port, self.address)
            self.numbers[port] = await self.keeper.start(name)
        for port in ports:
            await comes(lambda port=port: self.ready(port), 200, seconds=20)  # type: ignore[misc]
        self.robin.ports += ports

    async def ready(self, port: int) -> int:
        try:
            async with self.robin.client.get(f"http://127.0.0.1:{port}/readyz") as answer:
                return answer.status
        except ClientError:
            return 0

    async def stop(self, port: int) -> None:
        """In order, still being given updates while it stops."""
        await self.keeper.stop(self.numbers.pop(port))
        self.robin.ports.remove(port)

    async def kill(self, port: int) -> None:
        await self.keeper.kill(self.numbers.pop(port))
        self.robin.ports.remove(port)


@pytest.fixture
async def processes(
    postgres: Postgres, server: Server, tmp_path: Path, unused_tcp_port_factory: Ports, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Processes]:
    monkeypatch.setattr(delivery, "LONGEST_PAUSE", 0.5)
    port = unused_tcp_port_factory()
    async with a_keeper(tmp_path, fast=True, database_url=postgres.url) as keeper, a_robin(port) as robin:
        yield Processes(keeper, robin, server, f"http://127.0.0.1:{port}", unused_tcp_port_factory)


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
