"""What an author is told unasked: an operator's words, what became of a ticket, and whose words these are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.notification import Kind
from domain.refusal import Refused
from domain.ticket import Ticket
from handlers.conversation import Notice, Turn
from handlers.language import _
from handlers.screen import SILENCE, Reply, Rows, button, reply, rows
from handlers.shared_buttons import ToTicket
from handlers.ticket_corrections import corrected
from handlers.ticket_texts import carried_together
from handlers.tickets import screens
from handlers.tickets.buttons import WhoseWords
from handlers.tickets.waiting import whose_words
from usecases.author_tickets import own_ticket
from usecases.deliver_tickets import album_to_show, reply_to_show
from usecases.ticket_clock import office
from usecases.ticket_region import regions_to_ask

Facts = Mapping[str, Any]


def answered(turn: Turn, facts: Facts) -> Reply:
    """An operator's message; a changed one takes the place of what was shown."""
    if "album" in facts:
        album = album_to_show(turn.work, turn.person, facts)
        return reply(*carried_together(album[1], *_heading(album[0]))) if album else SILENCE
    found = reply_to_show(turn.work, turn.person, facts)
    if found is None:
        return SILENCE
    return reply(
        *corrected(found, *_heading(found.ticket))
        if found.before
        else carried_together(found.now, *_heading(found.ticket))
    )


def _heading(ticket: Ticket) -> tuple[str, Rows]:
    open_it = rows(button(_("Write more · {number}").format(number=ticket.number), ToTicket(ticket=ticket.id)))
    return _("💬 <b>{number}</b>, call centre:").format(number=ticket.number), open_it


def became(turn: Turn, facts: Facts) -> Reply:
    """It was closed, passed on, or opened with words that had waited too long."""
    view = own_ticket(turn.work, turn.person, facts["ticket"])
    if facts["event"] == "registered":
        regions = regions_to_ask(turn.work, view.ticket)
        return reply(screens.registered(view.ticket, office(turn.work, view.ticket.lot), regions, late=True))
    if facts["event"] == "closed" and not view.ticket.open:
        return reply(screens.closed(view.ticket, by_author=False))
    if facts["event"] == "passed":
        return reply(screens.note(_passed(view.ticket), view.ticket))
    return SILENCE


def whose(turn: Turn, facts: Facts) -> Reply:
    """Which ticket do these words belong to?"""
    first = facts["tickets"][0] if facts["tickets"] else 0
    try:
        return reply(whose_words(turn, WhoseWords(message=facts["message"], first=first, here=facts["here"], page=0)))
    except Refused:
        return SILENCE  # said meanwhile


def _passed(ticket: Ticket) -> str:
    return _("{number} has been passed on to a colleague who can settle it. You need not do anything.").format(
        number=ticket.number
    )


NOTICES: Mapping[Kind, Notice] = {
    Kind.TICKET_REPLY: answered,
    Kind.TICKET_STATE: became,
    Kind.TICKET_UNCLEAR: whose,
}
