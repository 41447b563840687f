"""Reads uploaded lists of people: brings the file, makes lines of it in a thread, looks for them portion by portion."""

from __future__ import annotations

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiohttp import ClientError

from bot.fetch import TooBig, downloaded
from bot.log import where
from bot.transactions import Transactions
from db.announcement_lists import StoredList
from domain.list_entries import Entries, entries_of
from domain.list_lines import MOST_BYTES, lines_of
from domain.refusal import Reason, Refused
from usecases import announcement_lists as lists

log = structlog.get_logger()
LONGEST = 60  # seconds for one file
BREATH = 0.02  # seconds between two portions


async def read_next(bot: Bot, transactions: Transactions) -> bool:
    """Read one list to its end; whether there was one. What fails in passing is tried again at the next call."""
    one: StoredList | None = await transactions.run(lists.next_to_read)
    if one is None:
        return False
    try:
        entries = await _entries(bot, one)
    except Refused as refused:
        await transactions.run(lists.refuse, one, refused)
        return True
    except (TelegramAPIError, ClientError, ConnectionError, TimeoutError) as error:
        log.warning("list not fetched", list=one.id, error=where(error))
        return False
    missing: list[str] = []
    for portion in lists.portions(entries):
        missing += await transactions.run(lists.match, one, portion)
        await asyncio.sleep(BREATH)
    await transactions.run(lists.finish, one, entries, missing)
    return True


async def _entries(bot: Bot, one: StoredList) -> Entries:
    try:
        async with asyncio.timeout(LONGEST):
            data = await downloaded(bot, one.file_id or "", MOST_BYTES, LONGEST)
    except TooBig:
        raise Refused(Reason.FILE_TOO_BIG) from None
    except TelegramBadRequest as error:
        raise Refused(Reason.FILE_TOO_BIG if "too big" in error.message else Reason.FILE_GONE) from None
    entries = await asyncio.to_thread(lambda: entries_of(lines_of(data)))
    if not entries.total:
        raise Refused(Reason.NOT_A_LIST)
    return entries
