"""Whose call centre a ticket is for, said by its author once it is registered: then it goes to that lot's queue.

Registering waits for nothing. Until its author has said the region, the ticket stands in the queue of every lot.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from db import staff, tickets
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action
from domain.ticket import Ticket, TicketEvent, TicketState, TicketStep
from domain.ticket_rights import may_handle
from usecases.assign_tickets import opened
from usecases.author_tickets import own
from usecases.competitions import InForce, competition_for, competitions_in_force
from usecases.ticket_clock import answer_due, solve_due
from usecases.ticket_steps import known_ticket, record, step
from usecases.work import Work


def regions_to_ask(work: Work, ticket: Ticket) -> tuple[str, ...]:
    """The regions that its author may choose from; none when the lot is known, or there is nothing to choose."""
    if ticket.lot or not ticket.open:
        return ()
    return tuple(kato for one in competitions_in_force(work) for kato in one.competition.quotas)


def say_region(work: Work, person: Person, ticket_id: int, kato: str) -> Ticket:
    """One's own ticket goes to this region's call centre. Refused(NOT_FOUND; OLD_BUTTON when its lot is known)."""
    ticket, one = own(work, person, ticket_id), competition_for(work, kato)
    if one is None or kato not in regions_to_ask(work, ticket):
        raise Refused(Reason.OLD_BUTTON)
    moved = _moved(work, ticket, one)
    record(work, moved, TicketEvent.PASSED, person.id, lot=moved.lot)
    if moved.state is TicketState.OPEN:
        opened(work, moved)
    return known_ticket(work, ticket.id)


def _moved(work: Work, ticket: Ticket, one: InForce) -> Ticket:
    """In the lot's queue; still with its holder, if they work for that lot."""
    lot = one.competition.lot
    values: dict[str, Any] = {"lot": lot, "competition_id": one.id, **_deadlines(work, ticket, lot)}
    if ticket.holder_id is None or not _serves(work, ticket.holder_id, replace(ticket, lot=lot)):
        return step(work, ticket, TicketStep.RELEASE, **values)
    tickets.change(work.session, ticket, **values)
    return known_ticket(work, ticket.id)


def _deadlines(work: Work, ticket: Ticket, lot: str) -> dict[str, Any]:
    """By the lot's own hours and targets, as long as nobody has answered."""
    if ticket.answered_at or ticket.reopened:
        return {}
    by = answer_due(work, lot, ticket.kind, ticket.opened_at)
    return {"due_by": by, "answer_by": by, "solve_by": solve_due(work, lot, ticket.kind, ticket.opened_at)}


def _serves(work: Work, holder_id: int, there: Ticket) -> bool:
    return any(may_handle(one, there, Action.ANSWER_TICKET) for one in staff.members_of(work.session, holder_id))
