"""Requests to Telegram, the short way.

What the bot says all day (a message, an edit, the answer to a press) leaves as one JSON body, and of Telegram's
answer only the message's number is kept: nobody reads more. Everything else, and every refusal, goes aiogram's
own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import orjson
from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramServerError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageText,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import Response, TelegramType
from aiohttp import ClientError, ClientTimeout

SHORT = (SendMessage, EditMessageText, AnswerCallbackQuery, DeleteMessage)
HEADERS = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Shown:
    """What is kept of a Message that Telegram gives back."""

    message_id: int


class Requests(AiohttpSession):
    """aiogram's session over HTTP with a short way for what is asked most."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, json_loads=orjson.loads)
        self._defaults: dict[str, Any] = {}

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        """Raises what aiogram's session raises."""
        if not isinstance(method, SHORT):
            return await super().make_request(bot, method, timeout)
        result = await self.plain(bot, method, timeout)
        if isinstance(result, dict):
            result = Shown(int(result["message_id"]))
        return cast(TelegramType, result)

    async def plain(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        """The answer's `result` as it came, not read with aiogram's types. Raises what aiogram's session raises."""
        status, content = await self._post(bot, method, timeout)
        answer = orjson.loads(content) if status == 200 else {}
        if not answer.get("ok"):
            return self.check_response(bot, method, status, content.decode(errors="replace")).result
        return answer["result"]

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """aiogram's own, but what a web server in between says in its own words (502, in HTML) is a server's fault."""
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError as error:
            if status_code < 500:
                raise
            raise TelegramServerError(cast(TelegramMethod[Any], method), f"HTTP {status_code}") from error

    async def _post(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None) -> tuple[int, bytes]:
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        patience = ClientTimeout(total=self.timeout if timeout is None else timeout)
        try:
            async with session.post(url, data=self._body(bot, method), headers=HEADERS, timeout=patience) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=f"{type(error).__name__}: {error}") from error

    def _body(self, bot: Bot, method: TelegramMethod[Any]) -> bytes:
        fields = method.model_dump(warnings=False, exclude_none=True)
        told = {
            name: self._default(bot, value) if isinstance(value, Default) else value for name, value in fields.items()
        }
        return orjson.dumps({name: value for name, value in told.items() if value is not None})

    def _default(self, bot: Bot, default: Default) -> Any:
        """What the bot says of this where the method says nothing."""
        if default.name not in self._defaults:
            self._defaults[default.name] = self.prepare_value(bot.default[default.name], bot, {}, _dumps_json=False)
        return self._defaults[default.name]
