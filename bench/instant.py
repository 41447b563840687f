"""A transport without Telegram: every call is answered at once."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, Message


class Instant(BaseSession):
    """Whatever is asked, the answer is a message with a number of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers = 1_000_000

    async def close(self) -> None:
        pass

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        self.numbers += 1
        self.note(method)
        chat = Chat(id=1, type="private")
        answer = Message(message_id=self.numbers, date=0, chat=chat, text="answer")  # type: ignore[arg-type]
        return cast(TelegramType, answer)

    def note(self, method: TelegramMethod[Any]) -> None:
        """Whoever measures looks at the call here."""

    async def stream_content(self, *_args: Any, **_kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield b""
