"""What a coordinator sends, read as part of an announcement: words with their formatting, files, links, moments."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from aiogram import html
from aiogram.types import Message, MessageEntity
from aiogram.utils.text_decorations import HtmlDecoration

from domain.announcement import LONGEST_LABEL, Link, Medium, Said
from domain.local_time import ALMATY
from domain.refusal import Reason, Refused
from domain.web_address import is_web_address
from handlers.screen import units

# What is kept of a formatting; the rest (mentions of people, custom emoji a bot may not send) falls away.
KEPT = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "text_link",
        "blockquote",
        "expandable_blockquote",
    }
)
UNFIT = ("voice", "video_note", "audio", "sticker", "animation", "contact", "location", "poll", "dice", "venue")
MOMENT = re.compile(r"(?:(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?[\s,]+)?(\d{1,2})[:.](\d{2})")


def said_of(message: Message) -> Said:
    """Its words in Telegram's HTML and its file. Refused(NOT_FOR_MANY) for what an announcement is not made of."""
    if any(getattr(message, kind, None) for kind in UNFIT):
        raise Refused(Reason.NOT_FOR_MANY)
    text, entities = message.text or message.caption or "", message.entities or message.caption_entities or []
    media = _medium(message)
    if not text and not media:
        raise Refused(Reason.NOT_FOR_MANY)
    return Said(formatted(text, entities), units(text), media)


def _medium(message: Message) -> tuple[Medium, ...]:
    if message.photo:
        return (Medium("photo", message.photo[-1].file_id),)
    if message.video:
        return (Medium("video", message.video.file_id),)
    return (Medium("document", message.document.file_id),) if message.document else ()


def formatted(text: str, entities: list[MessageEntity]) -> str:
    """The words with their formatting as Telegram's HTML. Whatever was typed, it can be parsed again."""
    kept = [fit for one in entities if (fit := _fit(one))]
    return HtmlDecoration().unparse(text, kept)


def _fit(one: MessageEntity) -> MessageEntity | None:
    if one.type not in KEPT:
        return None
    if one.type == "text_link":
        return (
            one.model_copy(update={"url": html.quote(one.url or "").replace('"', "&quot;")})
            if is_web_address(one.url or "")
            else None
        )
    return one.model_copy(update={"language": None})


def link_of(text: str) -> Link:
    """A button from three lines: the address, the words in Kazakh, the words in Russian. Refused(NOT_A_LINK)."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) != 3 or not is_web_address(lines[0]):
        raise Refused(Reason.NOT_A_LINK)
    for label in lines[1:]:
        if len(label) > LONGEST_LABEL:
            raise Refused(Reason.TOO_LONG, limit=LONGEST_LABEL, length=len(label))
    return Link(*lines)


def moment_of(text: str, now: datetime) -> datetime:
    """A moment (UTC) such as "25.11 10:00", "25.11.2026 10:00", "18:30" (the next one). Refused(NOT_A_MOMENT)."""
    found = MOMENT.fullmatch(" ".join(text.split()))
    if not found:
        raise Refused(Reason.NOT_A_MOMENT)
    day, month, year, hour, minute = (int(part or 0) for part in found.groups())
    here = now.astimezone(ALMATY)
    try:
        if found[1] is None:
            at = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
            return (at if at > here else at + timedelta(days=1)).astimezone(UTC)
        at = datetime(here.year if found[3] is None else year, month, day, hour, minute, tzinfo=ALMATY)
        if found[3] is None and at < here - timedelta(days=1):
            at = at.replace(year=here.year + 1)
        return at.astimezone(UTC)
    except (ValueError, OverflowError):  # no such day; a year that UTC has not
        raise Refused(Reason.NOT_A_MOMENT) from None
