"""A transport that answers every request at once with the same message: what is measured is the bot, not Telegram."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, Message

ANSWER = Message(message_id=1, date=0, chat=Chat(id=1, type="private"), text="answer")  # type: ignore[arg-type]


class Instant(BaseSession):
    """Counts what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = 0

    async def close(self) -> None:
        pass

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        self.sent += isinstance(method, SendMessage)
        return cast(TelegramType, ANSWER)

    async def stream_content(self, *_args: Any, **_kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield b""
