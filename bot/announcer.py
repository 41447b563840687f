"""Brings announcements on their way beside everything else, reads lists, makes the tables that are wished for.

One small transaction at a time, with a breath between them, so that no person's update waits for more than one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from bot.list_reader import read_next
from bot.log import where
from bot.persistence import Unreachable
from bot.show import show
from bot.transactions import Transactions
from domain.announcement import Announcement
from handlers.announcements.report import Report
from handlers.screen import reply
from usecases import announcement_report as reports
from usecases.announcement_feed import anything_to_do, feed

log = structlog.get_logger()
LOOK_EVERY = 1.0  # seconds, when there was nothing to do at once
BREATH = 0.02  # seconds between two steps of building a ledger


@dataclass(frozen=True)
class Announcer:
    """Runs until cancelled, or does what can be done now when asked. `outbox`: rows to be there, 0: the usual."""

    bot: Bot
    transactions: Transactions
    outbox: Callable[[], int] = lambda: 0

    async def run(self) -> None:
        while True:
            try:
                busy = await self.step()
            except Exception as error:  # whatever it is: the rows stand, the next look goes on with them
                log.error("announcements not reached", error=where(error))
                busy = False
            await asyncio.sleep(BREATH if busy else LOOK_EVERY)

    async def step(self) -> bool:
        """One step of every announcement, a table, a list if there is one; whether more can be done at once."""
        if not await self.transactions.run(anything_to_do):
            return False
        busy = await self.transactions.run(feed, self.outbox())
        busy = await self._report() or busy
        return await read_next(self.bot, self.transactions) or busy

    async def _report(self) -> bool:
        """Make the table that somebody waits for; whether there was one."""
        wanted = await self.transactions.run(reports.wanted)
        if wanted is None:
            return False
        one, person = wanted
        if person is not None:
            report = await self._made(one, person.language)
            try:
                await show(self.bot, person.telegram_id, reply(report.screen()))
            except (Unreachable, TelegramBadRequest):  # neither will it be taken the next second
                log.warning("table of recipients not wanted any more", announcement=one.id)
        await self.transactions.run(reports.given, one.id)
        return True

    async def _made(self, one: Announcement, language: str | None) -> Report:
        report, after = Report(one, language), 0
        while rows := await self.transactions.run(reports.page, one.id, after):
            await asyncio.to_thread(report.add, rows)
            after = rows[-1].person_id
        return report
