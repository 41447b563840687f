"""A Reply becomes Telegram calls: after the commit, and never twice.

The first screen changes the pressed message where it can; everything else is sent. A press is answered
exactly once. Passing faults are tried again; what stays impossible is raised by kind.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from bot.persistence import persistent
from bot.putting import put, replaced
from bot.steps import Steps
from handlers.screen import Reply, Screen

TOAST_LIMIT = 200  # answerCallbackQuery, text


async def show(
    bot: Bot, chat: int, reply: Reply, pressed: CallbackQuery | None = None, steps: Steps | None = None
) -> list[int]:
    """Show a reply in a chat, or the rest of it; the numbers of the messages that it put there, in order.

    Raises Unreachable, TelegramRetryAfter (a long one), TelegramNetworkError or TelegramServerError when
    Telegram stays away, TelegramBadRequest when the request itself is wrong.
    """
    screens = [await _linked(bot, screen) for screen in reply.screens]
    if pressed:
        screens = await _answer_press(bot, pressed, reply, screens)
    elif reply.toast:
        screens = _with_note(reply.toast, screens)
    sent: list[int] = []
    steps = steps or Steps()
    for place, screen in enumerate(screens):
        if place == 0 and pressed and not reply.fresh and await _changed(bot, chat, pressed, screen):
            continue
        sent += await put(bot, chat, screen, steps, place)
    return sent


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
    return await persistent(partial(replaced, bot, chat, message.message_id, screen))
