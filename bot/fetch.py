"""Brings documents from Telegram: asks for the bytes, looks what they are, keeps them sealed.

The rows are the queue: a process that dies leaves a row whose time comes again. The network is never used
inside a transaction, and an address of Telegram's files (it holds the token) is never logged.

Nobody wakes this: it looks every second, so that answering people costs no question more. A file counts from
the moment it was sent, and what was refused is told by the outbox. While the storage is away files wait with Telegram,
and are brought only once a few bytes can be stored again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from hashlib import sha256
from io import BytesIO

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramRetryAfter
from aiohttp import ClientError

from bot.files import Files, StorageFault
from bot.log import where
from bot.loop_clock import loop_time
from bot.outages import Outages
from bot.transactions import Transactions
from domain.file_contents import check_contents
from domain.refusal import Reason, Refused
from usecases import fetch_documents as steps
from usecases.fetch_documents import Contents, ToFetch
from usecases.work import Work

log = structlog.get_logger()
AT_ONCE = 4  # each holds a file of up to 20 MB twice, plain and sealed
LOOK_EVERY = 1.0  # seconds, when there was nothing to do
LONGEST = 120  # seconds to bring one file; well below steps.LEASE, also with the next
LONGEST_STORING = 60  # seconds to store it
DELETE_AT_ONCE = 100
# Telegram says so also of files that are there again a moment later.
PERHAPS_LATER = "temporarily unavailable"
TRIES_OF_UNAVAILABLE = 4


class TooBig(Exception):
    """More bytes come than may."""


class NotStored(Exception):
    """The storage did not take it."""


class Bounded(BytesIO):
    """Takes at most `limit` bytes: what Telegram said of the size is not relied on."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, chunk: object, /) -> int:
        assert isinstance(chunk, bytes)
        if self.tell() + len(chunk) > self._limit:
            raise TooBig
        return super().write(chunk)


async def downloaded(bot: Bot, file_id: str, limit: int, seconds: int) -> bytes:
    """The bytes of a file that Telegram has. TooBig, TelegramAPIError, and whatever a connection fails with."""
    told = await bot.get_file(file_id)
    assert told.file_path
    into = Bounded(limit)
    await bot.download_file(told.file_path, into, timeout=seconds)
    return into.getvalue()


@dataclass(frozen=True)
class Fetcher:
    """Runs until cancelled, or does what is due now when asked."""

    bot: Bot
    transactions: Transactions
    files: Files
    storage: Outages = field(default_factory=lambda: Outages("storage"))

    async def run(self) -> None:
        """Fetch and delete until cancelled; several side by side, so that a slow file holds up nobody."""
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._repeat(self.fetch_due))
            group.create_task(self._repeat(self.delete_due))

    async def _repeat(self, step: Callable[[], Awaitable[int]]) -> None:
        while True:
            try:
                found = await step()
            except Exception as error:
                log.error("documents not reached", error=where(error))
                found = 0
            if not found:
                await asyncio.sleep(LOOK_EVERY)

    async def fetch_due(self, most: int = 1) -> int:
        """Fetch up to `most` files that are due now; how many were taken."""
        taken = await self.transactions.run(steps.next_to_fetch, most)
        await asyncio.gather(*(self._fetch(one) for one in taken))
        return len(taken)

    async def delete_due(self) -> int:
        """Delete the bytes of what was removed; how many. What cannot be deleted now waits an hour, in nobody's way."""
        keys = await self.transactions.run(steps.to_delete, DELETE_AT_ONCE)
        gone = [key for key in keys if await self._delete(key)]
        if keys:
            await self.transactions.run(steps.deleted, gone, [key for key in keys if key not in gone])
        return len(gone)

    async def _delete(self, key: str) -> bool:
        try:
            await self.files.delete([key])
        except StorageFault as error:
            log.error("document not deleted", error=where(error))
            return False
        return True

    async def _fetch(self, one: ToFetch) -> None:
        record = await self._outcome(one)
        await self.transactions.run(record)

    async def _outcome(self, one: ToFetch) -> Callable[[Work], None]:
        """Try to bring it; what is to be written on the row."""
        try:
            contents = await self._bring(one)
        except NotStored:
            return partial(steps.not_stored, one=one)
        except Refused as refused:
            return partial(steps.refused, one=one, refusal=refused)
        except TooBig:
            return _too_big(one)
        except TelegramRetryAfter as error:
            return partial(steps.try_later, one=one, after=timedelta(seconds=error.retry_after))
        except TelegramBadRequest as error:
            return _bad_request(one, error)
        except (TelegramAPIError, ClientError, ConnectionError, TimeoutError) as error:
            log.warning("document not fetched", document=one.document.id, error=where(error))
            return partial(steps.try_later, one=one, theirs=True)
        except Exception as error:  # a fault of ours: the file waits
            log.error("document not taken", document=one.document.id, error=where(error))
            return partial(steps.try_later, one=one)
        return partial(steps.fetched, one=one, contents=contents)

    async def _bring(self, one: ToFetch) -> Contents:
        if self.storage.away:
            await self._storing(self.files.prove)
        async with asyncio.timeout(LONGEST):
            data = await downloaded(self.bot, one.document.file_id, one.limit, LONGEST)
            contents = await asyncio.to_thread(_look_into, data, one.formats)
        self.storage.works(await self._storing(partial(self.files.put, one.storage_key, data)))
        return contents

    async def _storing(self, work: Callable[[], Awaitable[object]]) -> float:
        """Do something with the storage; when that began. NotStored, which is counted, when the storage is away."""
        began = loop_time()
        try:
            async with asyncio.timeout(LONGEST_STORING):
                await work()
        except StorageFault as error:  # a timeout is one, too
            self.storage.failed(error, began)
            raise NotStored from error
        return began


def _look_into(data: bytes, formats: tuple[str, ...]) -> Contents:
    return Contents(check_contents(data, formats), len(data), sha256(data).hexdigest())


def _too_big(one: ToFetch) -> Callable[[Work], None]:
    size = max(one.document.size, one.limit + 1)
    return partial(steps.refused, one=one, refusal=Refused(Reason.FILE_TOO_BIG, size=size, limit=one.limit))


def _bad_request(one: ToFetch, error: TelegramBadRequest) -> Callable[[Work], None]:
    if "too big" in error.message:
        return _too_big(one)
    if PERHAPS_LATER in error.message and one.tries < TRIES_OF_UNAVAILABLE:
        return partial(steps.try_later, one=one)
    return partial(steps.refused, one=one, refusal=Refused(Reason.FILE_GONE))
