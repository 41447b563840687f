"""Brings announcements on their way beside everything else, reads lists, makes the tables that are wished for.

One small transaction at a time, with a breath between them, so that no person's update waits for more than one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from bot import detached
from bot.list_reader import read_next
from bot.log import where
from bot.loop_clock import loop_time
from bot.persistence import Unreachable
from bot.show import show
from bot.transactions import Transactions
from domain.announcement import Announcement
from domain.person import Person
from handlers.announcements.report import Report
from handlers.screen import reply
from usecases import announcement_report as reports
from usecases.announcement_feed import anything_to_do, feed

log = structlog.get_logger()
LOOK_EVERY = 1.0  # seconds, when there was nothing to do at once
MOST_TRIES = 6  # to make and send a table
TRY_AGAIN = 5.0  # seconds after its first failure; doubled each time
BREATH = 0.02  # seconds between two steps of building a ledger


@dataclass(frozen=True)
class Announcer:
    """Runs until cancelled, or does what can be done now when asked. `outbox`: rows to be there, 0: the usual."""

    bot: Bot
    transactions: Transactions
    outbox: Callable[[], int] = lambda: 0
    failures: dict[int, tuple[int, float]] = field(default_factory=dict)  # of a table: tries, and when the next may be

    async def run(self) -> None:
        """Tables and lists take as long as they take in a task of their own: the announcements go on beside them."""
        task: asyncio.Task[bool] | None = None

        async def beside() -> bool:
            nonlocal task
            if task is None or task.done():
                task = detached.start(self.aside(), "tables and lists of announcements")
            return False

        try:
            while True:
                busy = False
                try:
                    busy = await self._look(beside)
                except Exception as error:  # whatever it is: the rows stand, the next look goes on with them
                    log.error("announcements not reached", error=where(error))
                await asyncio.sleep(BREATH if busy else LOOK_EVERY)
        finally:
            if task:
                task.cancel()

    async def step(self) -> bool:
        """One step of every announcement, a table, a list if there is one; whether more can be done at once."""
        return await self._look(self.aside)

    async def _look(self, aside: Callable[[], Awaitable[bool]]) -> bool:
        """Tables and lists by `aside`, then one step of every announcement; whether more can be done at once."""
        if not await self.transactions.run(anything_to_do):
            return False
        made = await aside()
        return await self.transactions.run(feed, self.outbox()) or made

    async def aside(self) -> bool:
        """A table and a list, if there is one; whether there was."""
        made = await self._report()
        return await read_next(self.bot, self.transactions) or made

    async def _report(self) -> bool:
        """Make the table that somebody waits for; whether it was. What fails is tried again later, and not for ever."""
        wanted = await self.transactions.run(reports.wanted)
        if wanted is None:
            return False
        one, person = wanted
        tries, not_before = self.failures.get(one.id, (0, 0.0))
        if loop_time() < not_before:
            return False
        try:
            await self._give(one, person)
        except Exception as error:  # whatever it is: lists are read all the same
            log.error("table of recipients not given", announcement=one.id, tries=tries + 1, error=where(error))
            if tries + 1 < MOST_TRIES:
                again = loop_time() + TRY_AGAIN * 2**tries
                self.failures[one.id] = (tries + 1, again)
                return False
            await self.transactions.run(reports.given, one.id)
        self.failures.pop(one.id, None)
        return True

    async def _give(self, one: Announcement, person: Person | None) -> None:
        if person is not None:
            report = Report(one, person.language)
            try:
                await self._fill(report, one)
                await show(self.bot, person.telegram_id, reply(report.screen()))
            except (Unreachable, TelegramBadRequest):  # neither will it be taken the next second
                log.warning("table of recipients not wanted any more", announcement=one.id)
            finally:
                report.drop()
        await self.transactions.run(reports.given, one.id)

    async def _fill(self, report: Report, one: Announcement) -> None:
        after = 0
        while rows := await self.transactions.run(reports.page, one.id, after):
            await asyncio.to_thread(report.add, rows)
            after = rows[-1].person_id
