"""Long polling: waiting for updates around getUpdates, with one poller at a time as on Telegram."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from sandbox.errors import OTHER_POLLER, conflict
from sandbox.telegram import Telegram

MOST = 50.0


class Polling:
    """The bot's line to the queue. A newer poller ends the older one's wait with 409."""

    @classmethod
    def of(cls, telegram: Telegram) -> Polling:
        """The one line of that Telegram, whoever asks: over HTTP or in process."""
        if telegram.line is None:
            telegram.line = cls(telegram)
        return telegram.line

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.waiting: asyncio.Future[None] | None = None
        self.stopped = False
        telegram.updates.watchers.append(self.wake)

    def wake(self) -> None:
        if self.waiting and not self.waiting.done():
            self.waiting.set_result(None)

    async def get(self, params: dict[str, Any]) -> Any:
        """getUpdates; waits up to `timeout` seconds (50 at most) for the first update."""
        self.end_other()
        loop = asyncio.get_running_loop()
        until = loop.time() + min(float(params.get("timeout") or 0), MOST)
        while True:
            updates = self.telegram.call("getUpdates", params)
            left = until - loop.time()
            if updates or left <= 0 or self.stopped:
                return updates
            await self.wait(left)

    def stop(self) -> None:
        """Nobody waits any more: the server goes away."""
        self.stopped = True
        self.wake()

    def end_other(self) -> None:
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(conflict(OTHER_POLLER))

    async def wait(self, seconds: float) -> None:
        self.waiting = mine = asyncio.get_running_loop().create_future()
        # An update that is held back for a while wakes nobody when its time comes: look again.
        nap = min(seconds, 0.2) if self.held_back() else seconds
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(mine, nap)
        if self.waiting is mine:
            self.waiting = None

    def held_back(self) -> bool:
        updates = self.telegram.updates
        return bool(updates.queue or updates.held)
