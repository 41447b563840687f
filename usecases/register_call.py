"""Somebody telephoned: their matter becomes a ticket like any other, though they may have no Telegram at all.

A caller is kept as a person whom no chat reaches (a number below zero stands in for the Telegram account), the same
one for the same telephone number; what operators answer in such a ticket is shown as not delivered, so they call.
"""

from __future__ import annotations

from dataclasses import dataclass

from db import tickets
from domain.contacts import parse_phone, readable
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.staff import Action
from domain.ticket import Side, Ticket, TicketEvent, TicketKind, TicketState, TicketStep, Words
from usecases.drafts import phone_mark
from usecases.meet_person import known_person, mark_unreachable, speak
from usecases.open_ticket import open_ticket
from usecases.order import order
from usecases.staff import demand
from usecases.ticket_steps import record, step
from usecases.ticket_words import Sent, keep
from usecases.work import Work

SHORTEST = 5  # characters of what the caller wants


@dataclass(frozen=True)
class Called:
    """A caller's words as an operator wrote them down."""

    phone: str  # E.164
    name: str
    words: str


def read_call(text: str) -> Called:
    """The operator's note: the telephone number, the caller's name, then what they want, a line each.

    Refused(NOT_A_PHONE) when the first line is no number, TOO_SHORT when nothing is said of the matter.
    """
    phone, _newline, rest = text.strip().partition("\n")
    number = parse_phone(phone.strip())
    name, _newline, words = rest.strip().partition("\n")
    if len(words.strip()) < SHORTEST:
        raise Refused(Reason.TOO_SHORT, limit=SHORTEST)
    return Called(number.e164, name.strip(), words.strip())


def regions_of_lot(lot: str) -> tuple[str, ...]:
    """The regions a caller to this lot may be from."""
    return tuple(region.kato for region in order().lot(lot))


def register_call(
    work: Work, person: Person, lot: str, kind: TicketKind, called: Called, region: str | None = None
) -> Ticket:
    """The caller's ticket, in the operator's hands unless it is for others to handle. Refused(NOT_ALLOWED).

    It is this lot's, whether or not a competition of it is running; without a region it is numbered by the lot.
    """
    demand(work, person, Action.REGISTER_CALL, lot)
    caller = _caller(work, called.phone, person.language)
    moment = int(work.now.timestamp() * 1_000_000)  # there is no message of a chat to number it by
    message_id = keep(work, caller, Sent(moment, Words(called.words)), Side.AUTHOR, None)
    name = ", ".join(filter(None, (called.name, readable(called.phone))))
    kept = (message_id,) if message_id else ()
    ticket = open_ticket(work, caller, kind, name=name, region=region, lot=lot, message_ids=kept)
    assert ticket
    theirs = kind is not TicketKind.APPEAL and person.id not in tickets.barred(work.session, ticket.id)
    if ticket.state is TicketState.OPEN and theirs:
        ticket = step(work, ticket, TicketStep.TAKE, holder_id=person.id)
        record(work, ticket, TicketEvent.TAKEN, person.id)
    return ticket


def _caller(work: Work, phone: str, language: str | None) -> Person:
    caller = known_person(work, phone_mark(work, phone))
    if not caller.unreachable:
        mark_unreachable(work, caller.id)
    return speak(work, caller, caller.language or language or "kk")
