"""Calls to Telegram made again after passing faults, so that a moment's outage costs nobody their answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import TypeVar

from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

T = TypeVar("T")
PASSING = (TelegramNetworkError, TelegramServerError)
PAUSES = (0.2, 1.0, 3.0)  # seconds before the second, third and fourth try
LONGEST_WAIT = 30  # seconds of retry_after that an answer waits for
# Whether any call of this task was made again although Telegram may have carried it out: then it was done twice.
tried_again: ContextVar[bool] = ContextVar("tried again", default=False)


class Unreachable(Exception):
    """The person blocked the bot, or their account is gone."""


async def persistent(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call again after passing faults; a person's refusal becomes Unreachable."""
    for pause in PAUSES:
        try:
            return await call()
        except TelegramForbiddenError as error:
            raise Unreachable from error
        except TelegramRetryAfter as error:
            if error.retry_after > LONGEST_WAIT:
                raise
            await asyncio.sleep(error.retry_after)
        except PASSING:
            tried_again.set(True)
            await asyncio.sleep(pause)
    return await call()
