"""Words of tickets that authors and operators both read: kinds, states, what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from aiogram import html

from domain.ticket import (
    MOST_TOGETHER,
    TOGETHER,
    WITHOUT_CAPTION,
    Delivery,
    Media,
    Side,
    Ticket,
    TicketKind,
    TicketState,
    Words,
)
from handlers.figures import short_moment
from handlers.language import _, ngettext
from handlers.screen import Rows, Screen, units
from usecases.ticket_words import Said

Say = Callable[[], str]

KINDS: Mapping[TicketKind, Say] = {
    TicketKind.QUESTION: lambda: _("Question"),
    TicketKind.COMPLAINT: lambda: _("Complaint"),
    TicketKind.APPEAL: lambda: _("Appeal against a decision"),
    TicketKind.TECHNICAL: lambda: _("Something does not work"),
    TicketKind.VERDICT_REVIEW: lambda: _("Look at the check's result"),
    TicketKind.CALL: lambda: _("Telephone call"),
}
STATES: Mapping[TicketState, Say] = {
    TicketState.OPEN: lambda: _("in the queue"),
    TicketState.TAKEN: lambda: _("being handled"),
    TicketState.WAITING: lambda: _("answered, the author's turn"),
    TicketState.CLOSED: lambda: _("closed"),
}
MEDIA: Mapping[Media, Say] = {
    Media.TEXT: lambda: "",
    Media.PHOTO: lambda: _("🖼 photo"),
    Media.DOCUMENT: lambda: _("📎 file"),
    Media.VOICE: lambda: _("🎤 voice message"),
    Media.AUDIO: lambda: _("🎵 recording"),
    Media.VIDEO: lambda: _("🎬 video"),
    Media.VIDEO_NOTE: lambda: _("🎬 round video"),
    Media.ANIMATION: lambda: _("🎬 animation"),
    Media.STICKER: lambda: _("sticker"),
}
DELIVERIES: Mapping[Delivery, Say] = {
    Delivery.DUE: lambda: _("⏳ on its way"),
    Delivery.DELIVERED: lambda: _("✓ delivered"),
    Delivery.BLOCKED: lambda: _("⛔ not delivered: the bot is blocked"),
    Delivery.FAILED: lambda: _("⛔ not delivered"),
}
WORST_FIRST = (Delivery.FAILED, Delivery.BLOCKED, Delivery.DUE, Delivery.DELIVERED)  # of an album's parts
PAGE = 2600  # UTF-16 units of what was said on one page
IN_ONE, IN_CAPTION = 3500, 800  # characters of a message that fit a card, or a file's caption, with a heading


def content(words: Words, most: int) -> str:
    """What a message holds, in one HTML text: its kind of file, its words as far as they fit."""
    text = words.text if len(words.text) <= most else words.text[: most - 1] + "…"
    return " ".join(part for part in (MEDIA[words.media](), html.quote(text)) if part)


def pages_of(said: Sequence[Said], who: Callable[[Said], str]) -> list[tuple[str, tuple[Said, ...]]]:
    """What was said, in pages that fit a screen; each with what stands on it."""
    pages: list[tuple[str, tuple[Said, ...]]] = []
    for parts in _as_messages(said):
        for line in _lines(parts, who(parts[0])):
            if pages and units(pages[-1][0]) + units(line) <= PAGE:
                pages[-1] = (f"{pages[-1][0]}\n{line}", (*pages[-1][1], *parts))
            else:
                pages.append((line, parts))
    return pages or [("", ())]


def carried(said: Said, head: str, buttons: Rows) -> tuple[Screen, ...]:
    """A message of a ticket in the other side's chat, whole: its words, or its file with them.

    What is too long for one message goes in two. Changed words: `handlers/ticket_corrections.py`.
    """
    words, parts = said.words, in_parts(said.words.text, IN_ONE)
    if words.media is Media.TEXT:
        first = Screen(f"{head}\n\n{html.quote(parts[0])}", buttons)
        return (first, *(Screen(html.quote(part), buttons) for part in parts[1:]))
    if len(words.text) <= IN_CAPTION:
        text = "" if words.media in WITHOUT_CAPTION else f"{head}\n{content(words, IN_CAPTION)}"
        return (Screen(text, buttons, file_id=words.file_id, media=words.media),)
    file = Screen(head, (), file_id=words.file_id, media=words.media)
    return (file, *(Screen(html.quote(part), buttons) for part in parts))


def carried_together(parts: Sequence[Said], head: str, buttons: Rows) -> tuple[Screen, ...]:
    """An album in the other side's chat: what Telegram allows together goes together, in order, its words once."""
    shown: list[Screen] = []
    for group in _groups(parts):
        if len(group) == 1:
            shown += carried(group[0], head, buttons)
            continue
        words = "\n".join(dict.fromkeys(one.words.text for one in group if one.words.text))
        first, *rest = in_parts(words, IN_ONE)
        album = tuple((one.words.media.value, one.words.file_id or "") for one in group)
        text = "\n\n".join(filter(None, (f"{head}\n{_kinds(group)}", html.quote(first))))
        shown += [Screen(text, buttons, album=album, lost=_("⚠️ Files that cannot be shown: {count}"))]
        shown += [Screen(html.quote(part), buttons) for part in rest]
    return tuple(shown)


def _groups(parts: Sequence[Said]) -> list[list[Said]]:
    """Neighbours that Telegram sends together."""
    groups: list[list[Said]] = []
    for one in parts:
        same = groups and len(groups[-1]) < MOST_TOGETHER
        if same and any({one.words.media, groups[-1][-1].words.media} <= some for some in TOGETHER):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _kinds(parts: Sequence[Said]) -> str:
    counts = Counter(one.words.media for one in parts)
    return ", ".join(MEDIA[media]() + (f" × {count}" if count > 1 else "") for media, count in counts.items())


def in_parts(text: str, most: int) -> list[str]:
    """A text in pieces of at most so many characters; at least one."""
    return [text[i : i + most] for i in range(0, len(text), most)] or [""]


def _as_messages(said: Sequence[Said]) -> list[tuple[Said, ...]]:
    """An album is one message; everything else is one by itself."""
    messages: list[tuple[Said, ...]] = []
    for one in said:
        last = messages[-1][-1] if messages else None
        same = last and one.album and (last.album, last.side, last.number, one.number) == (one.album, one.side, 1, 1)
        if same and one.words.media is not Media.TEXT:
            messages[-1] = (*messages[-1], one)
        else:
            messages.append((one,))
    return messages


def _lines(parts: tuple[Said, ...], who: str) -> list[str]:
    """A message as it stands among the others; a long one goes on in further pieces."""
    words = "\n".join(dict.fromkeys(one.words.text for one in parts if one.words.text))
    first, *rest = in_parts(words, PAGE - 400)
    return [_line(parts, first, who), *(html.quote(part) for part in rest)]


def _line(parts: tuple[Said, ...], text: str, who: str) -> str:
    one = parts[0]
    sign = {Side.AUTHOR: "👤", Side.OPERATOR: "💬", Side.NOTE: "📝"}[one.side]
    changed = " ✏️" if one.number > 1 else ""
    states = [part.delivery for part in parts if part.delivery]
    worst = next((state for state in WORST_FIRST if state in states), None)
    state = f" ({DELIVERIES[worst]()})" if worst else ""
    said = " ".join(filter(None, (_kinds(parts), html.quote(text))))
    return f"{sign} <b>{html.quote(who)}</b>, {short_moment(one.at)}{changed}{state}\n{said}"


def working_hours_left(left: timedelta) -> str:
    """How much working time is left, in hours or working days."""
    hours = max(1, round(left / timedelta(hours=1)))
    return ngettext("{hours} working hour", "{hours} working hours", hours).format(hours=hours)


def heading(ticket: Ticket) -> str:
    return f"<b>{ticket.number}</b> · {KINDS[ticket.kind]()}"
