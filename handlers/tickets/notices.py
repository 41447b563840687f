"""What an author is told unasked: an operator's words, what became of a ticket, and whose words these are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.notification import Kind
from domain.refusal import Refused
from domain.ticket import Ticket
from handlers.conversation import Notice, Turn
from handlers.language import _
from handlers.screen import SILENCE, Button, Reply, Rows, Screen, button, reply, rows
from handlers.shared_buttons import ToTicket
from handlers.ticket_texts import KINDS, carried, carried_together, content
from handlers.tickets import screens
from handlers.tickets.buttons import PutInto
from usecases import author_tickets
from usecases.author_tickets import own_ticket
from usecases.deliver_tickets import album_to_show, reply_to_show

Facts = Mapping[str, Any]


def answered(turn: Turn, facts: Facts) -> Reply:
    """An operator's message; a changed one takes the place of what was shown."""
    if "album" in facts:
        album = album_to_show(turn.work, turn.person, facts)
        return reply(*carried_together(album[1], *_heading(album[0]))) if album else SILENCE
    found = reply_to_show(turn.work, turn.person, facts)
    if found is None:
        return SILENCE
    ticket, said, shown = found
    return reply(*carried(said, *_heading(ticket), shown))


def _heading(ticket: Ticket) -> tuple[str, Rows]:
    open_it = rows(button(_("Write more · {number}").format(number=ticket.number), ToTicket(ticket=ticket.id)))
    return _("💬 <b>{number}</b>, call centre:").format(number=ticket.number), open_it


def became(turn: Turn, facts: Facts) -> Reply:
    """It was closed, or passed on."""
    view = own_ticket(turn.work, turn.person, facts["ticket"])
    if facts["event"] == "closed" and not view.ticket.open:
        return reply(screens.closed(view.ticket, by_author=False))
    if facts["event"] == "passed":
        return reply(screens.note(_passed(view.ticket), view.ticket))
    return SILENCE


def whose(turn: Turn, facts: Facts) -> Reply:
    """Which ticket do these words belong to?"""
    try:
        words = author_tickets.held_words(turn.work, turn.person, facts["message"])
    except Refused:
        return SILENCE  # said meanwhile
    message = facts["message"]
    choices = [_choice(turn, message, ticket) for ticket in facts["tickets"]]
    here = button(_("It answers the bot's question"), PutInto(message=message, ticket=-1)) if facts["here"] else None
    new = button(_("It is a new request"), PutInto(message=message, ticket=0))
    text = _("What is this about?\n\n{message}").format(message=f"<i>{content(words, 300)}</i>")
    return reply(Screen(text, rows(*choices, here, new)))


def _choice(turn: Turn, message: int, ticket_id: int) -> Button | None:
    try:
        ticket = own_ticket(turn.work, turn.person, ticket_id).ticket
    except Refused:
        return None
    if not ticket.open and not author_tickets.may_reopen(ticket, turn.work.now):
        return None
    label = f"{ticket.number} · {KINDS[ticket.kind]()}"
    if not ticket.open:
        label = _("Open again: {ticket}").format(ticket=label)
    return button(label, PutInto(message=message, ticket=ticket_id))


def _passed(ticket: Ticket) -> str:
    return _("{number} has been passed on to a colleague who can settle it. You need not do anything.").format(
        number=ticket.number
    )


NOTICES: Mapping[Kind, Notice] = {
    Kind.TICKET_REPLY: answered,
    Kind.TICKET_STATE: became,
    Kind.TICKET_UNCLEAR: whose,
}
