"""Several real processes of the bot behind one address, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from aiohttp import ClientError

from tests.keeper import Keeper
from tests.kills.robin import Robin
from tests.over_http import Server, comes

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
