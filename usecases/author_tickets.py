"""What an author does with their own tickets: sees them, writes more, changes what they wrote, closes, reopens, rates.

Whatever they write is kept before anything else is decided. If it is not clear which ticket it belongs to, they
are asked through the outbox, so that a message that waits for the answer is never forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db import people, ticket_messages, tickets
from domain.notification import Kind
from domain.person import Person
from domain.refusal import Reason, Refused
from domain.ticket import Side, Ticket, TicketEvent, TicketKind, TicketState, TicketStep, Words
from usecases.assign_tickets import opened
from usecases.deliver_tickets import tell_settled, to_holder
from usecases.notify import notify
from usecases.open_ticket import open_ticket
from usecases.ticket_steps import known_ticket, missed, record, step
from usecases.ticket_words import Said, Sent, conversation, keep, keep_version, words_of
from usecases.work import Work

REOPEN_WITHIN = timedelta(days=14)
# Who writes very much is told less often that it arrived: so many messages in WINDOW, so long a silence.
WINDOW = timedelta(minutes=10)
SILENCES = ((10, timedelta(minutes=5)), (3, timedelta(seconds=30)))


@dataclass(frozen=True)
class Step:
    """A line of a ticket's history; who did it is not the author's to see."""

    at: datetime
    what: TicketEvent


@dataclass(frozen=True)
class OwnTicket:
    """A ticket as its author sees it, with everything said in it and what became of it, oldest first."""

    ticket: Ticket
    said: tuple[Said, ...]
    may_reopen: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Added:
    """Words were added to a ticket; `tell`: say so now (who writes very much is told less often)."""

    ticket: Ticket
    tell: bool


def own_tickets(work: Work, person: Person, page: int, size: int) -> tuple[Sequence[Ticket], int]:
    """A page (from 0) of a person's tickets, those not closed first, newest first; and how many pages there are."""
    pages = max(1, -(-tickets.count_of_person(work.session, person.id) // size))
    page = min(max(page, 0), pages - 1)
    return tickets.of_person(work.session, person.id, size, page * size), pages


def is_of_ticket(work: Work, person: Person, chat_message_id: int) -> bool:
    """Whether this message of theirs stands, or waits to stand, in a ticket as its author's."""
    stored = ticket_messages.written(work.session, person.id, chat_message_id)
    return stored is not None and stored.side is Side.AUTHOR


def own_ticket(work: Work, person: Person, ticket_id: int) -> OwnTicket:
    """One of their own. Refused(NOT_FOUND) for any other."""
    ticket = own(work, person, ticket_id)
    said = conversation(work, ticket, person.id, notes=False)
    steps = tuple(Step(at, what) for at, what, _who, _facts in tickets.history(work.session, ticket.id))
    return OwnTicket(ticket, said, may_reopen(ticket, work.now), steps)


def may_reopen(ticket: Ticket, now: datetime) -> bool:
    return ticket.closed_at is not None and not ticket.open and now - ticket.closed_at <= REOPEN_WITHIN


def part_of_album(work: Work, person: Person, sent: Sent) -> int | None:
    """The ticket that an earlier part of an author's album went to; 0 while that one waits for a ticket.

    None without one.
    """
    first = ticket_messages.of_album(work.session, person.id, sent.album) if sent.album else None
    return first.ticket_id or 0 if first and first.side is Side.AUTHOR else None


def add_words(work: Work, person: Person, ticket_id: int, sent: Sent) -> Added:
    """Write into a ticket of one's own. Refused(NOT_FOUND; NOT_A_STEP when it is closed)."""
    ticket = own(work, person, ticket_id)
    if not ticket.open:
        raise Refused(Reason.NOT_A_STEP, state=ticket.state.value)
    message_id = keep(work, person, sent, Side.AUTHOR, ticket.id)
    if message_id is not None:
        ticket = _written(work, ticket, [message_id])
    return Added(ticket, _to_be_told(work, ticket))


def hold_words(work: Work, person: Person, sent: Sent) -> int | None:
    """Keep words that have no ticket yet; None when they are known."""
    return keep(work, person, sent, Side.AUTHOR, None)


def hold_with(work: Work, person: Person, sent: Sent, first: int) -> None:
    """Keep words that go wherever earlier kept ones go, like the parts of an album. Refused(OLD_BUTTON)."""
    album = _waiting(work, person, first)[0].album or f"with:{first}"
    ticket_messages.into_album(work.session, first, album)
    keep(work, person, Sent(sent.chat_message_id, sent.words, album, sent.name), Side.AUTHOR, None)


def ask_whose(work: Work, person: Person, sent: Sent, first: int, *, here: bool) -> None:
    """Keep words and ask which ticket they belong to, most likely `first`; `here`: or to where the person is."""
    message_id = hold_words(work, person, sent)
    if message_id is None:
        return
    subject = f"album:{sent.album}" if sent.album else str(message_id)
    facts = {"message": message_id, "tickets": [first], "here": here}
    notify(work, person.id, Kind.TICKET_UNCLEAR, subject, stream=None, **facts)  # type: ignore[arg-type]


def waits(work: Work, message_id: int) -> bool:
    """Whether kept words still have no ticket."""
    return bool(ticket_messages.with_its_album(work.session, message_id))


def held_words(work: Work, person: Person, message_id: int) -> Words:
    """Words that still wait for a ticket. Refused(OLD_BUTTON) when they have one, or are not this person's."""
    return words_of(work, _waiting(work, person, message_id)[0])


def forget_words(work: Work, person: Person, message_id: int) -> Sent:
    """Words that were no matter for a ticket: they are deleted here, and given back as they came."""
    waiting = _waiting(work, person, message_id)
    ticket_messages.discard(work.session, [one.message_id for one in waiting])
    return Sent(waiting[0].chat_message_id, words_of(work, waiting[0]), waiting[0].album)


def open_with_words(work: Work, person: Person, kind: TicketKind, about: str, message_id: int, *, name: str) -> Ticket:
    """Open a ticket with words that were kept, and the other parts of their album. Refused(OLD_BUTTON)."""
    parts = tuple(one.message_id for one in _waiting(work, person, message_id))
    ticket = open_ticket(work, person, kind, about, name=name, message_ids=parts)
    assert ticket
    return ticket


def put_words(work: Work, person: Person, message_id: int, ticket_id: int) -> Ticket:
    """Put kept words into a ticket of one's own; a closed one is opened again. Refused(OLD_BUTTON, REOPEN_OVER)."""
    waiting = _waiting(work, person, message_id)
    ticket = own(work, person, ticket_id)
    if not ticket.open:
        ticket = reopen(work, person, ticket_id)
    for one in waiting:
        ticket_messages.place(work.session, one.message_id, ticket.id)
    return _written(work, ticket, [one.message_id for one in waiting])


def change_words(work: Work, person: Person, chat_message_id: int, words: Words) -> Ticket | None:
    """The author changed a message: a further version of it. None when it is no message of a ticket.

    Changed after it was answered, it is as new as further words: somebody of ours must look.
    """
    stored = ticket_messages.written(work.session, person.id, chat_message_id)
    if stored is None or stored.side is not Side.AUTHOR:
        return None
    changed = words_of(work, stored) != words
    number = keep_version(work, stored.message_id, words) if changed else 0
    ticket = known_ticket(work, stored.ticket_id) if stored.ticket_id else None
    if ticket and changed and ticket.open:
        return _written(work, ticket, [stored.message_id])
    if ticket and changed:
        to_holder(work, ticket, stored.message_id, number)
    return ticket


def close_own(work: Work, person: Person, ticket_id: int) -> Ticket:
    """The author says it is settled: its holder hears of it. Closed already, it stays so."""
    ticket = own(work, person, ticket_id)
    if not ticket.open:
        return ticket
    late, closing = missed(work, ticket), {"closed_at": work.now, "closed_by": Side.AUTHOR}
    closed = step(work, ticket, TicketStep.CLOSE, holder_id=ticket.holder_id, **closing)
    record(work, closed, TicketEvent.CLOSED, person.id, **late)
    tell_settled(work, closed)
    return closed


def reopen(work: Work, person: Person, ticket_id: int) -> Ticket:
    """It is not settled after all. Refused(REOPEN_OVER) too late; a new one may be written then."""
    ticket = own(work, person, ticket_id)
    if ticket.open:
        return ticket
    if not may_reopen(ticket, work.now):
        raise Refused(Reason.REOPEN_OVER, days=REOPEN_WITHIN.days)
    again = step(work, ticket, TicketStep.REOPEN, closed_at=None, closed_by=None, reopened=ticket.reopened + 1)
    record(work, again, TicketEvent.REOPENED, person.id)
    opened(work, again)
    return known_ticket(work, again.id)  # it may have been given out at once


def heard_nothing(work: Work, person: Person) -> None:
    """What the person does next is no answer to an operator's words any more."""
    people.change_person(work.session, person.id, heard_ticket=None)


def own(work: Work, person: Person, ticket_id: int) -> Ticket:
    """The ticket if it is theirs. Refused(NOT_FOUND)."""
    ticket = known_ticket(work, ticket_id)
    if ticket.person_id != person.id:
        raise Refused(Reason.NOT_FOUND)
    return ticket


def _waiting(work: Work, person: Person, message_id: int) -> list[ticket_messages.StoredVersion]:
    """Kept words with the other parts of their album, the newest version of each."""
    found = ticket_messages.with_its_album(work.session, message_id)
    if not found or any(one.writer_id != person.id or one.side is not Side.AUTHOR for one in found):
        raise Refused(Reason.OLD_BUTTON)
    return list({one.message_id: one for one in found}.values())


def _written(work: Work, ticket: Ticket, message_ids: Sequence[int]) -> Ticket:
    """The author has written: their words go to the holder, and it is our turn."""
    was_waiting = ticket.state is TicketState.WAITING
    ticket = step(work, ticket, TicketStep.WRITE, holder_id=ticket.holder_id)
    for message_id in message_ids:
        newest = ticket_messages.version(work.session, message_id)
        to_holder(work, ticket, message_id, newest.number if newest else 1)
    if was_waiting and ticket.holder_id is None:
        opened(work, ticket)
    return ticket


def _to_be_told(work: Work, ticket: Ticket) -> bool:
    """Whether the author is told this time that their words have arrived."""
    count = ticket_messages.count_since(work.session, ticket.id, Side.AUTHOR, work.now - WINDOW)
    silence = next((silence for most, silence in SILENCES if count > most), None)
    told = tickets.told_at(work.session, ticket.id)
    if silence and told and work.now - told < silence:
        return False
    tickets.change(work.session, ticket, told_at=work.now)
    return True
