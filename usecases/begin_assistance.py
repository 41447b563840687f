"""An operator begins to fill in an application for a caller: from a request they hold, or from the list of calls."""

from __future__ import annotations

from dataclasses import replace

from db import assistance, call_tasks, drafts, people, tickets
from domain.assistance import BUSY_WITHIN, LASTS, Assistance, AssistState
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action
from domain.ticket import Ticket, TicketEvent
from usecases.assistances import own_filling
from usecases.competitions import InForce, competitions_in_force, require_open
from usecases.desk import held
from usecases.drafts import stored_values
from usecases.own_applications import require_none_sent
from usecases.staff import demand
from usecases.ticket_steps import record
from usecases.work import Work


def begin_for_ticket(work: Work, operator: Person, ticket_id: int, lot: str = "") -> int | tuple[str, ...]:
    """Fill in for the author of a ticket that the operator holds: the assistance, or the lots to choose from.

    Refused as `desk.held`; NOT_OPEN; as `_begin`.
    """
    ticket = held(work, operator, ticket_id, Action.FILL_FOR_CALLER)
    among = {one.competition.lot: one for one in competitions_in_force(work) if one.competition.open(work.now)}
    wanted = ticket.lot or lot
    found = [among[wanted]] if wanted in among else [] if wanted else list(among.values())
    if not found:
        raise Refused(Reason.NOT_OPEN)
    if len(found) > 1:
        return tuple(sorted(among))
    return _begin(work, operator, _caller(work, ticket), found[0], ticket)


def begin_for_call(work: Work, operator: Person, task_id: int) -> int:
    """Fill in for somebody on the list of calls. Refused: NOT_FOUND, NOT_OPEN; as `_begin`."""
    task = call_tasks.get(work.session, task_id)
    demand(work, operator, Action.FILL_FOR_CALLER, task.lot if task else None)
    person = people.get_person(work.session, task.person_id) if task else None
    if task is None or person is None:
        raise Refused(Reason.NOT_FOUND)
    among = [one for one in competitions_in_force(work) if one.competition.lot == task.lot]
    if not among:
        raise Refused(Reason.NOT_OPEN)
    return _begin(work, operator, person, among[0], None)


def _begin(work: Work, operator: Person, person: Person, one: InForce, ticket: Ticket | None) -> int:
    """The open assistance for this person, from now on the operator's, or a new one.

    Refused: OWN_TICKET; NOT_OPEN, INTAKE_CLOSED; ALREADY_SENT; ASSISTED_BY_ANOTHER.
    """
    demand(work, operator, Action.FILL_FOR_CALLER, one.competition.lot)
    if person.id == operator.id:
        raise Refused(Reason.OWN_TICKET)
    require_open(one, work.now)
    require_none_sent(work, person.id, one)
    if known := assistance.open_of(work.session, person.id):
        return _go_on(work, operator, known)
    draft_id = _draft(work, person, one)
    tickets.record_opening(work.session, work.now, operator.id, person.id, "draft", ticket.number if ticket else "")
    if ticket:
        record(work, ticket, TicketEvent.ASSISTED, operator.id)
    return assistance.add(
        work.session,
        person_id=person.id,
        draft_id=draft_id,
        operator_id=operator.id,
        ticket_id=ticket.id if ticket else None,
        lot=one.competition.lot,
        state=AssistState.FILLING,
        begun_at=work.now,
        expires_at=work.now + LASTS,
    )


def _go_on(work: Work, operator: Person, one: Assistance) -> int:
    """A colleague goes on with it once nobody has been at it for a while."""
    stored = drafts.prepared(work.session, one.draft_id)
    busy = stored is not None and work.now - stored.touched_at < BUSY_WITHIN
    if one.operator_id not in (None, operator.id):
        if busy:
            raise Refused(Reason.ASSISTED_BY_ANOTHER)
        assistance.change(work.session, one, operator_id=operator.id)
    return one.id


def _draft(work: Work, person: Person, one: InForce) -> int:
    """A draft beside the applicant's own, with the answers that they have given themselves."""
    filling = replace(own_filling(work, person, one), pending=None)
    return drafts.prepare(work.session, person.id, one.id, work.now, **stored_values(work, filling, one))


def _caller(work: Work, ticket: Ticket) -> Person:
    """The ticket's author; for a telephone number that one account alone has given as its own, that account."""
    author = people.get_person(work.session, ticket.person_id)
    assert author
    if author.telegram_id > 0:
        return author
    known = drafts.people_with_phone(work.session, author.telegram_id)
    return known[0] if len(known) == 1 else author
