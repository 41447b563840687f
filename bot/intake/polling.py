"""Long polling that acknowledges late.

Telegram forgets an update once `getUpdates` is asked with a higher offset, so the offset here moves only past
updates that are done. While somebody's update is still being worked on, the same window comes again and what
is known in it is skipped; nobody waits for a slow neighbour. (aiogram's own polling acknowledges before the
handlers finish, and one update that its types cannot read stops it for everybody: hence raw updates here.)
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUpdates

from bot import detached
from bot.intake.intake import Intake
from bot.log import where
from bot.requests import Requests

log = structlog.get_logger()
WAIT = 25  # seconds Telegram keeps a question open while there is nothing
LOOK_AGAIN = 0.1  # seconds between questions while updates are being worked on
PAUSE_AFTER_ERROR = 2.0
pause = asyncio.sleep
FAULTS = (TelegramAPIError, ClientDecodeError, OSError, ValueError)  # of Telegram and the way to it
# What we answer; Telegram sends no other kinds.
KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]


class Poller:
    """Asks for updates until told to stop; then the running ones finish."""

    def __init__(self, bot: Bot, intake: Intake) -> None:
        self._bot, self._intake = bot, intake
        intake.polled = True
        self._running: dict[int, asyncio.Future[None]] = {}
        self._done: set[int] = set()
        self._next = 0  # one past the highest update seen
        self._stop = asyncio.Event()

    def stop(self) -> None:
        self._stop.set()

    async def run(self) -> None:
        stopped = detached.start(self._stop.wait(), "polling stop")
        while not self._stop.is_set():
            asking = detached.start(self._ask(), "getUpdates")
            await asyncio.wait({asking, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                asking.cancel()
                break
            self._begin(asking.result())
            await self._breathe()
        await self._intake.finish()
        await self._acknowledge()
        stopped.cancel()

    def offset(self) -> int:
        """Everything below this is done."""
        return min(self._running, default=self._next)

    async def _ask(self) -> list[dict[str, Any]]:
        low = self.offset()
        # What is done from here on may come once more in this very answer; what is below cannot.
        self._done = {number for number in self._done if number >= low}
        try:
            return await raw_updates(self._bot, low, 0 if self._running else WAIT)
        except TelegramUnauthorizedError:
            raise
        except FAULTS as error:
            log.warning("getUpdates failed", error=where(error), conflict=isinstance(error, TelegramConflictError))
            await pause(error.retry_after if isinstance(error, TelegramRetryAfter) else PAUSE_AFTER_ERROR)
            return []

    def _begin(self, updates: list[dict[str, Any]]) -> None:
        for raw in sorted(updates, key=lambda raw: int(raw["update_id"])):
            number = int(raw["update_id"])
            if number in self._running or number in self._done:
                continue
            self._next = max(self._next, number + 1)
            taken = self._running[number] = self._intake.take(raw)
            taken.add_done_callback(partial(self._finished, number))

    def _finished(self, number: int, taken: asyncio.Future[None]) -> None:
        taken.exception()  # seen: whatever failed has been logged where it failed
        del self._running[number]
        self._done.add(number)

    async def _breathe(self) -> None:
        """Wait a moment for the running updates, so that most questions acknowledge what they brought."""
        if self._running:
            await asyncio.wait(self._running.values(), timeout=LOOK_AGAIN)

    async def _acknowledge(self) -> None:
        """Tell Telegram what is done, so that the next start does not see it again."""
        try:
            await raw_updates(self._bot, self.offset(), 0, limit=1)
        except FAULTS as error:
            log.warning("last acknowledgement failed", error=where(error))


async def raw_updates(bot: Bot, offset: int, wait: int, limit: int = 100) -> list[dict[str, Any]]:
    """getUpdates without aiogram's types. Raises aiogram's errors for Telegram's refusals."""
    session = bot.session
    assert isinstance(session, Requests)
    question = GetUpdates(offset=offset, limit=limit, timeout=wait, allowed_updates=KINDS)
    updates: list[dict[str, Any]] = await session.plain(bot, question, wait + 10)
    return updates
