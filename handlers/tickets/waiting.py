"""Kept words that wait for their author to say where they belong: the question, and the way back to it."""

from __future__ import annotations

from domain.person import Place
from domain.refusal import Reason, Refused
from domain.ticket import Ticket
from handlers.conversation import Turn
from handlers.language import _
from handlers.screen import Button, Reply, Screen, button, on_page, reply, rows
from handlers.ticket_texts import KINDS, content
from handlers.tickets.buttons import PutInto, WhoseWords
from usecases import author_tickets
from usecases.waiting_words import may_belong_to, waiting

OFFERED = 6  # tickets on one page


def whose_words(turn: Turn, asked: WhoseWords) -> Screen:
    """Which ticket do these words belong to? Each that it may be stands on some page. Refused(OLD_BUTTON)."""
    words = author_tickets.held_words(turn.work, turn.person, asked.message)
    every = may_belong_to(turn.work, turn.person, asked.first)
    found, turning = on_page(every, asked.page, OFFERED, lambda page: asked.model_copy(update={"page": page}))
    choices = [_choice(asked.message, ticket) for ticket in found]
    here = button(_("It answers the bot's question"), PutInto(message=asked.message, ticket=-1)) if asked.here else None
    new = button(_("It is a new request"), PutInto(message=asked.message, ticket=0))
    text = _("What is this about?\n\n{message}").format(message=f"<i>{content(words, 300)}</i>")
    return Screen(text, rows(*choices, turning, here, new))


def turn_page(turn: Turn, data: WhoseWords) -> Reply:
    return reply(whose_words(turn, data))


def go_on_waiting(turn: Turn, _data: object) -> Reply:
    """From the list: the words that have waited longest. Refused(OLD_BUTTON) when none do."""
    kept = waiting(turn.work, turn.person)
    if not kept:
        raise Refused(Reason.OLD_BUTTON)
    turn.go(Place.TICKETS)
    return reply(whose_words(turn, WhoseWords(message=kept[0], first=0, here=False, page=0)))


def _choice(message: int, ticket: Ticket) -> Button:
    label = f"{ticket.number} · {KINDS[ticket.kind]()}"
    if not ticket.open:
        label = _("Open again: {ticket}").format(ticket=label)
    return button(label, PutInto(message=message, ticket=ticket.id))
