"""Puts the pace before every request that shows something in a chat."""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType

from bot.pace import Pace


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
        async with self._pace.permit(chat) as loan:
            try:
                answer = await make_request(bot, method)
            except TelegramRetryAfter as refusal:
                loan.retry_after = refusal.retry_after
                raise
            loan.well = True
            return answer
