"""A person who decides never handles a complaint about that decision (docs/decisions/0017).

Who moved an application for the office stands with each step of its way. Whoever did is kept from every ticket about
that application: from those opened later, and from the moment of the decision also from those that were open before.
A complaint or an appeal that does not say which application it means is taken to be about any of its author's.
"""

from __future__ import annotations

from db import applications, tickets
from domain.application import Application
from domain.person import Person
from domain.ticket import Ticket, TicketKind
from usecases.return_tickets import return_one
from usecases.work import Work

AGAINST = frozenset({TicketKind.COMPLAINT, TicketKind.APPEAL})


def deciders(work: Work, ticket: Ticket) -> frozenset[int]:
    """Who decided about what this ticket is about (person ids)."""
    own = [one.id for one in applications.of_person(work.session, ticket.person_id)]
    return applications.deciders(work.session, [key for key in own if _is_about(ticket, key)])


def keep_away(work: Work, decider: Person, application: Application) -> None:
    """From now on they have no ticket about this application; one that they hold goes back to the queue."""
    for ticket in tickets.all_of_person(work.session, application.person_id):
        if _is_about(ticket, application.id) and decider.id != ticket.person_id:
            tickets.bar(work.session, ticket.id, [decider.id])
            if ticket.holder_id == decider.id:
                return_one(work, ticket)


def _is_about(ticket: Ticket, application_id: int) -> bool:
    named = ticket.context.get("application")
    return named == application_id or (named is None and ticket.kind in AGAINST)
