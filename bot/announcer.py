"""Brings announcements on their way beside everything else, reads lists, makes the tables that are wished for.

One small transaction at a time, with a breath between them, so that no person's update waits for more than one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import structlog
from aiogram import Bot
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.list_reader import read_next
from bot.log import where
from bot.show import Unreachable, show
from db.session import Database
from db.vault import Vault
from domain.announcement import Announcement
from handlers.announcements.report import Report
from handlers.screen import reply
from usecases import announcement_report as reports
from usecases.announcement_feed import feed
from usecases.work import Work

log = structlog.get_logger()
T = TypeVar("T")
LOOK_EVERY = 1.0  # seconds, when there was nothing to do at once
BREATH = 0.02  # seconds between two steps of building a ledger


@dataclass(frozen=True)
class Announcer:
    """Runs until cancelled, or does what can be done now when asked."""

    bot: Bot
    database: Database
    vault: Vault
    clock: Clock

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
        busy = await self._transaction(feed)
        busy = await self._report() or busy
        return await read_next(self.bot, self._transaction) or busy

    async def _report(self) -> bool:
        """Make the table that somebody waits for; whether there was one."""
        wanted = await self._transaction(reports.wanted)
        if wanted is None:
            return False
        one, person = wanted
        if person is not None:
            report = await self._made(one, person.language)
            try:
                await show(self.bot, person.telegram_id, reply(report.screen()))
            except Unreachable:
                log.warning("table of recipients not wanted any more", announcement=one.id)
        await self._transaction(lambda work: reports.given(work, one.id))
        return True

    async def _made(self, one: Announcement, language: str | None) -> Report:
        report, after = Report(one, language), 0
        while rows := await self._transaction(partial(reports.page, announcement_id=one.id, after=after)):
            await asyncio.to_thread(report.add, rows)
            after = rows[-1].person_id
        return report

    async def _transaction(self, step: Callable[[Work], T]) -> T:
        return await self.database.transaction(self._with_work, step)

    def _with_work(self, session: Session, step: Callable[[Work], T]) -> T:
        return step(Work(session, self.clock(), self.vault))
