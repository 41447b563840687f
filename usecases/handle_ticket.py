"""What an operator does with a ticket: takes it, answers, notes, passes it on, closes. Each asks for the right anew.

Taking is one conditional update: of two operators only one becomes the holder. What is written goes to the author
through the outbox, once and in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from db import staff, ticket_messages, ticket_queue, tickets
from db.ticket_queue import Wanted
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action
from domain.ticket import Side, Ticket, TicketEvent, TicketState, TicketStep, Words, after
from domain.ticket_rights import may_handle, may_take
from usecases.assign_tickets import opened
from usecases.deliver_tickets import give, tell_author, to_author
from usecases.desk import held, served, shares_of
from usecases.staff import demand, members_of
from usecases.ticket_choice import other_lots, other_roles
from usecases.ticket_steps import known_ticket, missed, punctual, record, step
from usecases.ticket_words import Sent, keep, keep_version, words_of
from usecases.work import Work

TRIED = 10  # of the most urgent tickets, when colleagues take them at the same moment


@dataclass(frozen=True)
class Target:
    """Where a ticket is passed on: to a role's queue, another lot's, or into a colleague's hands."""

    role: str | None = None
    lot: str | None = None
    person_id: int | None = None


def take_next(work: Work, person: Person, *, held: int | None = None) -> Ticket:
    """Take the most urgent ticket that waits. Refused(NOTHING_WAITS, NOT_ALLOWED).

    `held`: how many this person held when they decided; OLD_BUTTON when it is another number now.
    """
    shares = shares_of(work, person)
    if held is not None and held != ticket_queue.count_held(work.session, person.id):
        raise Refused(Reason.OLD_BUTTON)
    for ticket in ticket_queue.waiting(work.session, person.id, shares, Wanted(), TRIED):
        if _took(work, person, ticket):
            return known_ticket(work, ticket.id)
    raise Refused(Reason.NOTHING_WAITS)


def take(work: Work, person: Person, ticket_id: int) -> Ticket:
    """Take this ticket; one that is one's own already stays. Refused: HELD_BY_ANOTHER, NOT_ALLOWED, NOT_A_STEP …"""
    demand(work, person, Action.TAKE_TICKET, None)
    ticket = known_ticket(work, ticket_id)
    served(work, person, ticket, Action.TAKE_TICKET)
    if ticket.holder_id == person.id:
        return ticket
    if not any(may_take(one, ticket) for one in members_of(work, person)):
        raise Refused(Reason.NOT_ALLOWED, action=Action.TAKE_TICKET.value, lot=ticket.lot)
    if not ticket.open:
        raise Refused(Reason.NOT_A_STEP, state=ticket.state.value)
    if ticket.holder_id is not None or not _took(work, person, ticket):
        raise Refused(Reason.HELD_BY_ANOTHER, number=ticket.number)
    return known_ticket(work, ticket_id)


def answer(work: Work, person: Person, ticket_id: int, sent: Sent) -> Ticket:
    """Write to the ticket's author. What came twice changes nothing. Refused as `desk.held`."""
    ticket = held(work, person, ticket_id, Action.ANSWER_TICKET)
    if not ticket.open:
        raise Refused(Reason.NOT_A_STEP, state=ticket.state.value)
    message_id = keep(work, person, sent, Side.OPERATOR, ticket.id)
    return _answered(work, person, ticket, message_id) if message_id is not None else ticket


def more_of_album(work: Work, person: Person, sent: Sent) -> bool:
    """A further part of an album goes where its first part went, wherever the desk is now; False for any other message.

    Refused as `desk.served`.
    """
    first = ticket_messages.of_album(work.session, person.id, sent.album) if sent.album else None
    if first is None or first.side is Side.AUTHOR:
        return False
    ticket = known_ticket(work, first.ticket_id) if first.ticket_id else None
    if ticket:
        served(work, person, ticket, Action.NOTE_TICKET if first.side is Side.NOTE else Action.ANSWER_TICKET)
    message_id = keep(work, person, sent, first.side, first.ticket_id)
    if ticket and message_id is not None and first.side is Side.OPERATOR:
        to_author(work, ticket, message_id, 1)
    return True


def send_kept(work: Work, person: Person, message_id: int, ticket_id: int) -> Ticket:
    """Send words that were kept. Refused as `answer`; OLD_BUTTON when they have a ticket."""
    ticket = held(work, person, ticket_id, Action.ANSWER_TICKET)
    if not ticket_messages.place(work.session, message_id, ticket.id):
        raise Refused(Reason.OLD_BUTTON)
    return _answered(work, person, ticket, message_id)


def add_note(work: Work, person: Person, ticket_id: int, sent: Sent) -> Ticket:
    """Write down something that only colleagues see."""
    ticket = held(work, person, ticket_id, Action.NOTE_TICKET)
    keep(work, person, sent, Side.NOTE, ticket.id)
    return ticket


def change_words(work: Work, person: Person, chat_message_id: int, words: Words) -> Ticket | None:
    """The operator changed an answer or a note: the author's message changes too. None when it is neither."""
    stored = ticket_messages.written(work.session, person.id, chat_message_id)
    if stored is None or stored.side is Side.AUTHOR:
        return None
    if stored.ticket_id is None:  # not sent yet: what it says now is what will be sent
        keep_version(work, stored.message_id, words)
        return None
    ticket = known_ticket(work, stored.ticket_id)
    served(work, person, ticket, Action.ANSWER_TICKET)
    if words_of(work, stored) != words:
        number = keep_version(work, stored.message_id, words)
        if stored.side is Side.OPERATOR:
            to_author(work, ticket, stored.message_id, number)
    return ticket


def close(work: Work, person: Person, ticket_id: int, solution: Sent | None = None) -> Ticket:
    """Settle a ticket, with words to its author if there are any. Closed already, it stays so."""
    ticket = held(work, person, ticket_id, Action.CLOSE_TICKET)
    if not ticket.open:
        return ticket
    if solution:
        ticket = answer(work, person, ticket_id, solution)
    late = missed(work, ticket)
    closing = {"closed_at": work.now, "closed_by": Side.OPERATOR.value}
    closed = step(work, ticket, TicketStep.CLOSE, holder_id=person.id, **closing)
    record(work, closed, TicketEvent.CLOSED, person.id, **late)
    tell_author(work, closed, "closed", f"{closed.id}:{closed.reopened}")
    return closed


def pass_on(work: Work, person: Person, ticket_id: int, target: Target, note: Sent | None = None) -> Ticket:
    """Pass a ticket on with a note: one's own, or for a supervisor any of their lots.

    Refused as `desk.served`; NOT_HELD; NOT_FOUND for a colleague, role or lot that cannot have it.
    """
    demand(work, person, Action.TRANSFER_TICKET, None)
    ticket = known_ticket(work, ticket_id)
    own = ticket.holder_id == person.id
    served(work, person, ticket, Action.TRANSFER_TICKET if own else Action.REASSIGN_TICKET)
    if note:
        keep(work, person, note, Side.NOTE, ticket.id)
    passed = _to_colleague(work, ticket, target) if target.person_id else _to_queue(work, ticket, target)
    facts = {"to": target.person_id, "role": target.role, "lot": target.lot}
    record(work, passed, TicketEvent.PASSED, person.id, **{key: value for key, value in facts.items() if value})
    if target.person_id:
        give(work, passed, target.person_id, f"{passed.id}:{work.now.isoformat()}")
    else:
        tell_author(work, passed, "passed", f"passed:{passed.id}:{work.now.isoformat()}")
        opened(work, passed)
    return known_ticket(work, ticket_id)


def may_have(work: Work, ticket: Ticket) -> tuple[tuple[int, str], ...]:
    """Colleagues (person id, name) into whose hands the ticket may be given, those on duty first."""
    barred = tickets.barred(work.session, ticket.id) | {ticket.person_id, ticket.holder_id}
    able = [one for one in staff.members(work.session) if may_handle(one, ticket, Action.TAKE_TICKET)]
    able.sort(key=lambda one: (one.presence != "on_duty", one.name))
    return tuple({one.person_id: (one.person_id, one.name) for one in able if one.person_id not in barred}.values())


def _took(work: Work, person: Person, ticket: Ticket) -> bool:
    taken = ticket_queue.take(work.session, ticket, person.id, after(ticket.state, TicketStep.TAKE, held=True))
    if taken:
        record(work, ticket, TicketEvent.TAKEN, person.id)
    return taken


def _answered(work: Work, person: Person, ticket: Ticket, message_id: int) -> Ticket:
    answered = step(work, ticket, TicketStep.ANSWER, holder_id=person.id)
    record(work, answered, TicketEvent.ANSWERED, person.id, **punctual(work, ticket))
    to_author(work, answered, message_id, 1)
    return answered


def _to_colleague(work: Work, ticket: Ticket, target: Target) -> Ticket:
    if target.person_id not in {person_id for person_id, _name in may_have(work, ticket)}:
        raise Refused(Reason.NOT_FOUND)
    return step(work, ticket, TicketStep.PASS, holder_id=target.person_id)


def _to_queue(work: Work, ticket: Ticket, target: Target) -> Ticket:
    if target.role not in (None, *other_roles(work, ticket)) or target.lot not in (None, *other_lots(work, ticket)):
        raise Refused(Reason.NOT_FOUND)
    moved: dict[str, Any] = {"role": target.role or ticket.role, "lot": target.lot or ticket.lot}
    passed = step(work, ticket, TicketStep.RELEASE, **moved)
    if ticket.state is TicketState.WAITING:
        return step(work, passed, TicketStep.WRITE)  # who passes it on means that somebody must act
    return passed
