"""Messages of ours that show a ticket: what replies to one of them belongs to that ticket."""

from __future__ import annotations

from db import ticket_messages, tickets
from domain.person import Person
from domain.ticket import Ticket
from usecases.work import Work


def card_of(work: Work, person: Person, chat_message_id: int) -> Ticket | None:
    """The ticket that this message in the person's chat shows."""
    key = ticket_messages.card(work.session, person.id, chat_message_id)
    return tickets.get(work.session, key) if key else None


def header_above(work: Work, person: Person, chat_message_id: int) -> int | None:
    """The ticket (its row) whose header stands last above this message."""
    return ticket_messages.header_above(work.session, person.id, chat_message_id)


def note_card(work: Work, person_id: int, chat_message_id: int, ticket_id: int, *, header: bool) -> None:
    """A message in this person's chat shows this ticket; nothing when the ticket was erased meanwhile."""
    if tickets.get(work.session, ticket_id):
        ticket_messages.add_card(work.session, person_id, chat_message_id, ticket_id, header=header)
