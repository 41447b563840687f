"""What an operator may choose from: lots to narrow the queue by, roles, lots and colleagues to pass a ticket on to."""

from __future__ import annotations

from dataclasses import replace

from db import staff, tickets
from db.ticket_queue import Wanted, Watched
from domain.staff import Member, Role
from domain.ticket import Ticket
from domain.ticket_rights import may_take, queues_for
from usecases.staff import lots
from usecases.work import Work


def other_roles(work: Work, ticket: Ticket) -> tuple[Role, ...]:
    """Roles into whose queue a ticket may be put: where somebody serves it in this lot and may handle this ticket."""
    members = _able(work, ticket)
    moved = {role: replace(ticket, role=role.value) for role in queues_for(ticket.kind)}
    return tuple(role for role, there in moved.items() if any(may_take(one, there) for one in members))


def other_lots(work: Work, ticket: Ticket) -> tuple[str, ...]:
    """Lots that a ticket may be passed on to: where somebody serves its queue there and may handle this ticket."""
    members = _able(work, ticket)
    there = {lot: replace(ticket, lot=lot) for lot in lots() if lot != ticket.lot}
    return tuple(lot for lot, moved in there.items() if any(may_take(one, moved) for one in members))


def _able(work: Work, ticket: Ticket) -> list[Member]:
    """All who are not kept from it: its author is, and whoever decided what it is about."""
    barred = tickets.barred(work.session, ticket.id) | {ticket.person_id}
    return [one for one in staff.members(work.session) if one.person_id not in barred]


__all__ = ["Wanted", "Watched", "other_lots", "other_roles"]
