"""What happens, told to open chat pages as it happens (server-sent events)."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from sandbox.telegram import Telegram

BACKLOG = 2_000
BREATH = 15.0


class Events:
    """The open pages and what each has still to be told."""

    def __init__(self, telegram: Telegram) -> None:
        self.open: set[asyncio.Queue[dict[str, Any] | None]] = set()
        telegram.listeners.append(self.tell)

    def tell(self, event: dict[str, Any]) -> None:
        for queue in self.open:
            if queue.qsize() < BACKLOG:
                queue.put_nowait(event)
            elif queue.qsize() == BACKLOG:
                queue.put_nowait({"type": "reload"})  # too far behind: read everything anew

    def close(self) -> None:
        for queue in self.open:
            queue.put_nowait(None)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """One page listens until it goes away."""
        response = web.StreamResponse(headers={"Cache-Control": "no-store"})
        response.content_type = "text/event-stream"
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.open.add(queue)
        try:
            await response.prepare(request)
            await self.pass_on(queue, response)
        except ConnectionResetError:
            pass
        finally:
            self.open.discard(queue)
        return response

    async def pass_on(self, queue: asyncio.Queue[dict[str, Any] | None], response: web.StreamResponse) -> None:
        await response.write(b"retry: 1000\n\n")
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), BREATH)
            except TimeoutError:
                await response.write(b": still here\n\n")
                continue
            if event is None:
                return
            await response.write(f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())


EVENTS: web.AppKey[Events] = web.AppKey("events", Events)


async def events(request: web.Request) -> web.StreamResponse:
    return await request.app[EVENTS].stream(request)
