"""Types that aiogram would make anew with every answer of Telegram.

aiogram reads an answer as `Response[Message]`, `Response[bool]` and so on. Pydantic keeps such types only as long
as somebody holds them, and to make one takes tens of milliseconds: more than everything else about an update.
So they are held here, for all that we call.
"""

from __future__ import annotations

from aiogram import methods
from aiogram.methods.base import Response

CALLED = (
    methods.AnswerCallbackQuery,
    methods.DeleteWebhook,
    methods.EditMessageText,
    methods.GetFile,
    methods.GetMe,
    methods.GetMyCommands,
    methods.GetMyDescription,
    methods.GetMyShortDescription,
    methods.SendAudio,
    methods.SendAnimation,
    methods.SendDocument,
    methods.SendMessage,
    methods.SendPhoto,
    methods.SendSticker,
    methods.SendVideo,
    methods.SendVideoNote,
    methods.SendVoice,
    methods.SetMyCommands,
    methods.SetWebhook,
)
KEPT = tuple(Response[method.__returning__] for method in CALLED)  # type: ignore[name-defined]
