"""The smallest web server that can stand before several processes: each update to the next one that takes it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

AWAY = (502, 503)


@dataclass
class Robin:
    """`ports` may change at any time. `doubling`: every update to two processes at the same moment."""

    client: aiohttp.ClientSession
    ports: list[int] = field(default_factory=list)
    doubling: bool = False
    took: Counter[int] = field(default_factory=Counter)
    turn: int = 0

    async def receive(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), dict(request.headers)
        self.turn += 1
        places = [self.ports[(self.turn + n) % len(self.ports)] for n in range(len(self.ports))]
        if self.doubling:
            statuses = await asyncio.gather(*(self.hand(port, body, headers) for port in places[:2]))
            return web.Response(status=max(statuses))
        for port in places:
            if (status := await self.hand(port, body, headers)) not in AWAY:
                return web.Response(status=status)
        return web.Response(status=502)

    async def hand(self, port: int, body: bytes, headers: dict[str, str]) -> int:
        try:
            async with self.client.post(f"http://127.0.0.1:{port}/telegram", data=body, headers=headers) as answer:
                self.took[port] += answer.status == 200
                return answer.status
        except aiohttp.ClientError:
            return 502


@asynccontextmanager
async def a_robin(port: int) -> AsyncIterator[Robin]:
    """Listening at this port of 127.0.0.1."""
    async with aiohttp.ClientSession() as client:
        robin = Robin(client)
        app = web.Application()
        app.router.add_post("/telegram", robin.receive)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield robin
        finally:
            await runner.cleanup()
