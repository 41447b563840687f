"""Sends what stands in the outbox: claims rows, words each in its recipient's language, writes the outcome.

What somebody waits for (receipts, operators' answers) has room of its own: reminders and announcements fill only
theirs, and wait for each other at the database. A bad or slow row never stops the rest; Telegram's "retry after"
pauses all that nobody waits for; who blocked the bot is marked unreachable until they write again; what a dead sender
had claimed comes back after some minutes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

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

from bot import detached
from bot.log import where
from bot.pace import Pace, Silence, lane
from bot.persistence import Unreachable
from bot.room import PATIENT_LANES, URGENT_LANES, Room, at_once
from bot.routing import Routes
from bot.show import show
from bot.steps import Standing, Steps
from bot.transactions import Transactions
from bot.turns import Turns
from db.machine_faults import machine_fault
from domain.notification import Notification
from domain.person import Person
from usecases import notify, staff_groups
from usecases.meet_person import mark_unreachable
from usecases.work import Work

log = structlog.get_logger()
PATIENT_AT_DATABASE = 8  # rows of the patient lanes that ask the database at the same moment
KEEP_EVERY = timedelta(minutes=1)  # well below notify.STUCK_AFTER
LOOK_EVERY = 1.0  # seconds without anybody waking us
# Seconds between tries to write an outcome while the machine is away; below notify.STUCK_AFTER in all.
RECORD_PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0)


@dataclass
class Sender:
    """Runs until told to stop; `wake` makes it look at once."""

    bot: Bot
    transactions: Transactions
    routes: Routes
    turns: Turns
    pace: Pace
    patient: Callable[[], int] = at_once  # rows of reminders and announcements on their way at once
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: bool = False
    _kept_at: datetime | None = None  # when the claims of what is on its way were last renewed

    def __post_init__(self) -> None:
        self._rooms = (Room(URGENT_LANES), Room(PATIENT_LANES, self.patient))
        self._patience = asyncio.Semaphore(PATIENT_AT_DATABASE)

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
            await self._all_sent()
        finally:
            for room in self._rooms:
                for task in room.sending:
                    task.cancel()

    async def send_due(self) -> int:
        """Send what is due now, as much as there is room for, to the end; how many rows were taken."""
        taken = await self._begin_due()
        await self._all_sent()
        return taken

    async def _all_sent(self) -> None:
        if tasks := [task for room in self._rooms for task in room.sending]:
            await asyncio.wait(tasks)

    async def _begin_guarded(self) -> int:
        try:
            return await self._begin_due()
        except Exception as error:  # whatever it is: the next look may find the database back
            log.error("outbox not reached", error=where(error))
            return 0

    async def _begin_due(self) -> int:
        """Claim what is due, as much as there is room for beside what is being sent; how many rows were taken.

        Only what somebody waits for while Telegram wants silence: the rest would wait here as well as there. Nothing
        without a share of the pace: a process that has one says it sooner.
        """
        if not self.pace.permits:
            return 0
        wanted = [(room, free) for room in self._rooms if (free := room.free()) and not self._held_back(room)]
        if not wanted:
            return 0
        claimed = await self.transactions.run(self._claim, wanted)
        for room, notification, person in claimed:
            task = detached.start(self._send(notification, person), f"notification {notification.id}")
            room.sending[task] = notification
            task.add_done_callback(partial(self._sent, room))
        return len(claimed)

    def _held_back(self, room: Room) -> bool:
        return self.pace.silent and room.lanes == PATIENT_LANES

    def _claim(self, work: Work, wanted: list[tuple[Room, int]]) -> list[tuple[Room, Notification, Person]]:
        self._kept_at = self._kept_at or work.now
        if work.now - self._kept_at >= KEEP_EVERY:
            notify.still_sending(work, [one for room in self._rooms for one in list(room.sending.values())])
            self._kept_at = work.now
        return [(room, *one) for room, free in wanted for one in notify.claim_due(work, free, room.lanes)]

    def _sent(self, room: Room, task: asyncio.Task[None]) -> None:
        """There is room again: for half a batch it is worth asking at once."""
        del room.sending[task]
        if len(room.sending) == room.size() // 2:
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
        steps = Steps(notification.stands, partial(self._keep, notification))
        record = partial(_write, notification, steps, await self._outcome(notification, person, steps))
        for pause in RECORD_PAUSES:
            try:
                async with self._at_database(notification):
                    await self.transactions.run(record)
                break
            except Exception as error:  # at worst the row stays claimed and comes back; the others go on
                log.error("outcome not written", notification=notification.id, error=where(error))
                if not machine_fault(error):
                    break
            await asyncio.sleep(pause)

    def _at_database(self, notification: Notification) -> AbstractAsyncContextManager[object]:
        """Who waits for nothing waits here, so that no update and no receipt ever stands behind many of them."""
        return nullcontext() if notification.lane in URGENT_LANES else self._patience

    async def _keep(self, notification: Notification, standing: Standing) -> None:
        """Note what stands in the chat before the rest is sent: who dies, or is refused, goes on from there."""
        try:
            async with self._at_database(notification):
                await self.transactions.run(notify.stands, notification, standing)
        except Exception as error:  # the outcome will say it, too
            log.error("messages not noted", notification=notification.id, error=where(error))

    async def _outcome(self, notification: Notification, person: Person, steps: Steps) -> Callable[[Work], None]:
        """Try to send; what is to be written on the row."""
        try:
            async with self._at_database(notification):
                reply = await self.turns.word(person, notification, self.routes.notices[notification.kind])
            numbers = await show(self.bot, notification.chat or person.telegram_id, reply, None, steps)
        except Unreachable:
            return lambda work: _unreachable(work, notification)
        except TelegramMigrateToChat as error:
            moved = error.migrate_to_chat_id
            return lambda work: _moved(work, notification, moved)
        except TelegramRetryAfter as error:
            return _later(notification, error.retry_after)
        except Silence as silence:
            return _later(notification, silence.seconds)
        except TelegramBadRequest as error:
            # Telegram quotes what it did not like, and that may be a person's words.
            refusal = f"{notify.REFUSED}{error.message.partition(chr(34))[0]}"
            return lambda work: notify.not_sent(work, notification, refusal)
        except Exception as error:
            return _broken(notification, error)
        steps.kept = True  # all of it stands: no later try needs to know where to go on
        return lambda work: notify.sent(work, notification, steps.all_of(numbers) if numbers else [])


def _write(notification: Notification, steps: Steps, outcome: Callable[[Work], None], work: Work) -> None:
    """The outcome, and before it what stands in the chat when not all of it does."""
    if not steps.kept:
        notify.stands(work, notification, steps.standing)
    outcome(work)


def _broken(notification: Notification, error: Exception) -> Callable[[Work], None]:
    """What passes (Telegram or the machine is away) is tried again; anything else is a fault of ours."""
    fault = where(error)
    if isinstance(error, (TelegramNetworkError, TelegramServerError, DBAPIError)) or machine_fault(error):
        wait = timedelta(seconds=min(10 * 2**notification.used_up, 3600))
        return lambda work: notify.try_again(work, notification, fault, wait)
    log.error("notification cannot be worded", notification=notification.id, error=fault)
    return lambda work: notify.not_sent(work, notification, fault)


def _later(notification: Notification, seconds: float) -> Callable[[Work], None]:
    pause = timedelta(seconds=seconds)
    return lambda work: notify.wait(work, notification, "retry after", pause)


def _unreachable(work: Work, notification: Notification) -> None:
    if notification.chat is None:
        mark_unreachable(work, notification.person_id)
    notify.not_sent(work, notification, notify.UNREACHABLE)


def _moved(work: Work, notification: Notification, to: int) -> None:
    """The group has become a supergroup, which has another number: what waits for it goes there."""
    staff_groups.became_supergroup(work, notification.chat or 0, to)
    notify.try_again(work, notification, "the group has another number", timedelta(0))
