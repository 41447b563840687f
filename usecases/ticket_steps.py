"""One step of a ticket, whoever makes it: the table of ways is asked, the row changed under condition, the clock set.

The row is held from reading it to the end of the transaction (on SQLite the whole database is), and changed only
if its state and holder are still those that were read: of two steps at once one happens and the other is refused.
"""

from __future__ import annotations

from typing import Any

from db import tickets
from domain.refusal import Reason, Refused
from domain.ticket import Ticket, TicketEvent, TicketState, TicketStep, after
from usecases.group_cards import changed_in_groups
from usecases.ticket_clock import answer_due, moved_on, solve_due, waited
from usecases.work import Work

# What changes a card in a group: nobody need take it any more, it is late no more, or is so again.
_SHOWN = frozenset(
    {TicketEvent.TAKEN, TicketEvent.PASSED, TicketEvent.ANSWERED, TicketEvent.UNDELIVERED, TicketEvent.CLOSED}
)
_ANOTHERS = frozenset({TicketStep.PASS, TicketStep.RELEASE})  # whoever has it next has not been warned yet
_CLOCK_STARTS = frozenset({TicketStep.WRITE, TicketStep.REOPEN})


def known_ticket(work: Work, ticket_id: int) -> Ticket:
    """The ticket, held until the transaction ends. Refused(NOT_FOUND)."""
    ticket = tickets.get(work.session, ticket_id)
    if ticket is None:
        raise Refused(Reason.NOT_FOUND)
    return ticket


def step(work: Work, ticket: Ticket, what: TicketStep, *, holder_id: int | None = None, **values: Any) -> Ticket:
    """The ticket after a step. Refused: NOT_A_STEP; HELD_BY_ANOTHER when somebody was quicker."""
    state = after(ticket.state, what, held=holder_id is not None)
    clock = _clock(work, ticket, what, state)
    if not tickets.change(work.session, ticket, state=state, holder_id=holder_id, **clock, **values):
        raise Refused(Reason.HELD_BY_ANOTHER, number=ticket.number)
    return known_ticket(work, ticket.id)


def record(work: Work, ticket: Ticket, what: TicketEvent, who_id: int | None, **facts: Any) -> None:
    """Add a line to the ticket's history."""
    tickets.note(work.session, ticket.id, work.now, what, who_id, facts)
    if what in _SHOWN:
        changed_in_groups(work, ticket)


def punctual(work: Work, ticket: Ticket) -> dict[str, bool]:
    """For the history, before the step is made: whether an answer after the first is in time, where one is owed."""
    if ticket.answered_at is None or ticket.due_by is None:
        return {}
    return {"in_time": work.now <= ticket.due_by}


def missed(work: Work, ticket: Ticket) -> dict[str, bool]:
    """The same for a closing: that an answer was owed by then and never came."""
    return {"in_time": False} if punctual(work, ticket) == {"in_time": False} else {}


def _clock(work: Work, ticket: Ticket, what: TicketStep, state: TicketState) -> dict[str, Any]:
    """What the step does to the deadlines: none while it is the author's turn, a new one when they have written."""
    unwarned = {"warned": 0, "warned_solution": 0} if what in _ANOTHERS else {}
    if state in (TicketState.WAITING, TicketState.CLOSED):
        started = ticket.state in (TicketState.WAITING, TicketState.CLOSED)
        answered = {"answered_at": work.now} if what is TicketStep.ANSWER and ticket.answered_at is None else {}
        return {"due_by": None, **unwarned, **answered, **({} if started else {"paused_at": work.now})}
    if what in _CLOCK_STARTS and ticket.state in (TicketState.WAITING, TicketState.CLOSED):
        return {"paused_at": None, "warned": 0, **_answer(work, ticket), **_solve(work, ticket)}
    return unwarned


def _answer(work: Work, ticket: Ticket) -> dict[str, Any]:
    """When the next answer is due; for one that was closed before any, that is the target of the first."""
    due_by = answer_due(work, ticket.lot, ticket.kind, work.now)
    return {"due_by": due_by, **({"answer_by": due_by} if ticket.answered_at is None else {})}


def _solve(work: Work, ticket: Ticket) -> dict[str, Any]:
    """The target of the solution, moved by the working time that was the author's; a closed ticket begins anew."""
    paused, before = tickets.pause(work.session, ticket.id)
    theirs = {"waited": before + round(waited(work, ticket.lot, paused).total_seconds())} if paused else {}
    if ticket.state is TicketState.CLOSED:
        return {"solve_by": solve_due(work, ticket.lot, ticket.kind, work.now), "warned_solution": 0, **theirs}
    if paused is None or ticket.solve_by is None:
        return theirs
    return {"solve_by": moved_on(work, ticket.lot, ticket.solve_by, paused, work.now), **theirs}
