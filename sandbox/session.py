"""A bot of aiogram on this Telegram without a network: for tests, as truthful as the real session.

Requests are flattened to text as aiogram's own session flattens them into a form, answers go through
aiogram's own check, so a bot gets the same objects and the same exceptions as from Telegram.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from sandbox.errors import ApiError, Cut, Late
from sandbox.faults import FaultKind
from sandbox.polling import Polling
from sandbox.requests import File
from sandbox.telegram import Telegram


class SandboxSession(BaseSession):
    """`Bot(token, session=SandboxSession(telegram))`."""

    def __init__(self, telegram: Telegram, **options: Any) -> None:
        super().__init__(**options)
        self.telegram = telegram
        self.polling = Polling.of(telegram)

    async def close(self) -> None:
        """There is nothing to close."""

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        params, files = await self.flattened(bot, method)
        try:
            self.telegram.adopt(bot.token)
            result = await self.ask(method.__api_method__, params, files)
        except Late as late:
            await asyncio.sleep(late.seconds)
            body, status = {"ok": True, "result": late.result}, 200
        except Cut as cut:
            raise TelegramNetworkError(method=cast(Any, method), message=told(cut)) from cut
        except ApiError as refusal:
            body, status = refusal.payload(), refusal.code
        else:
            body, status = {"ok": True, "result": result}, 200
        response = self.check_response(bot, method, status, json.dumps(body))
        return cast(TelegramType, response.result)

    async def ask(self, name: str, params: dict[str, Any], files: dict[str, File]) -> Any:
        if name == "getUpdates":
            return await self.polling.get(params)
        await asyncio.sleep(0)  # a real call always lets others run
        return self.telegram.call(name, params, files)

    async def flattened(self, bot: Bot, method: TelegramMethod[TelegramType]) -> tuple[dict[str, Any], dict[str, File]]:
        inputs: dict[str, InputFile] = {}
        prepared = {
            name: self.prepare_value(value, bot=bot, files=inputs)
            for name, value in method.model_dump(warnings=False).items()
        }
        files = {key: (file.filename or key, await contents(file, bot)) for key, file in inputs.items()}
        return {name: value for name, value in prepared.items() if value}, files

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        if fault := self.telegram.faults.take(FaultKind.SLOW_DOWNLOAD):
            await asyncio.wait_for(asyncio.sleep(fault.seconds), timeout)
        data = self.fetched(url)
        for start in range(0, len(data), chunk_size):
            yield data[start : start + chunk_size]

    def fetched(self, url: str) -> bytes:
        path = url.split("/file/bot", 1)[1].split("/", 1)[1]
        try:
            return self.telegram.download(path)
        except (ApiError, Cut) as error:
            raise ConnectionError(str(error)) from error


def told(cut: Cut) -> str:
    return "Request timeout error" if cut.late else "ServerDisconnectedError: Server disconnected"


async def contents(file: InputFile, bot: Bot) -> bytes:
    return b"".join([chunk async for chunk in file.read(bot)])
