"""What the chat page shows, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import Any

from sandbox.chats import Chat, Message, User
from sandbox.settings import commands_for, text_in
from sandbox.telegram import Telegram


def state_view(telegram: Telegram) -> dict[str, Any]:
    """Everything but the messages: the bot, people, chats, faults, limits."""
    limits = telegram.limits
    return {
        "bot": bot_view(telegram),
        "people": [person_view(telegram, user) for user in telegram.users.values()],
        "chats": [chat_view(telegram, chat) for chat in telegram.chats.values()],
        "faults": [asdict(fault) for fault in telegram.faults.waiting],
        "limits": {"on": limits.on, "counting": limits.counting, "refused": limits.refused},
        "pending": telegram.updates.pending,
        "now": telegram.now(),
    }


def bot_view(telegram: Telegram) -> dict[str, Any]:
    codes = ("", "kk", "ru")
    about = {name: {code: text_in(telegram, name, code) for code in codes} for name in ("name", "description")}
    return {**telegram.bot.shown(), "about": about}


def person_view(telegram: Telegram, user: User) -> dict[str, Any]:
    own = {"phone": user.phone, "note": user.note, "commands": commands_for(telegram, user)}
    return {**user.shown(), **own}


def chat_view(telegram: Telegram, chat: Chat) -> dict[str, Any]:
    last = next((message for message in reversed(chat.everything.values()) if not message.deleted), None)
    return {
        **chat.shown(),
        "started": chat.started,
        "bot_status": chat.bot_status,
        "members": list(chat.members),
        "topics": [{"id": number, **about} for number, about in chat.topics.items()],
        "keyboard": chat.keyboard,
        "keyboard_about": chat.keyboard_about,
        "pinned": chat.pinned,
        "last": message_view(last) if last else None,
    }


def message_view(message: Message) -> dict[str, Any]:
    return {**message.data, **({"reaction": message.reaction} if message.reaction else {})}


def history_view(telegram: Telegram, chat: Chat, before: int, limit: int) -> dict[str, Any]:
    """The part of the history that ends before the message `before` (0: at the newest)."""
    newest = reversed(chat.everything.values())
    older = (message for message in newest if not message.deleted and (not before or message.id < before))
    part = list(islice(older, limit + 1))
    shown = [message_view(message) for message in reversed(part[:limit])]
    return {"chat": chat_view(telegram, chat), "messages": shown, "more": len(part) > limit}


def calls_view(telegram: Telegram, limit: int) -> list[dict[str, Any]]:
    return [
        {
            "method": call.method,
            "params": call.params,
            "error": str(call.error) if call.error else None,
            "at": call.at,
        }
        for call in islice(reversed(telegram.calls), limit)
    ]
