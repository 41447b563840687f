"""One screen becomes Telegram calls: a message sent, an album above it, one of ours corrected, replaced or removed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import cast

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    KeyboardButton,
    MediaUnion,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.persistence import persistent
from bot.steps import Steps
from handlers.screen import Screen

INPUT_MEDIA = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
    "animation": InputMediaAnimation,
}
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


async def put(bot: Bot, chat: int, screen: Screen, steps: Steps, place: int = 0) -> list[int]:
    """Carry a screen out, the reply's `place`-th; the numbers of the messages in which it stands now.

    A step that was made is not made again for the sake of the next, nor by a later try. Raises what `persistent`
    raises, and TelegramBadRequest when the request itself is wrong.
    """
    if screen.removes:
        await persistent(lambda: bot.delete_messages(chat, list(screen.removes)))
        return []
    if corrected := screen.corrects:
        await persistent(lambda: _correct(bot, chat, corrected, screen))
        return [corrected]
    together: list[int] = []
    if screen.album:
        together = await steps.make(f"{place} album", partial(_send_album, bot, chat, screen))
        screen = _with_lost(screen, len(screen.album) - len(together))
    return [*together, *await steps.make(f"{place} text", partial(_send_text, bot, chat, screen))]


async def _send_text(bot: Bot, chat: int, screen: Screen) -> list[int]:
    return [await persistent(partial(_send, bot, chat, screen))]


async def _send(bot: Bot, chat: int, screen: Screen) -> int:
    if screen.replaces and (await replaced(bot, chat, screen.replaces, screen) or screen.only_there):
        return screen.replaces
    if screen.attachment:
        content = await asyncio.to_thread(screen.attachment.content)
        file = BufferedInputFile(content, screen.attachment.name)
        send = bot.send_photo if screen.attachment.picture else bot.send_document
        message = await send(chat, file, caption=screen.text, reply_markup=_markup(screen))
    elif screen.file_id:
        message = await _send_file(bot, chat, screen, screen.file_id)
    else:
        message = await bot.send_message(chat, screen.text, reply_markup=_markup(screen))
    return message.message_id


async def _send_file(bot: Bot, chat: int, screen: Screen, file_id: str) -> Message:
    """A file that Telegram has. A round video and a sticker carry no words: theirs stand on the buttons."""
    markup, media = _markup(screen), screen.media or ("photo" if screen.photo else "document")
    if media == "video_note":
        return await bot.send_video_note(chat, file_id, reply_markup=markup)
    if media == "sticker":
        return await bot.send_sticker(chat, file_id, reply_markup=markup)
    send: Callable[..., Awaitable[Message]] = getattr(bot, f"send_{media}")
    return await send(chat, file_id, caption=screen.text, reply_markup=markup)


async def _send_album(bot: Bot, chat: int, screen: Screen) -> list[int]:
    """Send the files together, or, where Telegram refuses one, each by itself; the numbers of their messages."""
    try:
        return [one.message_id for one in await persistent(lambda: bot.send_media_group(chat, _album(screen)))]
    except TelegramBadRequest:
        if not screen.lost:
            raise
    sent: list[int] = []
    for kind, file_id in screen.album:
        with suppress(TelegramBadRequest):
            sent.append(await persistent(partial(_send, bot, chat, Screen("", file_id=file_id, media=kind))))
    return sent


def _with_lost(screen: Screen, lost: int) -> Screen:
    """The screen to go below an album of which so many files could not be shown."""
    return replace(screen, text=f"{screen.text}\n\n{screen.lost.format(count=lost)}") if lost else screen


def _album(screen: Screen) -> list[MediaUnion]:
    return [cast(MediaUnion, INPUT_MEDIA[kind](media=file_id)) for kind, file_id in screen.album]


async def _correct(bot: Bot, chat: int, message_id: int, screen: Screen) -> None:
    """Give an earlier message of ours these words; nothing to do when it has them."""
    markup = _inline(screen)
    try:
        if screen.file_id and screen.swaps:
            media = INPUT_MEDIA[screen.media or "document"](media=screen.file_id, caption=screen.text)
            await bot.edit_message_media(media, chat_id=chat, message_id=message_id, reply_markup=markup)
        elif screen.file_id:
            await bot.edit_message_caption(
                chat_id=chat, message_id=message_id, caption=screen.text, reply_markup=markup
            )
        else:
            await bot.edit_message_text(screen.text, chat_id=chat, message_id=message_id, reply_markup=markup)
    except TelegramBadRequest as error:
        if "message is not modified" not in error.message:
            raise


async def replaced(bot: Bot, chat: int, message_id: int, screen: Screen) -> bool:
    """Whether an earlier message of ours, in words or a file with them as the screen is, could become this screen.

    Not after 48 hours, nor when it was deleted.
    """
    try:
        await _correct(bot, chat, message_id, screen)
    except TelegramBadRequest:
        return False
    return True


def _markup(screen: Screen) -> Markup | None:
    if screen.contact:
        ask = KeyboardButton(text=screen.contact, request_contact=True)
        return ReplyKeyboardMarkup(keyboard=[[ask]], resize_keyboard=True, one_time_keyboard=True)
    if screen.plain:
        return ReplyKeyboardRemove()
    return _inline(screen)


def _inline(screen: Screen) -> InlineKeyboardMarkup | None:
    if not screen.buttons:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=b.label, callback_data=b.data, url=b.url) for b in line]
            for line in screen.buttons
        ]
    )
