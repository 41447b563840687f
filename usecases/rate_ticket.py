"""An author rates how a closed ticket was answered: once, with a few words if they like, once."""

from __future__ import annotations

from db import tickets
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.ticket import Ticket, TicketEvent
from usecases.author_tickets import own
from usecases.ticket_steps import known_ticket, record
from usecases.work import Work

STARS = range(1, 6)


def rate(work: Work, person: Person, ticket_id: int, stars: int) -> Ticket:
    """Rate how a closed ticket was answered, once. Refused(RATED_ALREADY, NOT_A_STEP, OLD_BUTTON)."""
    ticket = own(work, person, ticket_id)
    if stars not in STARS:
        raise Refused(Reason.OLD_BUTTON)
    if ticket.open:
        raise Refused(Reason.NOT_A_STEP, state=ticket.state.value)
    if ticket.rating is not None:
        raise Refused(Reason.RATED_ALREADY)
    tickets.change(work.session, ticket, rating=stars, rated_at=work.now)
    record(work, ticket, TicketEvent.RATED, person.id, stars=stars)
    return known_ticket(work, ticket_id)


def comment_rating(work: Work, person: Person, ticket_id: int, text: str) -> Ticket:
    """A few words with the rating, once. Refused(RATED_ALREADY) when there are some."""
    ticket = own(work, person, ticket_id)
    if tickets.rating_words(work.session, ticket_id):
        raise Refused(Reason.RATED_ALREADY)
    tickets.change(work.session, ticket, rating_words=work.vault.seal_data({"text": text}))
    return ticket
