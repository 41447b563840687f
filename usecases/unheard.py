"""What operators wrote to somebody whom the bot could not reach: whoever calls them must know what to say."""

from __future__ import annotations

from dataclasses import dataclass

from db import ticket_messages, tickets
from domain.person import Person
from domain.ticket import Delivery, Words
from usecases.ticket_words import said
from usecases.work import Work

MOST_WORDS = 3  # messages, the newest


@dataclass(frozen=True)
class Unheard:
    """An answer that did not arrive, and the number of its ticket."""

    number: str
    words: Words


def undelivered(work: Work, caller: Person, person_id: int, lot: str) -> tuple[Unheard, ...]:
    """Of this lot's tickets, and those of no known lot; not of those that the caller may not handle.

    That the caller has seen them is written down.
    """
    found: list[Unheard] = []
    for ticket in tickets.all_of_person(work.session, person_id):
        if ticket.lot in (lot, "") and caller.id not in tickets.barred(work.session, ticket.id):
            states = ticket_messages.deliveries(work.session, ticket.id, person_id)
            blocked = sorted(key for key, (state, _version) in states.items() if state is Delivery.BLOCKED)
            messages = filter(None, (said(work, key) for key in blocked))
            found += [Unheard(ticket.number, one.words) for one in messages]
    shown = tuple(found[-MOST_WORDS:])
    for number in dict.fromkeys(one.number for one in shown):
        tickets.record_opening(work.session, work.now, caller.id, person_id, "ticket", number)
    return shown
