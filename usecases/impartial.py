"""A person who decides never handles a complaint about that decision (docs/decisions/0017).

Who moved an application for the office stands with each step of its way. Whoever did is kept from every ticket about
that application: from those opened later, and from the moment of the decision also from those that were open before.
A complaint or an appeal that does not say which application it means is taken to be about any of its author's; of
somebody who telephoned, about any application in which their number was given.
"""

from __future__ import annotations

from db import applications, drafts, people, tickets
from domain.application import Application
from domain.person import Person
from domain.ticket import Ticket, TicketKind
from usecases.return_tickets import return_one
from usecases.work import Work

AGAINST = frozenset({TicketKind.COMPLAINT, TicketKind.APPEAL})


def deciders(work: Work, ticket: Ticket) -> frozenset[int]:
    """Who decided about what this ticket is about (person ids)."""
    authors = _known_as(work, ticket.person_id)
    own = [one.id for author in authors for one in applications.of_person(work.session, author)]
    return applications.deciders(work.session, [key for key in own if _is_about(ticket, key)])


def keep_away(work: Work, decider: Person, application: Application) -> None:
    """From now on they have no ticket about this application; one that they hold goes back to the queue."""
    authors = [application.person_id, *_callers(work, application.person_id)]
    for ticket in (one for author in authors for one in tickets.all_of_person(work.session, author)):
        if _is_about(ticket, application.id) and decider.id != ticket.person_id:
            tickets.bar(work.session, ticket.id, [decider.id])
            if ticket.holder_id == decider.id:
                return_one(work, ticket)


def _known_as(work: Work, author_id: int) -> list[int]:
    """The author; when it is a caller, also whoever gave that telephone number in an application."""
    author = people.get_person(work.session, author_id)
    if author is None or author.telegram_id > 0:
        return [author_id]
    return [author_id, *(one.id for one in drafts.people_with_phone(work.session, author.telegram_id))]


def _callers(work: Work, person_id: int) -> list[int]:
    """As whom this person's telephone numbers are known that were called from."""
    known = (people.find_person(work.session, mark) for mark in drafts.phone_marks(work.session, person_id))
    return [one.id for one in known if one]


def _is_about(ticket: Ticket, application_id: int) -> bool:
    named = ticket.context.get("application")
    return named == application_id or (named is None and ticket.kind in AGAINST)
