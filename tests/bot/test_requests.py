"""What stands between us and Telegram may answer in its own words; Telegram's refusals keep their kinds."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramConflictError, TelegramServerError, TelegramUnauthorizedError
from aiohttp import web

from bot.intake.polling import raw_updates
from bot.requests import Requests

ANSWERS = {
    "sendMessage": (502, "<html>Bad Gateway</html>"),
    "getMe": (502, "<html>Bad Gateway</html>"),
    "getUpdates": (409, '{"ok": false, "error_code": 409, "description": "Conflict: terminated by other getUpdates"}'),
    "deleteMessage": (404, "<html>Not Found</html>"),
    "editMessageText": (401, '{"ok": false, "error_code": 401, "description": "Unauthorized"}'),
}


async def answer(request: web.Request) -> web.Response:
    status, words = ANSWERS[request.match_info["method"]]
    return web.Response(status=status, text=words)


@pytest.fixture
async def bot(unused_tcp_port: int) -> AsyncIterator[Bot]:
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    session = Requests(api=TelegramAPIServer.from_base(f"http://127.0.0.1:{unused_tcp_port}"))
    yield Bot("4242:tests-have-no-token", session=session)
    await session.close()
    await runner.cleanup()


async def test_a_web_servers_own_fault_is_a_passing_one(bot: Bot) -> None:
    with pytest.raises(TelegramServerError, match="HTTP 502"):
        await bot.send_message(1, "x")
    with pytest.raises(TelegramServerError, match="HTTP 502"):
        await bot.get_me()


async def test_a_refusal_has_its_kind_whichever_way_it_was_asked(bot: Bot) -> None:
    with pytest.raises(TelegramConflictError):
        await raw_updates(bot, 0, 0)
    with pytest.raises(TelegramUnauthorizedError):
        await bot.edit_message_text("x", chat_id=1, message_id=1)


async def test_words_that_nobody_understands_are_no_servers_fault(bot: Bot) -> None:
    with pytest.raises(ClientDecodeError):
        await bot.delete_message(1, 1)
