"""Sends what stands in the outbox: claims rows, words each in its recipient's language, writes the outcome.

A bad row never stops the rest; Telegram's "retry after" pauses all but direct answers; who blocked the bot is
marked unreachable until they write again; what a dead sender had claimed comes back after some minutes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.log import where
from bot.pace import Pace, lane
from bot.routing import Routes
from bot.show import Unreachable, show
from bot.turns import Turns
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

    def wake(self) -> None:
        self._news.set()

    def stop(self) -> None:
        """`run` ends once what is on its way has its outcome written: cut off there, it would be sent twice."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        while not self._stopping:
            try:
                found = await self.send_due()
            except Exception as error:  # whatever it is: the next look may find the database back
                log.error("outbox not reached", error=where(error))
                found = 0
            if not found:
                await self._wait()

    async def send_due(self) -> int:
        """Send what is due now, at most AT_ONCE; how many rows were taken: none while Telegram wants silence.

        Rows claimed then would wait so long that they would be taken for a dead sender's, and go out twice.
        """
        if self.pace.silent:
            return 0
        claimed = await self.database.transaction(self._with_work, lambda work: notify.claim_due(work, AT_ONCE))
        async with asyncio.TaskGroup() as group:
            for notification, person in claimed:
                group.create_task(self._send(notification, person))
        return len(claimed)

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
        try:
            await self.database.transaction(self._with_work, record)
        except Exception as error:  # the row stays claimed and comes back; the others of the batch go on
            log.error("outcome not written", notification=notification.id, error=where(error))

    async def _outcome(self, notification: Notification, person: Person) -> Callable[[Work], None]:
        """Try to send; what is to be written on the row."""
        try:
            reply = await self.turns.word(person, notification, self.routes.notices[notification.kind])
            message_id = await show(self.bot, person.telegram_id, reply)
        except Unreachable:
            return lambda work: _unreachable(work, notification)
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
        return lambda work: notify.sent(work, notification, message_id)

    def _with_work(self, session: Session, step: Callable[[Work], T]) -> T:
        return step(Work(session, self.clock(), self.vault))


def _unreachable(work: Work, notification: Notification) -> None:
    mark_unreachable(work, notification.person_id, gone=True)
    notify.not_sent(work, notification, "unreachable")
