"""The processes that are measured: `python -m bench.subjects NAME`, told by the environment where to ask.

The echo is aiogram as its documentation begins: a dispatcher, two handlers, long polling. Ours is the program
itself, with the pace lifted (what Telegram allows a second is not what is measured). Announcing keeps to a pace.
"""

from __future__ import annotations

import asyncio
import os
import sys


def echo() -> None:
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import CallbackQuery, Message

    dispatcher = Dispatcher()

    @dispatcher.message()
    async def say(message: Message) -> None:
        await message.answer(message.text or "")

    @dispatcher.callback_query()
    async def press(query: CallbackQuery) -> None:
        await query.answer()
        if isinstance(query.message, Message):
            await query.message.edit_text(query.data or "")

    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BOT_API_URL"]))
    bot = Bot(os.environ["BOT_TOKEN"], session=session)
    asyncio.run(dispatcher.start_polling(bot))


def ours() -> None:
    from bot.assembly import assemble
    from bot.pace import Limits
    from bot.run import run_to_the_end
    from bot.settings import load_settings

    # A permit that was used is kept until it is lent again: of a million, a million would be kept in the end.
    lifted = Limits(permits=1_000, window=0.0, burst=1_000, group_every=0.0)
    run_to_the_end(lambda: assemble(load_settings(_env_file=None), limits=lifted))


def announcing() -> None:
    from bench import announcing

    announcing.announcing()


if __name__ == "__main__":
    {"echo": echo, "ours": ours, "announcing": announcing}[sys.argv[1]]()
