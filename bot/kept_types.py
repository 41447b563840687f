"""Types that aiogram would make anew with every answer of Telegram.

aiogram reads an answer as `Response[Message]`, `Response[bool]` and so on. Pydantic keeps such types only as long
as somebody holds them, and to make one takes tens of milliseconds: more than everything else about an update.
So they are held here, for all that we call. What every update and every answer is made of is made ready with them, so
that the first person does not wait for it (`bot/types_on_demand.py`).
"""

from __future__ import annotations

from aiogram import methods, types
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
OFTEN = (
    types.Message,
    types.CallbackQuery,
    types.ChatMemberUpdated,
    types.InlineKeyboardMarkup,
    types.ReplyKeyboardMarkup,
    methods.AnswerCallbackQuery,
    methods.EditMessageText,
    methods.SendMessage,
)
for _one in OFTEN:
    _one.model_rebuild()
# After the types they are answers of.
KEPT = tuple(Response[method.__returning__] for method in CALLED)  # type: ignore[name-defined]
