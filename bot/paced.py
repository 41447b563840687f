"""Puts the pace before every request that shows something in a chat."""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import SendMediaGroup, TelegramMethod
from aiogram.methods.base import Response, TelegramType

from bot.pace import Pace, lane
from bot.paid import Paid
from domain.notification import Lane


class Paced(BaseRequestMiddleware):
    """Every request that puts something into a chat goes through the pace; questions to Telegram do not."""

    def __init__(self, pace: Pace, paid: Paid | None = None) -> None:
        self._pace, self._paid = pace, paid

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        chat: Any = getattr(method, "chat_id", None)
        if not isinstance(chat, int) or type(method).__name__.startswith("Get"):
            return await make_request(bot, method)
        pace, cost = self._pace, messages_of(method)
        if self._paid and _may_be_paid(method) and await self._paid.take(cost):
            pace, method = self._paid.pace, method.model_copy(update={"allow_paid_broadcast": True})
        async with pace.permit(chat, cost) as loan:
            try:
                answer = await make_request(bot, method)
            except TelegramRetryAfter as refusal:
                loan.retry_after = refusal.retry_after
                raise
            loan.well = True
            return answer


def messages_of(method: TelegramMethod[Any]) -> int:
    """As how many messages Telegram counts this request: an album as many as it holds."""
    return max(1, len(method.media)) if isinstance(method, SendMediaGroup) else 1


def _may_be_paid(method: TelegramMethod[Any]) -> bool:
    """Announcements alone: nobody is made to pay for a receipt. Corrections go free: their methods know no Stars."""
    return lane.get() == Lane.BROADCAST and "allow_paid_broadcast" in type(method).model_fields
