"""Tickets of whoever goes off or leaves return to the queue: nothing lies with somebody who is not there."""

from __future__ import annotations

from collections.abc import Sequence

from db import ticket_watch
from domain.staff import Action, Member
from domain.ticket import Ticket, TicketEvent, TicketState, TicketStep
from domain.ticket_rights import may_handle
from usecases.assign_tickets import opened
from usecases.ticket_steps import known_ticket, record, step
from usecases.work import Work


def return_all(work: Work, person_id: int) -> int:
    """Everything this person holds goes back, also what waits for its author; how many tickets."""
    return _return(work, person_id, ticket_watch.all_held_by(work.session, person_id))


def return_unserved(work: Work, person_id: int, left: Sequence[Member]) -> int:
    """The same for what the memberships that are left do not allow."""
    held = ticket_watch.all_held_by(work.session, person_id)
    return _return(work, person_id, [one for one in held if not any(_serves(member, one) for member in left)])


def return_one(work: Work, ticket: Ticket) -> None:
    """The same for one ticket that its holder may not handle any more; nothing when nobody holds it."""
    if ticket.open and ticket.holder_id is not None:
        _return(work, ticket.holder_id, [ticket])


def _serves(member: Member, ticket: Ticket) -> bool:
    return may_handle(member, ticket, Action.ANSWER_TICKET)


def _return(work: Work, person_id: int, held: Sequence[Ticket]) -> int:
    for one in held:
        ticket = step(work, known_ticket(work, one.id), TicketStep.RELEASE)
        record(work, ticket, TicketEvent.RELEASED, person_id)
        if ticket.state is TicketState.OPEN:
            opened(work, ticket)
    return len(held)
