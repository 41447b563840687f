"""Giving tickets out: where a lot has it switched on, a new one goes to whoever is on duty and has the fewest."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from db import distribution, staff, ticket_queue, ticket_watch, tickets
from db.ticket_queue import Share, Wanted
from domain.staff import Action, Member, allowed, may_be_given
from domain.ticket import Ticket, TicketEvent, TicketState, TicketStep
from domain.ticket_rights import may_handle
from usecases.deliver_tickets import give
from usecases.ticket_steps import known_ticket, record, step
from usecases.work import Work

AT_ONCE = 50  # tickets given out in one transaction


def give_out(work: Work, ticket: Ticket) -> bool:
    """Give a ticket that nobody holds to a colleague, if its lot does so and there is one; whether it was given."""
    if ticket.lot not in distribution.switched_on(work.session):
        return False
    return _give_out(work, ticket, staff.members(work.session))


def give_out_waiting(work: Work) -> int:
    """The same for what stands in the queues, the most urgent first; how many were given."""
    lots = distribution.switched_on(work.session)
    if not lots:
        return 0
    members = staff.members(work.session)
    given = 0
    for one in _that_somebody_may_have(work, lots, members):
        given += _give_out(work, one, members)
        if given == AT_ONCE:
            break
    return given


def _that_somebody_may_have(work: Work, lots: Collection[str], members: Sequence[Member]) -> list[Ticket]:
    """The most urgent of what those on duty may be given: what is for others does not stand in its way."""
    held = ticket_watch.in_hand(work.session, [one.person_id for one in members])
    found: dict[int, Ticket] = {}
    for one in members:
        appeals = allowed(one, Action.ANSWER_APPEAL, None)
        mine = [lot for lot in sorted(lots) if may_be_given(one, lot, held.get(one.person_id, 0))]
        shares = [Share(lot, (one.role.value,), appeals) for lot in mine]
        some = ticket_queue.waiting(work.session, one.person_id, shares, Wanted(), AT_ONCE)
        found |= {ticket.id: ticket for ticket in some}
    return sorted(found.values(), key=lambda one: (one.due_by or work.now, one.id))


def _give_out(work: Work, ticket: Ticket, members: Sequence[Member]) -> bool:
    ticket = known_ticket(work, ticket.id)
    if ticket.state is not TicketState.OPEN or ticket.holder_id is not None:
        return False
    who = _whose_turn(work, ticket, members)
    if who is None:
        return False
    given = step(work, ticket, TicketStep.PASS, holder_id=who.person_id)
    record(work, given, TicketEvent.PASSED, None, to=who.person_id)
    give(work, given, who.person_id, f"{given.id}:{work.now.isoformat()}")
    return True


def _whose_turn(work: Work, ticket: Ticket, members: Sequence[Member]) -> Member | None:
    """Of those in the ticket's role who may have it, the one with the fewest, then who came on duty first."""
    barred = tickets.barred(work.session, ticket.id) | {ticket.person_id}
    theirs = [one for one in members if one.role == ticket.role and may_handle(one, ticket, Action.TAKE_TICKET)]
    able = [one for one in theirs if one.person_id not in barred]
    held = ticket_watch.in_hand(work.session, [one.person_id for one in able])
    free = [one for one in able if may_be_given(one, ticket.lot, held.get(one.person_id, 0))]
    return min(free, key=lambda one: (held.get(one.person_id, 0), one.present_since or work.now, one.id), default=None)
