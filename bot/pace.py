"""How fast we may talk to Telegram: 30 messages a second over all, one a second to a chat, 20 a minute to a group.

Thirty permits are lent out, and each comes back one second after the *answer* to its call: whatever the delay
on the way, no second of Telegram's clock can see more than thirty. Who waits is served by lane, then by turn.
Source of the limits: Telegram's "Bots FAQ", "My bot is hitting limits".
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType

ANSWER = -1  # the person waits in front of the screen: before every lane of notifications
lane: ContextVar[int] = ContextVar("lane", default=ANSWER)


@dataclass(frozen=True)
class Limits:
    """What Telegram allows. `window`: the length of its second; `burst`: answers to one chat in quick succession."""

    permits: int = 30
    window: float = 1.0
    burst: int = 4
    group_every: float = 3.0  # 20 a minute


@dataclass
class Pace:
    """Lends permits to speak."""

    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self._free = self.limits.permits
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._turn = count()
        self._chats: dict[int, float] = {}
        self._paused_until = 0.0

    def pause(self, seconds: float) -> None:
        """Telegram asked for silence (retry_after): nothing but answers leaves before that."""
        self._paused_until = max(self._paused_until, _now() + seconds)

    @property
    def silent(self) -> bool:
        """Whether Telegram still wants silence."""
        return self._paused_until > _now()

    @asynccontextmanager
    async def permit(self, chat: int) -> AsyncIterator[None]:
        """Wait for the chat's and the common turn; the permit comes back a second after the block ends."""
        await self._pause_over()
        await self._chat_turn(chat)
        await self._take()
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(self.limits.window, self._give_back)

    async def _pause_over(self) -> None:
        while lane.get() != ANSWER and (rest := self._paused_until - _now()) > 0:
            await asyncio.sleep(rest)

    async def _chat_turn(self, chat: int) -> None:
        """Reserve this chat's next moment and wait for it; an answer may borrow a short burst."""
        every = self.limits.window if chat > 0 else self.limits.group_every * self.limits.window
        now = _now()
        free_at = max(self._chats.get(chat, 0.0), now)
        self._chats[chat] = free_at + every
        if len(self._chats) > 10_000:
            self._chats = {key: at for key, at in self._chats.items() if at > now}
        credit = self.limits.burst * every if lane.get() == ANSWER and chat > 0 else 0.0
        if (rest := free_at - credit - now) > 0:
            await asyncio.sleep(rest)

    async def _take(self) -> None:
        if self._free > 0:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (lane.get(), next(self._turn), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back()
            raise

    def _give_back(self) -> None:
        while self._waiting:
            _lane, _turn, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class Paced(BaseRequestMiddleware):
    """Every request that puts something into a chat goes through the pace; questions to Telegram do not."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        chat: Any = getattr(method, "chat_id", None)
        if not isinstance(chat, int) or type(method).__name__.startswith("Get"):
            return await make_request(bot, method)
        async with self._pace.permit(chat):
            return await make_request(bot, method)


def _now() -> float:
    return asyncio.get_running_loop().time()
