"""What a message and a button may hold: core.telegram.org/bots/api (sendMessage, sendPhoto, InlineKeyboardButton)."""

from __future__ import annotations

TEXT_LIMIT = 4096  # characters after the tags are taken out, as UTF-16 units
CAPTION_LIMIT = 1024  # the same, under a file
DATA_LIMIT = 64  # bytes that come back with a press
