"""Updates delivered to the bot's own address, as Telegram does it.

One chat's updates go one after another, chats side by side; what is not answered with 2xx is tried again.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.errors import ApiError, Cut, Late
from sandbox.telegram import Telegram
from sandbox.updates import Waiting

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the header's name)
PATIENCE = 60.0
LOOK_AGAIN = 0.2
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0


class Delivery:
    """Carries waiting updates to the webhook while one is set."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.busy: dict[Any, asyncio.Task[None]] = {}
        self.pauses: dict[Any, float] = {}
        self.signal = asyncio.Event()

    async def run(self, app: web.Application) -> AsyncIterator[None]:
        """A cleanup context of the application."""
        self.telegram.updates.watchers.append(self.signal.set)
        self.telegram.listeners.append(lambda event: self.signal.set())
        async with aiohttp.ClientSession() as client:
            loop = asyncio.create_task(self.deliver(client))
            yield
            for task in (loop, *self.busy.values()):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def deliver(self, client: aiohttp.ClientSession) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.signal.wait(), self.nap())
            self.signal.clear()
            if self.telegram.webhook.url:
                self.hand_out(client)

    def nap(self) -> float | None:
        """How long to sleep: an update that is held back for a while wakes nobody when its time comes."""
        return LOOK_AGAIN if self.telegram.updates.held_back(self.telegram.now()) else None

    def hand_out(self, client: aiohttp.ClientSession) -> None:
        """The first update of each line that is not busy; what is held back holds up those behind it."""
        now, seen = self.telegram.now(), set(self.busy)
        self.telegram.updates.let_go(now)
        for waiting in list(self.telegram.updates.queue):
            key = line_of(waiting.update)
            if key in seen or len(self.busy) >= self.telegram.webhook.connections:
                continue
            seen.add(key)
            if waiting.since <= now:
                self.busy[key] = asyncio.create_task(self.carry(client, key, waiting))

    async def carry(self, client: aiohttp.ClientSession, key: Any, waiting: Waiting) -> None:
        try:
            await self.attempt(client, key, waiting)
        finally:
            self.busy.pop(key, None)
            self.signal.set()

    async def attempt(self, client: aiohttp.ClientSession, key: Any, waiting: Waiting) -> None:
        try:
            await self.post(client, waiting)
        except (aiohttp.ClientError, TimeoutError) as error:
            hook = self.telegram.webhook
            hook.error_at, hook.error = int(self.telegram.now()), wording(error)
            self.pauses[key] = min(2 * self.pauses.get(key, FIRST_PAUSE / 2), LONGEST_PAUSE)
            await asyncio.sleep(self.pauses[key])
        else:
            self.pauses.pop(key, None)
            self.done(waiting)

    def done(self, waiting: Waiting) -> None:
        if waiting.repeats:
            waiting.repeats -= 1
        elif waiting in self.telegram.updates.queue:
            self.telegram.updates.queue.remove(waiting)

    async def post(self, client: aiohttp.ClientSession, waiting: Waiting) -> None:
        hook = self.telegram.webhook
        headers = {SECRET: hook.secret} if hook.secret else {}
        limit = aiohttp.ClientTimeout(total=PATIENCE)
        async with client.post(hook.url, json=waiting.update, headers=headers, timeout=limit) as response:
            response.raise_for_status()
            await self.answered(response)

    async def answered(self, response: aiohttp.ClientResponse) -> None:
        """The bot may put a call into its answer."""
        with contextlib.suppress(ValueError, ApiError, Cut, Late):
            body = json.loads(await response.text() or "{}")
            if isinstance(body, dict) and (method := body.pop("method", None)):
                self.telegram.call(method, body)


def line_of(update: dict[str, Any]) -> Any:
    """What keeps updates in line: the chat, or the person who pressed a button."""
    content = next(value for name, value in update.items() if name != "update_id")
    who = content.get("chat") or content.get("from") or {}
    return who.get("id", update["update_id"])


def wording(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientResponseError):
        return f"Wrong response from the webhook: {error.status} {error.message}"
    return "Connection timed out" if isinstance(error, TimeoutError) else "Connection refused"
