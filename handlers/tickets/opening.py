"""From kept words to a registered ticket: common answers first. The region is asked once it is registered."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from domain.person import Place
from domain.ticket import Ticket, TicketKind
from handlers.common_questions import index
from handlers.conversation import Turn
from handlers.screen import Reply, reply
from handlers.tickets import screens
from handlers.tickets.position import Asking, focus_of
from usecases import author_tickets
from usecases.ticket_cards import note_card
from usecases.ticket_clock import office
from usecases.ticket_region import regions_to_ask
from usecases.work import Work

MOST_OFFERED = 3
# A complaint or an appeal is a right: nothing stands between it and its registration.
OFFERED = frozenset({TicketKind.QUESTION, TicketKind.TECHNICAL})


def go_on(turn: Turn, one: Asking, *, offer: bool = True) -> Reply:
    """The next step of opening a ticket with kept words."""
    if offer and one.kind in OFFERED and nearest(turn, one):
        return turn.at(Place.TICKETS, focus_of("offer", one))
    return register(turn, one)


def register(turn: Turn, one: Asking) -> Reply:
    """Open it, say its number, and ask for the region where nothing tells it."""
    ticket = author_tickets.open_with_words(
        turn.work, turn.person, one.kind, one.about, one.message, name=turn.first_name
    )
    turn.go(Place.TICKETS, f"t:{ticket.id}")
    regions = regions_to_ask(turn.work, ticket)
    return as_card(turn, ticket, reply(screens.registered(ticket, office(turn.work, ticket.lot), regions), fresh=True))


def nearest(turn: Turn, one: Asking) -> list[str]:
    """Common questions like the kept words."""
    text = author_tickets.held_words(turn.work, turn.person, one.message).text
    return [found.key for found in index().nearest(text, MOST_OFFERED)]


def as_card(turn: Turn, ticket: Ticket, answer: Reply) -> Reply:
    """A reply to this message will belong to the ticket."""
    return replace(answer, shown=partial(_note, person_id=turn.person.id, ticket_id=ticket.id))


def _note(work: Work, message_id: int, *, person_id: int, ticket_id: int) -> None:
    note_card(work, person_id, message_id, ticket_id, header=False)
