"""Words of tickets that authors and operators both read: kinds, states, what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from aiogram import html

from domain.staff import Role
from domain.ticket import Delivery, Media, Side, Ticket, TicketKind, TicketState, Words
from handlers.figures import short_moment
from handlers.language import _, ngettext
from handlers.screen import units
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
ROLES: Mapping[Role, Say] = {  # whose queue
    Role.OPERATOR: lambda: _("Operators"),
    Role.SUPERVISOR: lambda: _("Supervisors"),
    Role.COORDINATOR: lambda: _("Coordinators"),
    Role.ACCOUNTANT: lambda: _("Accountants"),
    Role.MENTOR: lambda: _("Mentors"),
}
PAGE = 2600  # UTF-16 units of what was said on one page
LONGEST_LINE = 1500


def content(words: Words, most: int = LONGEST_LINE) -> str:
    """What a message holds, in one HTML text: its kind of file, its words."""
    text = words.text if len(words.text) <= most else words.text[: most - 1] + "…"
    return " ".join(part for part in (MEDIA[words.media](), html.quote(text)) if part)


def pages_of(said: Sequence[Said], who: Callable[[Said], str]) -> list[tuple[str, tuple[Said, ...]]]:
    """What was said, in pages that fit a screen; each with what stands on it."""
    pages: list[tuple[str, tuple[Said, ...]]] = []
    for one in said:
        line = _line(one, who(one))
        if pages and units(pages[-1][0]) + units(line) <= PAGE:
            pages[-1] = (f"{pages[-1][0]}\n{line}", (*pages[-1][1], one))
        else:
            pages.append((line, (one,)))
    return pages or [("", ())]


def _line(one: Said, who: str) -> str:
    sign = {Side.AUTHOR: "👤", Side.OPERATOR: "💬", Side.NOTE: "📝"}[one.side]
    changed = " ✏️" if one.number > 1 else ""
    state = f" ({DELIVERIES[one.delivery]()})" if one.delivery else ""
    return f"{sign} <b>{html.quote(who)}</b>, {short_moment(one.at)}{changed}{state}\n{content(one.words)}"


def working_hours_left(left: timedelta) -> str:
    """How much working time is left, in hours or working days."""
    hours = max(1, round(left / timedelta(hours=1)))
    return ngettext("{hours} working hour", "{hours} working hours", hours).format(hours=hours)


def heading(ticket: Ticket) -> str:
    return f"<b>{ticket.number}</b> · {KINDS[ticket.kind]()}"
