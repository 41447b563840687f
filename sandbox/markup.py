"""Keyboards: what Telegram refuses of them, and the form in which a message shows them.

Limits: 64 bytes of callback data, 100 inline and 300 other buttons (Bot API, InlineKeyboardButton).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.chats import Button, Chat, Rows
from sandbox.errors import bad

DATA_BYTES = 64
INLINE_BUTTONS = 100
REPLY_BUTTONS = 300
ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}


def inline_only(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """The inline keyboard for an edit; None removes it."""
    if markup and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    return inline(markup) if markup else None


def inline(markup: dict[str, Any]) -> dict[str, Any] | None:
    """The keyboard without its empty rows, each button checked."""
    rows = filled(markup["inline_keyboard"])
    if sum(map(len, rows)) > INLINE_BUTTONS:
        raise bad("reply markup is too long")
    for row in rows:
        for button in row:
            check_inline(button)
    return {"inline_keyboard": rows} if rows else None


def filled(rows: Rows) -> Rows:
    return [row for row in rows if row]


def check_inline(button: Button) -> None:
    if not str(button.get("text", "")).strip():
        raise bad("keyboard button text must be non-empty")
    if not ACTIONS & button.keys():
        unallowed = "Text buttons are unallowed in the inline keyboard"
        raise bad(f"can't parse inline keyboard button: {unallowed}")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not is_link(button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if "copy_text" in button and not 1 <= len(button["copy_text"].get("text", "")) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def is_link(url: str) -> bool:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme == "tg":
        return bool(parts.netloc)
    host = parts.hostname or ""
    return parts.scheme in {"http", "https"} and bool(re.fullmatch(r"[^\s.]+(\.[^\s.]+)+", host))


def reply_rows(markup: dict[str, Any], chat: Chat) -> Rows:
    """The reply keyboard row by row, each button as a dictionary."""
    given: list[list[Any]] = filled(markup["keyboard"])
    rows: Rows = [[{"text": button} if isinstance(button, str) else button for button in row] for row in given]
    if sum(map(len, rows)) > REPLY_BUTTONS:
        raise bad("reply markup is too long")
    for row in rows:
        for button in row:
            check_reply(button, chat)
    return rows


def check_reply(button: Button, chat: Chat) -> None:
    if not str(button.get("text", "")).strip():
        raise bad("keyboard button text must be non-empty")
    if not chat.private and button.get("request_contact"):
        raise bad("phone number can be requested in private chats only")
    if not chat.private and button.get("request_location"):
        raise bad("location can be requested in private chats only")


def laid(markup: dict[str, Any] | None, chat: Chat) -> dict[str, Any] | None:
    """Put a new message's markup where it belongs: the inline part is returned for the message, a reply
    keyboard is laid below the chat's input field, or taken away."""
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return inline(markup)
    if markup.get("remove_keyboard"):
        chat.keyboard, chat.keyboard_about = None, {}
    elif rows := reply_rows(markup, chat) if "keyboard" in markup else []:
        chat.keyboard = rows
        chat.keyboard_about = {name: value for name, value in markup.items() if name != "keyboard"}
    return None
