"""Sends what stands in the outbox: claims rows, words each in its recipient's language, writes the outcome.

A bad or slow row never stops the rest; Telegram's "retry after" pauses all but direct answers; who blocked the bot is
marked unreachable until they write again; what a dead sender had claimed comes back after some minutes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot import detached
from bot.clock import Clock
from bot.log import where
from bot.pace import Pace, lane
from bot.routing import Routes
from bot.show import Unreachable, show
from bot.turns import Turns
from db.machine_faults import machine_fault
from db.session import Database
from db.vault import Vault
from domain.notification import Notification
from domain.person import Person
from usecases import notify
from usecases.meet_person import mark_unreachable
from usecases.work import Work

log = structlog.get_logger()
T = TypeVar("T")
AT_ONCE = 30
LOOK_EVERY = 1.0  # seconds without anybody waking us
# Seconds between tries to write an outcome while the machine is away; below notify.STUCK_AFTER in all.
RECORD_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0)


@dataclass
class Sender:
    """Runs until told to stop; `wake` makes it look at once."""

    bot: Bot
    database: Database
    vault: Vault
    clock: Clock
    routes: Routes
    turns: Turns
    pace: Pace
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _sending: set[asyncio.Task[None]] = field(default_factory=set)

    def wake(self) -> None:
        self._news.set()

    def stop(self) -> None:
        """`run` ends once what is on its way has its outcome written: cut off there, it would be sent twice."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        try:
            while not self._stopping:
                if not await self._begin_guarded():
                    await self._wait()
            if self._sending:
                await asyncio.wait(self._sending)
        finally:
            for task in self._sending:
                task.cancel()

    async def send_due(self) -> int:
        """Send what is due now, at most AT_ONCE, to the end; how many rows were taken."""
        taken = await self._begin_due()
        if self._sending:
            await asyncio.wait(self._sending)
        return taken

    async def _begin_guarded(self) -> int:
        try:
            return await self._begin_due()
        except Exception as error:  # whatever it is: the next look may find the database back
            log.error("outbox not reached", error=where(error))
            return 0

    async def _begin_due(self) -> int:
        """Claim what is due, as much as there is room for beside what is being sent; how many rows were taken.

        None while Telegram wants silence: rows claimed then would wait so long that they would be taken for a
        dead sender's, and go out twice.
        """
        room = AT_ONCE - len(self._sending)
        if self.pace.silent or not room:
            return 0
        claimed = await self.database.transaction(self._with_work, lambda work: notify.claim_due(work, room))
        for notification, person in claimed:
            task = detached.start(self._send(notification, person), f"notification {notification.id}")
            self._sending.add(task)
            task.add_done_callback(self._sent)
        return len(claimed)

    def _sent(self, task: asyncio.Task[None]) -> None:
        """There is room again: for half a batch it is worth asking at once."""
        self._sending.discard(task)
        if len(self._sending) == AT_ONCE // 2:
            self.wake()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(LOOK_EVERY):
                await self._news.wait()
        except TimeoutError:
            pass
        self._news.clear()

    async def _send(self, notification: Notification, person: Person) -> None:
        lane.set(notification.lane)
        record = await self._outcome(notification, person)
        for pause in RECORD_PAUSES:
            try:
                await self.database.transaction(self._with_work, record)
                break
            except Exception as error:  # at worst the row stays claimed and comes back; the others go on
                log.error("outcome not written", notification=notification.id, error=where(error))
                if not machine_fault(error):
                    break
            await asyncio.sleep(pause)

    async def _outcome(self, notification: Notification, person: Person) -> Callable[[Work], None]:
        """Try to send; what is to be written on the row."""
        try:
            reply = await self.turns.word(person, notification, self.routes.notices[notification.kind])
            numbers: list[int] = []
            message_id = await show(self.bot, notification.chat or person.telegram_id, reply, None, numbers)
        except Unreachable:
            return lambda work: _unreachable(work, notification)
        except TelegramMigrateToChat as error:
            moved = error.migrate_to_chat_id
            return lambda work: _moved(work, notification, moved)
        except TelegramRetryAfter as error:
            self.pace.pause(error.retry_after)
            pause = timedelta(seconds=error.retry_after)
            return lambda work: notify.try_again(work, notification, "retry after", pause)
        except (TelegramNetworkError, TelegramServerError, DBAPIError) as error:
            fault, wait = where(error), timedelta(seconds=min(10 * 2**notification.tries, 3600))
            return lambda work: notify.try_again(work, notification, fault, wait)
        except TelegramBadRequest as error:
            # Telegram quotes what it did not like, and that may be a person's words.
            refusal = f"refused: {error.message.partition(chr(34))[0]}"
            return lambda work: notify.not_sent(work, notification, refusal)
        except Exception as error:
            fault = where(error)
            log.error("notification cannot be worded", notification=notification.id, error=fault)
            return lambda work: notify.not_sent(work, notification, fault)
        shown = replace(notification, messages=tuple(numbers))
        return lambda work: notify.sent(work, shown, message_id)

    def _with_work(self, session: Session, step: Callable[[Work], T]) -> T:
        return step(Work(session, self.clock(), self.vault))


def _unreachable(work: Work, notification: Notification) -> None:
    if notification.chat is None:
        mark_unreachable(work, notification.person_id, gone=True)
    notify.not_sent(work, notification, notify.UNREACHABLE)


def _moved(work: Work, notification: Notification, to: int) -> None:
    """The group has become a supergroup, which has another number: what waits for it goes there."""
    notify.group_moved(work, notification.chat or 0, to)
    notify.try_again(work, notification, "the group has another number", timedelta(0))
