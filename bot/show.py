"""A Reply becomes Telegram calls: after the commit, and never twice.

The first screen changes the pressed message where it can; everything else is sent. A press is answered
exactly once. Passing faults are tried again; what stays impossible is raised by kind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from typing import TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
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

from handlers.screen import Reply, Screen

T = TypeVar("T")
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
PASSING = (TelegramNetworkError, TelegramServerError)
TOAST_LIMIT = 200  # answerCallbackQuery, text
PAUSES = (0.2, 1.0, 3.0)  # seconds before the second, third and fourth try
LONGEST_WAIT = 30  # seconds of retry_after that an answer waits for
# Whether any call of this task was made again although Telegram may have carried it out: then it was done twice.
tried_again: ContextVar[bool] = ContextVar("tried again", default=False)


class Unreachable(Exception):
    """The person blocked the bot, or their account is gone."""


async def show(
    bot: Bot, chat: int, reply: Reply, pressed: CallbackQuery | None = None, numbers: list[int] | None = None
) -> int | None:
    """Show a reply in a chat; the number of the last message. `numbers` is given that of every one.

    Raises Unreachable, TelegramRetryAfter (a long one), TelegramNetworkError or TelegramServerError when
    Telegram stays away, TelegramBadRequest when the request itself is wrong.
    """
    screens = [await _linked(bot, screen) for screen in reply.screens]
    if pressed:
        screens = await _answer_press(bot, pressed, reply, screens)
    elif reply.toast:
        screens = _with_note(reply.toast, screens)
    sent = [] if numbers is None else numbers
    for place, screen in enumerate(screens):
        if place == 0 and pressed and not reply.fresh and await _changed(bot, chat, pressed, screen):
            continue
        await _put(bot, chat, screen, sent)
    return sent[-1] if sent else None


async def _put(bot: Bot, chat: int, screen: Screen, sent: list[int]) -> None:
    """Carry a screen out, step by step: a step that was made is not made again for the sake of the next."""
    if screen.removes:
        await persistent(lambda: bot.delete_messages(chat, list(screen.removes)))
    elif screen.corrects:
        await persistent(lambda: _correct(bot, chat, screen.corrects or 0, screen))
        sent.append(screen.corrects)
    else:
        if screen.album:
            screen = await _send_album(bot, chat, screen, sent)
        sent.append(await persistent(partial(_send, bot, chat, screen)))


async def persistent(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call again after passing faults; a person's refusal becomes Unreachable."""
    for pause in PAUSES:
        try:
            return await call()
        except TelegramForbiddenError as error:
            raise Unreachable from error
        except TelegramRetryAfter as error:
            if error.retry_after > LONGEST_WAIT:
                raise
            await asyncio.sleep(error.retry_after)
        except PASSING:
            tried_again.set(True)
            await asyncio.sleep(pause)
    return await call()


async def _linked(bot: Bot, screen: Screen) -> Screen:
    """A deep link written out: only Telegram knows what this bot is called."""
    if not screen.deep_link:
        return screen
    link = f"https://t.me/{(await persistent(bot.me)).username}?start={screen.deep_link}"
    attachment = screen.attachment
    if attachment and attachment.of_link:
        attachment = replace(attachment, content=partial(attachment.of_link, link))
    return replace(screen, text=f"{screen.text}\n\n{link}", deep_link="", attachment=attachment)


async def _answer_press(bot: Bot, pressed: CallbackQuery, reply: Reply, screens: list[Screen]) -> list[Screen]:
    note = reply.toast
    if note and len(note) > TOAST_LIMIT:
        screens, note = _with_note(note, screens), None
    try:
        await persistent(lambda: bot.answer_callback_query(pressed.id, text=note, show_alert=reply.alarm or None))
    except TelegramBadRequest:
        # "query is too old": the note cannot be shown over the chat any more, so it goes into it.
        return _with_note(note, screens) if note else screens
    return screens


def _with_note(note: str, screens: list[Screen]) -> list[Screen]:
    if not screens:
        return [Screen(note)]
    first = screens[0]
    return [replace(first, text=f"{note}\n\n{first.text}"), *screens[1:]]


async def _changed(bot: Bot, chat: int, pressed: CallbackQuery, screen: Screen) -> bool:
    """Whether the pressed message could become this screen."""
    message = pressed.message
    if screen.contact or screen.plain or screen.attachment or screen.file_id or screen.album:
        return False
    if not isinstance(message, Message) or message.text is None:
        return False
    try:
        await persistent(
            lambda: bot.edit_message_text(
                screen.text, chat_id=chat, message_id=message.message_id, reply_markup=_inline(screen)
            )
        )
    except TelegramBadRequest as error:
        return "message is not modified" in error.message
    return True


async def _send(bot: Bot, chat: int, screen: Screen) -> int:
    if screen.attachment:
        content = await asyncio.to_thread(screen.attachment.content)
        file = BufferedInputFile(content, screen.attachment.name)
        send = bot.send_photo if screen.attachment.picture else bot.send_document
        message = await send(chat, file, caption=screen.text, reply_markup=_markup(screen))
    elif screen.file_id:
        message = await _send_file(bot, chat, screen, screen.file_id)
    elif screen.replaces and (await _replaced(bot, chat, screen.replaces, screen) or screen.only_there):
        return screen.replaces
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


async def _send_album(bot: Bot, chat: int, screen: Screen, sent: list[int]) -> Screen:
    """Send the files together, or, where Telegram refuses one of them, each by itself; the screen to go below them."""
    try:
        sent += [one.message_id for one in await persistent(lambda: bot.send_media_group(chat, _album(screen)))]
    except TelegramBadRequest:
        if not screen.lost:
            raise
        lost = 0
        for kind, file_id in screen.album:
            try:
                alone = Screen("", file_id=file_id, media=kind)
                sent.append(await persistent(partial(_send, bot, chat, alone)))
            except TelegramBadRequest:
                lost += 1
        if lost:
            return replace(screen, text=f"{screen.text}\n\n{screen.lost.format(count=lost)}")
    return screen


def _album(screen: Screen) -> list[MediaUnion]:
    kinds = {
        "photo": InputMediaPhoto,
        "video": InputMediaVideo,
        "document": InputMediaDocument,
        "audio": InputMediaAudio,
    }
    return [kinds[kind](media=file_id) for kind, file_id in screen.album]


async def _correct(bot: Bot, chat: int, message_id: int, screen: Screen) -> None:
    """Give an earlier message of ours these words; nothing to do when it has them."""
    markup = _inline(screen)
    try:
        if screen.file_id:
            await bot.edit_message_caption(
                chat_id=chat, message_id=message_id, caption=screen.text, reply_markup=markup
            )
        else:
            await bot.edit_message_text(screen.text, chat_id=chat, message_id=message_id, reply_markup=markup)
    except TelegramBadRequest as error:
        if "message is not modified" not in error.message:
            raise


async def _replaced(bot: Bot, chat: int, message_id: int, screen: Screen) -> bool:
    """Whether an earlier message of ours could become this screen: not after 48 hours, or when it was deleted."""
    markup = _inline(screen)
    try:
        await bot.edit_message_text(screen.text, chat_id=chat, message_id=message_id, reply_markup=markup)
    except TelegramBadRequest as error:
        return "message is not modified" in error.message
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
